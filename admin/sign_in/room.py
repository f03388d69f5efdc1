"""What signing in brings to the panel: pages that anybody may open."""

from admin.shell.rooms import Room
from admin.sign_in.views import blueprint

room = Room(blueprint=blueprint, secrets=frozenset({"password", "again"}))
