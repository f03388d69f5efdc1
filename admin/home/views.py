"""The first page sends each reader to where their own work begins."""

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from admin.shell.rooms import current_rooms

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """To the first page of the reader's role."""
    return redirect(url_for(current_rooms().landing(g.actor)))
