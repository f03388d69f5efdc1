"""What stands around every page of a signed-in officer: the rail by role, the place, the keys."""

from dataclasses import dataclass

from flask import g, request
from flask_babel import gettext as _

from backend.alerts.queries import count_to_approve
from backend.permissions import NOBODY, Action, can
from backend.tips.queries import count_waiting
from backend.wards.queries import ward_of


@dataclass(frozen=True)
class RailItem:
    """One part of the panel."""

    endpoint: str
    icon: str
    text: str
    count: int = 0
    at_end: bool = False

    @property
    def is_here(self) -> bool:
        """Whether the present page belongs to this part."""
        return (request.endpoint or "").split(".")[0] == self.endpoint.split(".")[0]


@dataclass(frozen=True)
class Desk:
    """The frame of a page. Without a session (error pages) it knows no counts and no ward."""

    rail: list[RailItem]
    place: str
    is_sample: bool
    keys: list[tuple[str, str]]
    to_approve: int = 0


def desk() -> Desk | None:
    """The frame for the present actor, None when nobody is signed in."""
    actor = g.get("actor", NOBODY)
    if actor.kind != "staff":
        return None
    place, is_sample = _place()
    to_approve = _to_approve()
    return Desk(rail=_rail(to_approve), place=place, is_sample=is_sample, keys=_keys(), to_approve=to_approve)


def _place() -> tuple[str, bool]:
    if g.actor.ward_id is None or "session" not in g:
        return _("Bình Yên"), False
    ward = ward_of(g.session, g.actor.ward_id)
    return (ward.full_name, ward.is_sample) if ward else (_("Bình Yên"), False)


def _to_approve() -> int:
    return count_to_approve(g.session, g.actor) if can(g.actor, Action.ALERT_APPROVE) and "session" in g else 0


def _rail(to_approve: int) -> list[RailItem]:
    items = []
    if can(g.actor, Action.TIP_LIST):
        waiting = count_waiting(g.session, g.actor) if "session" in g else 0
        items.append(RailItem("tips.queue", "tip", _("Tin báo"), count=waiting))
    if can(g.actor, Action.ALERT_LIST):
        items.append(RailItem("alerts.board", "bell", _("Cảnh báo"), count=to_approve))
    if can(g.actor, Action.STAFF_LIST):
        items.append(RailItem("staff.board", "users", _("Cán bộ")))
    if can(g.actor, Action.AUDIT_READ):
        items.append(RailItem("audit.show", "doc", _("Nhật ký")))
    if can(g.actor, Action.WARD_MANAGE):
        items.append(RailItem("wards.board", "map", _("Phường xã")))
    items.append(RailItem("account.show", "user", _("Tài khoản"), at_end=True))
    return items


def _keys() -> list[tuple[str, str]]:
    keys = [("?", _("Bảng phím tắt này"))]
    if can(g.actor, Action.TIP_LIST):
        keys += [
            ("J", _("Tin dưới, tin kế tiếp")),
            ("K", _("Tin trên, tin trước")),
            ("↵", _("Mở tin")),
            ("X", _("Chọn tin")),
            ("A", _("Tiếp nhận")),
            ("/", _("Tìm theo mã")),
            ("L", _("Viết trả lời")),
            (";", _("Mẫu trả lời, chọn bằng ↑ ↓")),
            ("V", _("Bắt đầu xác minh")),
        ]
    if can(g.actor, Action.TIP_CLOSE):
        keys += [("R", _("Đã giải quyết")), ("I", _("Chưa đủ thông tin")), ("U", _("Không thuộc trường hợp xử lý"))]
    if can(g.actor, Action.TIP_ASSIGN):
        keys += [("G", _("Giao việc"))]
    return [*keys, ("Ctrl ↵", _("Gửi")), ("Esc", _("Rời ô đang gõ, đóng bảng này"))]
