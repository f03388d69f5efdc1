"""What alerts bring to the panel."""

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from admin.alerts import words
from admin.alerts.views import blueprint
from admin.shell.rooms import LogNote, LogWords, Notice, RailItem, Room
from backend.alerts.queries import count_to_approve
from backend.audit import AuditEntry
from backend.permissions import Action, Actor, can
from web.languages import lazy

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def count_waiting(session: "Session", actor: Actor) -> int:
    """How many alerts wait for this person's approval."""
    return count_to_approve(session, actor) if can(actor, Action.ALERT_APPROVE) else 0


def notice(waiting: int) -> Notice:
    """The line that tells a chief, who begins the day with tips, that alerts wait."""
    return Notice(
        icon="bell",
        text=ngettext("%(num)s cảnh báo chờ bạn duyệt.", "%(num)s cảnh báo chờ bạn duyệt.", waiting),
        link=_("Xem và duyệt"),
        address=url_for("alerts.board", view="waiting"),
    )


def log_note(entry: AuditEntry) -> LogNote | None:
    """The version that the act was about, with the way to the alert."""
    digest = entry.details.get("content_hash")
    if not digest:
        return None
    return LogNote(words.short_hash(digest), _("bản"), url_for("alerts.show", alert_id=entry.subject_id))


room = Room(
    blueprint=blueprint,
    place=20,
    rail=RailItem(
        "alerts.board", "bell", lazy("Cảnh báo"), action=Action.ALERT_LIST, count=count_waiting, notice=notice
    ),
    log=LogWords(words.LOG_ACTS, note=log_note),
)
