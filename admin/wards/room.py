"""What wards bring to the panel."""

from admin.shell.rooms import LogWords, RailItem, Room
from admin.wards import words
from admin.wards.views import blueprint
from backend.permissions import Action
from web.languages import lazy

room = Room(
    blueprint=blueprint,
    place=50,
    rail=RailItem("wards.board", "map", lazy("Phường xã"), action=Action.WARD_MANAGE),
    log=LogWords(words.ACTS),
)
