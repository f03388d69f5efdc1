"""A form meets a command: what was wrong stands beside the field, and nothing already typed is lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from flask import flash, g
from flask_wtf import FlaskForm

from backend.errors import DomainError, Kind
from web.languages import render_error
from web.statuses import STATUS

Result = TypeVar("Result")
PAGES = frozenset({Kind.NOT_FOUND, Kind.FORBIDDEN, Kind.UNAUTHENTICATED})


def attempt(form: FlaskForm, act: Callable[[], object], *, said: str | None = None) -> bool:
    """Run `act` when the form is sound; False when the page must be shown again with its errors.

    A refusal undoes what `act` had begun (a savepoint) and becomes a message of the form. `said` is told after success.
    """
    return _attempt(form, act, said, g.session.begin_nested)


def attempt_with_password(form: FlaskForm, act: Callable[[], object], *, said: str | None = None) -> bool:
    """The same for an act that compares a password, and writes nothing before it has.

    No savepoint: beginning one takes a connection, and comparing is slow.
    """
    return _attempt(form, act, said, nullcontext)


def _attempt(
    form: FlaskForm, act: Callable[[], object], said: str | None, undoing: Callable[[], AbstractContextManager[object]]
) -> bool:
    if not form.validate_on_submit():
        return False
    try:
        with undoing():
            act()
    except DomainError as refusal:
        _explain_or_raise(form, refusal)
        return False
    if said:
        flash(said)
    return True


def step(form: FlaskForm, act: Callable[[], Result]) -> Result | None:
    """One step of signing in; what it gives, or None: the form must be shown again with its errors.

    No savepoint: what is counted against a guess must stay, and a refused step has written nothing else.
    """
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except DomainError as refusal:
        _explain_or_raise(form, refusal)
        return None


def refused(form: FlaskForm) -> int:
    """The status of a page that shows its form again."""
    return getattr(form, "status", 422)


def _explain_or_raise(form: FlaskForm, refusal: DomainError) -> None:
    if refusal.kind in PAGES and not _field_of(form, refusal):
        raise refusal
    explain(form, refusal)


def explain(form: FlaskForm, refusal: DomainError) -> None:
    """Put the refusal beside the field it names, else above the form."""
    if refusal.kind is Kind.UNAVAILABLE:
        form.status, g.retry_after = STATUS[refusal.kind], refusal.retry_after
    field = _field_of(form, refusal)
    target = form[field].errors if field else form.form_errors
    if isinstance(target, tuple):
        form[field].errors = [*target, render_error(refusal)]
    else:
        target.append(render_error(refusal))


def _field_of(form: FlaskForm, refusal: DomainError) -> str | None:
    return refusal.field if refusal.field in form else None
