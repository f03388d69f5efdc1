"""What the queue shows: views, filters, heading, and the words when it is empty."""

from typing import Any, NamedTuple
from uuid import UUID

from flask import flash, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from admin.forms.tips import BulkForm
from admin.reply_templates import ACKNOWLEDGE
from admin.words import TIP_CATEGORY, TIP_STATUS
from backend.staff.ward_keys import has_tip_access
from backend.tips import queries, staff_commands
from backend.tips.life import CLOSED, Status
from backend.tips.life import Category as TipCategory
from backend.tips.queries import NEWEST_FIRST, QueueFilter
from backend.wards.queries import list_areas

VIEWS = ("open", "overdue", "soon", "to_acknowledge", "answers", "mine", "unassigned", "closed")
KEPT = ("view", "status", "category", "area")


class Empty(NamedTuple):
    """What an empty list says."""

    title: str
    text: str


def is_uuid(value: str | None) -> bool:
    """Whether `value` is the text of a UUID."""
    try:
        return bool(value and UUID(value))
    except ValueError:
        return False


def number_in(value: str) -> int | None:
    """The number somebody typed or that stands in an address, None when it is none that we ever give."""
    return int(value) if value.isdecimal() and len(value) < 19 else None


def wanted() -> QueueFilter:
    """The filter in the address; what is not in a closed list is ignored."""
    args = request.args
    view, status, category, area = (args.get(name, "") for name in KEPT)
    return QueueFilter(
        view=view if view in VIEWS else "open",
        status=Status(status) if status in TIP_STATUS else None,
        category=category if category in TIP_CATEGORY else None,
        area_id=UUID(area) if is_uuid(area) else None,
    )


def here(**changes: Any) -> str:
    """This list's address with some of its filters changed; None takes one away, and a new filter starts at the top."""
    return url_for("tips.queue", **{name: value for name, value in {**kept(), **changes}.items() if value is not None})


def kept() -> dict[str, str]:
    """The filters of the address, for the way to a tip and back to the same list."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def render(form: BulkForm | None = None) -> str:
    """The queue page; `form` carries the errors of a bulk act."""
    seen = wanted()
    page = queries.list_tips(g.session, g.actor, wanted=seen, cursor=request.args.get("cursor"))
    counts = queries.count_views(g.session, g.actor)
    areas = list_areas(g.session, g.actor.ward_id)
    return render_template(
        "tips/queue.html",
        wanted=seen,
        page=page,
        counts=counts,
        areas=areas,
        area_name=next((area.name for area in areas if area.id == seen.area_id), None),
        heading=_heading(seen, counts),
        empty=_empty(seen),
        here=here,
        kept=kept(),
        newest_first=seen.view in NEWEST_FIRST,
        closed_statuses=CLOSED,
        form=form,
        opens=g.actor.id is not None and has_tip_access(g.session, g.actor.id, g.actor.ward_id),
    )


def acknowledge(tip_ids: list[UUID]) -> None:
    """Acknowledge the new ones among the chosen tips; the others are left as they are."""
    words = {"vi": ACKNOWLEDGE.vi, "en": ACKNOWLEDGE.en}
    count = staff_commands.acknowledge_new_tips(g.session, g.actor, tip_ids=tip_ids, reasons=words)
    if count:
        flash(ngettext("Đã tiếp nhận %(num)s tin.", "Đã tiếp nhận %(num)s tin.", count))
    else:
        flash(_("Không có tin mới nào trong các tin đã chọn."))


def view_name(view: str) -> str:
    """The view's name, for the way back."""
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


def list_name(seen: QueueFilter) -> str:
    """The list's name, for the way back: the kind of matter or the status that it was sifted by, else the view."""
    if seen.category is not None:
        return str(TIP_CATEGORY[TipCategory(seen.category)].text)
    return str(TIP_STATUS[seen.status].text) if seen.status is not None else view_name(seen.view)


def _heading(seen: QueueFilter, counts: dict[str, int]) -> str:
    if seen.status is not None:
        return str(TIP_STATUS[seen.status].text)
    if seen.view == "open":
        return ngettext("%(num)s tin đang mở", "%(num)s tin đang mở", counts["open"])
    return view_name(seen.view)


def _empty(seen: QueueFilter) -> Empty:
    if seen.category or seen.area_id or seen.status:
        return Empty(_("Không có tin nào khớp bộ lọc"), _("Bỏ bớt điều kiện lọc để thấy thêm."))
    if seen.view == "open":
        return Empty(_("Không còn tin nào chờ"), _("Mọi tin đã được trả lời. Tin mới sẽ hiện ở đây."))
    return Empty(_("Ở đây chưa có tin nào"), _("Tin thuộc mục này sẽ hiện ở đây."))
