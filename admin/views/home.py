"""The first page: where a person's own work begins."""

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from admin.errors import to_sign_in
from backend.permissions import NOBODY, Action, can

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """To the queue, the accounts or one's own page, as the role has it."""
    if g.actor is NOBODY:
        return to_sign_in()
    places = ((Action.TIP_LIST, "tips.queue"), (Action.STAFF_MANAGE, "staff.board"))
    return redirect(url_for(next((page for action, page in places if can(g.actor, action)), "account.show")))
