"""What the queue shows: the filter in the address, views, heading, and the words when it is empty."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from admin.shell.arguments import uuid_in
from admin.tips.forms import BulkForm
from admin.tips.reply_templates import ACKNOWLEDGE
from admin.tips.words import CATEGORY, STATUS
from backend.staff.ward_keys import has_tip_access
from backend.tips import queries, staff_commands
from backend.tips.life import CLOSED, Category, Status
from backend.tips.queries import NEWEST_FIRST, QueueFilter
from backend.wards.queries import list_areas

VIEWS = ("open", "overdue", "soon", "to_acknowledge", "answers", "mine", "unassigned", "closed")
ARGUMENTS = ("view", "status", "category", "area")


class Empty(NamedTuple):
    """What an empty list says."""

    title: str
    text: str


def render(form: BulkForm | None = None) -> str:
    """The queue page; `form` carries the errors of a bulk act."""
    wanted = wanted_filter()
    counts = queries.count_views(g.session, g.actor)
    areas = list_areas(g.session, g.actor.ward_id)
    return render_template(
        "tips/queue.html",
        wanted=wanted,
        page=queries.list_tips(g.session, g.actor, wanted=wanted, cursor=request.args.get("cursor")),
        counts=counts,
        areas=areas,
        area_name=next((area.name for area in areas if area.id == wanted.area_id), None),
        heading=_heading(wanted, counts),
        empty=_empty(wanted),
        list_address=list_address,
        kept=kept_arguments(),
        newest_first=wanted.view in NEWEST_FIRST,
        closed_statuses=CLOSED,
        form=form,
        opens=g.actor.id is not None and has_tip_access(g.session, g.actor.id, g.actor.ward_id),
    )


def wanted_filter() -> QueueFilter:
    """The filter in the address; what is not in a closed list is ignored."""
    view, status, category, area = (request.args.get(name, "") for name in ARGUMENTS)
    return QueueFilter(
        view=view if view in VIEWS else "open",
        status=Status(status) if status in STATUS else None,
        category=category if category in CATEGORY else None,
        area_id=uuid_in(area),
    )


def kept_arguments() -> dict[str, str]:
    """The filter's part of the address: a tip that is opened leads back to the same list."""
    return {name: request.args[name] for name in ARGUMENTS if request.args.get(name)}


def list_address(**changes: str | UUID | None) -> str:
    """This list's address with some filters changed; None takes one away. A changed list begins at its top."""
    arguments = {**kept_arguments(), **changes}
    return url_for("tips.queue", **{name: value for name, value in arguments.items() if value is not None})


def acknowledge(tip_ids: list[UUID]) -> int:
    """Acknowledge the new ones among the chosen tips, leave the others as they are; returns how many were new."""
    reasons = {"vi": ACKNOWLEDGE.vi, "en": ACKNOWLEDGE.en}
    return staff_commands.acknowledge_new_tips(g.session, g.actor, tip_ids=tip_ids, reasons=reasons)


def acknowledged_message(count: int) -> str:
    """What is told after a bulk act."""
    if not count:
        return _("Không có tin mới nào trong các tin đã chọn.")
    return ngettext("Đã tiếp nhận %(num)s tin.", "Đã tiếp nhận %(num)s tin.", count)


def list_name(wanted: QueueFilter) -> str:
    """The name of a list, for the link back to it: the category or status it is filtered by, else the view."""
    if wanted.category is not None:
        return str(CATEGORY[Category(wanted.category)].text)
    return str(STATUS[wanted.status].text) if wanted.status is not None else _view_name(wanted.view)


def _view_name(view: str) -> str:
    names = {
        "open": _("Đang mở"),
        "overdue": _("Quá hạn"),
        "soon": _("Hạn 24 giờ tới"),
        "to_acknowledge": _("Chờ tiếp nhận"),
        "answers": _("Có trả lời mới"),
        "mine": _("Của tôi"),
        "unassigned": _("Chưa ai nhận"),
        "closed": _("Đã đóng"),
    }
    return names[view]


def _heading(wanted: QueueFilter, counts: Mapping[str, int]) -> str:
    if wanted.status is not None:
        return str(STATUS[wanted.status].text)
    if wanted.view == "open":
        return ngettext("%(num)s tin đang mở", "%(num)s tin đang mở", counts["open"])
    return _view_name(wanted.view)


def _empty(wanted: QueueFilter) -> Empty:
    if wanted.category or wanted.area_id or wanted.status:
        return Empty(_("Không có tin nào khớp bộ lọc"), _("Bỏ bớt điều kiện lọc để thấy thêm."))
    if wanted.view == "open":
        return Empty(_("Không còn tin nào chờ"), _("Mọi tin đã được trả lời. Tin mới sẽ hiện ở đây."))
    return Empty(_("Ở đây chưa có tin nào"), _("Tin thuộc mục này sẽ hiện ở đây."))
