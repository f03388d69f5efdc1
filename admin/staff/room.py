"""What staff brings to the panel."""

from admin.shell.rooms import Landing, LogNote, LogWords, RailItem, Room
from admin.staff import words
from admin.staff.views import blueprint
from backend.audit import AuditEntry
from backend.permissions import Action
from web.languages import lazy


def log_note(entry: AuditEntry) -> LogNote | None:
    """Whose account it was about, unless it was one's own."""
    username = entry.details.get("username")
    if not username or entry.subject_id == str(entry.actor_id):
        return None
    return LogNote(username)


room = Room(
    blueprint=blueprint,
    place=30,
    rail=RailItem("staff.board", "users", lazy("Cán bộ"), action=Action.STAFF_LIST),
    landing=Landing("staff.board", action=Action.STAFF_MANAGE),
    log=LogWords(words.ACTS, note=log_note),
    secrets=frozenset({"password", "recovery_key"}),
)
