"""What contacts bring to the panel."""

from admin.contacts import words
from admin.contacts.views import blueprint
from admin.shell.rooms import LogWords, RailItem, Room
from backend.permissions import Action
from web.languages import lazy

room = Room(
    blueprint=blueprint,
    place=35,
    rail=RailItem("contacts.edit", "phone", lazy("Liên hệ"), action=Action.CONTACTS_SET),
    log=LogWords(words.ACTS),
)
