"""The list of a ward's alerts: its views, and the words of a view in which nothing stands."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import g, render_template, request
from flask_babel import gettext as _

from backend.alerts import queries
from backend.alerts.queries import View
from backend.permissions import Action, can


class ViewLink(NamedTuple):
    """One view in the list of views."""

    code: str
    icon: str
    name: str
    count: int


class Empty(NamedTuple):
    """What an empty list says."""

    title: str
    text: str


def render() -> str:
    """The board page, with the view that the address asks for."""
    view = View(request.args["view"]) if request.args.get("view") in set(View) else View.ALL
    page = queries.list_alerts(g.session, g.actor, view=view, cursor=request.args.get("after"))
    views = _view_links(queries.count_alerts(g.session, g.actor))
    heading = _("Cảnh báo") if view is View.ALL else next(link.name for link in views if link.code == view)
    return render_template("alerts/board.html", page=page, view=view, views=views, heading=heading, empty=_empty(view))


def _view_links(counts: Mapping[str, int]) -> list[ViewLink]:
    """Whoever approves sees first what waits for approval."""
    names = {
        "all": ("layers", _("Tất cả")),
        "drafts": ("edit", _("Nháp")),
        "waiting": ("clock", _("Chờ duyệt")),
        "approved": ("check", _("Chờ phát")),
        "in_force": ("horn", _("Đang hiệu lực")),
        "ended": ("tick", _("Đã kết thúc")),
    }
    order = sorted(names, key=lambda view: view != "waiting") if can(g.actor, Action.ALERT_APPROVE) else names
    return [ViewLink(view, *names[view], counts.get(view, 0)) for view in order]


def _empty(view: View) -> Empty:
    match view:
        case View.DRAFTS:
            return Empty(_("Không có bản nháp nào"), _("Bản bạn hoặc đồng nghiệp viết dở sẽ hiện ở đây."))
        case View.WAITING:
            return Empty(_("Không có bản nào chờ duyệt"), _("Bản gửi duyệt chờ ở đây đến khi một chỉ huy khác duyệt."))
        case View.APPROVED:
            return Empty(_("Không có bản nào chờ phát"), _("Bản duyệt để phát sau chờ ở đây đến khi chỉ huy phát."))
        case View.IN_FORCE:
            return Empty(_("Không có cảnh báo nào đang hiệu lực"), _("Bản đã phát ở đây đến khi hết hạn hoặc đã yên."))
        case View.ENDED:
            return Empty(_("Chưa có cảnh báo nào kết thúc"), _("Bản hết hạn, đã yên, đã rút lại sẽ hiện ở đây."))
        case _:
            text = _("Một người viết, một chỉ huy khác duyệt, rồi cảnh báo đến điện thoại của bà con.")
            return Empty(_("Chưa có cảnh báo nào"), text)
