"""The log of a ward: who read and did what. Nobody can change it; its chain shows whether somebody has tried."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from admin.shell.rooms import current_rooms
from backend import audit

blueprint = Blueprint("audit", __name__, url_prefix="/log", template_folder="templates")
PAGE = 60


@blueprint.get("")
def show() -> ResponseReturnValue:
    """The log page by page; `check=1` also recomputes the whole chain."""
    page = audit.list_entries(g.session, g.actor, cursor=request.args.get("before"), limit=PAGE)
    checked = request.args.get("check") == "1"
    return render_template(
        "audit/log.html",
        entries=page.items,
        rooms=current_rooms(),
        more=page.next_cursor,
        checked=checked,
        broken_at=audit.check_log(g.session, g.actor) if checked else None,
    )
