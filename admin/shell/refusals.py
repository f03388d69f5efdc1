"""What a command refuses is told in the form: beside the field, with everything that was typed still there."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from admin.shell.forms import PanelForm
from backend.errors import DomainError, Kind

# these are answered with a page of their own, unless they name a field of the form
PAGES = frozenset({Kind.NOT_FOUND, Kind.FORBIDDEN, Kind.UNAUTHENTICATED})


@contextmanager
def refusals_on(form: PanelForm) -> Iterator[None]:
    """Turn a refusal inside the block into an error of `form`, and undo what the block had written.

    The savepoint begins with the block's first query: slow work before it, like comparing a password, holds no
    connection. Attempts are counted in transactions of their own and stay counted.
    """
    try:
        with g.session.begin_nested():
            yield
    except DomainError as refusal:
        if refusal.kind in PAGES and not form.names_field(refusal):
            raise
        g.retry_after = refusal.retry_after
        form.add_refusal(refusal)
