"""What the first page brings to the panel."""

from admin.home.views import blueprint
from admin.shell.rooms import Room

room = Room(blueprint=blueprint)
