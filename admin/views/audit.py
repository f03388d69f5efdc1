"""The ward's log: who read and did what. Nobody can change it; the chain shows whether somebody has tried."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from admin import words
from admin.queue_page import number_in
from backend import audit

blueprint = Blueprint("audit", __name__, url_prefix="/log")
PAGE = 60
READS = frozenset({"tip.read"})


@blueprint.get("")
def show() -> ResponseReturnValue:
    """The log page by page; `check=1` also recomputes the whole chain."""
    before = number_in(request.args.get("before", ""))
    entries = audit.list_entries(g.session, g.actor, before=before, limit=PAGE)
    checked = request.args.get("check") == "1"
    return render_template(
        "audit/log.html",
        entries=entries,
        reads=READS,
        more=entries[-1].seq if len(entries) == PAGE else None,
        checked=checked,
        broken_at=audit.check_log(g.session, g.actor) if checked else None,
        act_of=words.act_of,
    )
