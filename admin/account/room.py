"""What one's own account brings to the panel: everybody has it, at the end of the rail."""

from admin.account.views import blueprint
from admin.shell.rooms import Landing, RailItem, Room
from web.languages import lazy

room = Room(
    blueprint=blueprint,
    place=900,
    rail=RailItem("account.show", "user", lazy("Tài khoản"), at_end=True),
    landing=Landing("account.show"),
    secrets=frozenset({"old", "password", "again"}),
)
