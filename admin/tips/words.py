"""The words for tips: their closed lists with icons, their places and hours. The domain keeps the codes."""

from datetime import datetime

from flask_babel import gettext as _

from admin.shell.formats import local, short_day
from admin.shell.words import Word
from backend.tips.life import Category, Occurred, Status
from web.languages import lazy

CATEGORY = {
    Category.THEFT: Word(lazy("Trộm cắp, đột nhập"), "c-theft"),
    Category.SCAM: Word(lazy("Lừa đảo, lừa qua mạng"), "c-scam"),
    Category.DRUGS: Word(lazy("Mua bán ma túy"), "c-drug"),
    Category.VIOLENCE: Word(lazy("Bạo lực, bạo lực gia đình"), "c-violence"),
    Category.CHILD_TRAFFICKING: Word(lazy("Mua bán người, an toàn trẻ em"), "c-child"),
    Category.LOAN_SHARKING: Word(lazy("Cho vay nặng lãi"), "c-loan"),
    Category.GAMBLING: Word(lazy("Đánh bạc"), "c-dice"),
    Category.WEAPONS: Word(lazy("Vũ khí, chất nổ"), "c-weapon"),
    Category.FIRE: Word(lazy("Nguy cơ cháy, nổ"), "flame"),
    Category.TRAFFIC: Word(lazy("An toàn giao thông"), "c-traffic"),
    Category.NOISE: Word(lazy("Ồn ào, mất trật tự"), "c-noise"),
    Category.ENVIRONMENT: Word(lazy("Môi trường"), "c-leaf"),
    Category.INFRASTRUCTURE: Word(lazy("Đèn, cống, cột điện hỏng"), "c-lamp"),
    Category.OTHER: Word(lazy("Việc khác gây hại"), "c-other"),
}

STATUS = {
    Status.RECEIVED: Word(lazy("Mới nhận"), "inbox"),
    Status.ACKNOWLEDGED: Word(lazy("Đã tiếp nhận"), "eye"),
    Status.VERIFYING: Word(lazy("Đang xác minh"), "search"),
    Status.TRANSFERRED: Word(lazy("Đã chuyển"), "swap"),
    Status.RESOLVED: Word(lazy("Đã giải quyết"), "check"),
    Status.NOT_ENOUGH: Word(lazy("Chưa đủ thông tin"), "minus"),
    Status.REJECTED: Word(lazy("Không thuộc trường hợp xử lý"), "x"),
}

# for columns and the list of views, where the whole does not fit
SHORT_STATUS = {Status.NOT_ENOUGH: lazy("Thiếu thông tin"), Status.REJECTED: lazy("Không xử lý")}

OCCURRED = {
    Occurred.NOW: lazy("đang xảy ra lúc gửi"),
    Occurred.TODAY: lazy("trong ngày gửi tin"),
    Occurred.YESTERDAY: lazy("hôm trước ngày gửi"),
    Occurred.EARLIER: lazy("đã lâu hơn"),
}

ACTS = {
    "tip.read": lazy("mở đọc"),
    "tip.reply": lazy("gửi trả lời"),
    "tip.assign": lazy("giao việc"),
    "tip.acknowledged": lazy("tiếp nhận"),
    "tip.verifying": lazy("bắt đầu xác minh"),
    "tip.resolved": lazy("đóng: đã giải quyết"),
    "tip.not_enough": lazy("đóng: chưa đủ thông tin"),
    "tip.rejected": lazy("đóng: không thuộc trường hợp xử lý"),
}
READS = frozenset({"tip.read"})


def act(action: str) -> str:
    """What was done with a tip; the code itself where there are no words for it yet."""
    return str(ACTS.get(action, action))


def code(number: int) -> str:
    """A tip's number as people read it out: `0042`."""
    return f"{number:04d}"


def place(area: str | None, *, pinned: bool) -> str:
    """`Tổ dân phố 7` → `Tổ 7`; without a group, whether a point of the map is in the tip."""
    if area:
        return area.replace("Tổ dân phố ", "Tổ ")
    return _("điểm ghim") if pinned else _("chưa rõ chỗ")


def hour(moment: datetime) -> str:
    """The hour alone: before a tip is opened, nothing finer is known of its arrival."""
    return _("%(hour)s giờ, %(date)s", hour=local(moment).hour, date=short_day(moment))
