"""Edit conflicts: what a colleague has saved meanwhile, beside what this writer typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import g
from flask_babel import gettext as _
from wtforms import BooleanField, DateTimeLocalField, Field, RadioField, SelectField, SelectMultipleField

from admin.alerts.forms import AlertForm
from admin.shell.formats import moment_words
from backend import clock
from backend.alerts.cap import AUTHORING
from backend.alerts.queries import OpenedAlert

HIDDEN = frozenset({"seen_hash", "csrf_token"})


@dataclass(frozen=True)
class Difference:
    """One field of the editor that the two versions fill differently, in the words of the page."""

    label: str
    saved: str
    mine: str


@dataclass(frozen=True)
class EditConflict:
    """Who saved the present version, when, and what differs. Without `may_save` the alert can no longer be edited."""

    by: str
    at: datetime
    differences: Sequence[Difference]
    may_save: bool


def conflict_of(form: AlertForm, opened: OpenedAlert) -> EditConflict | None:
    """The conflict of the sent form with the alert as it is now; None when the form was made from this very version.

    From here on the form counts as made from the version that the page shows: sent again, it replaces that version.
    """
    may_save = "edit" in opened.allowed
    if may_save and form.seen_hash.data == opened.content_hash:
        return None
    form.seen_hash.data = opened.content_hash
    last = [entry for entry in opened.trail if entry.act in AUTHORING][-1]
    by = _("Bạn") if last.staff_id == g.actor.id else last.staff_name
    return EditConflict(by, last.at, _differences(form, opened), may_save)


def _differences(form: AlertForm, opened: OpenedAlert) -> list[Difference]:
    """The fields that do not say the same, in the order of the form."""
    saved = AlertForm(formdata=None)
    saved.area_ids.choices = form.area_ids.choices
    saved.fill(opened.content)
    fields = [(mine, saved[mine.name]) for mine in form if mine.name not in HIDDEN]
    all_fields = [Difference(str(mine.label.text), _words_of(other), _words_of(mine)) for mine, other in fields]
    return [field for field in all_fields if field.saved.split() != field.mine.split()]


def _words_of(field: Field) -> str:
    if isinstance(field, DateTimeLocalField):
        return moment_words(field.data.replace(tzinfo=clock.VIETNAM)) if field.data else "–"
    if isinstance(field, BooleanField):
        return _("Có") if field.data else _("Không")
    if isinstance(field, SelectMultipleField):
        names = _chosen(field)
        return ", ".join(names) if 0 < len(names) < len(field.choices) else _("cả địa bàn")
    if isinstance(field, RadioField | SelectField):
        return ", ".join(_chosen(field)) or "–"
    text = "\n".join(field.data) if isinstance(field.data, list) else field.data
    return (text or "").strip() or "–"


def _chosen(field: SelectField) -> list[str]:
    return [str(label) for _value, label, selected, _options in field.iter_choices() if selected]
