"""What the log brings to the panel."""

from admin.audit import words
from admin.audit.views import blueprint
from admin.shell.rooms import LogWords, RailItem, Room
from backend.permissions import Action
from web.languages import lazy

room = Room(
    blueprint=blueprint,
    place=40,
    rail=RailItem("audit.show", "doc", lazy("Nhật ký"), action=Action.AUDIT_READ),
    log=LogWords(words.ACTS),
)
