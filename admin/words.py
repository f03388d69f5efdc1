"""The words of the closed lists, and the icon that goes with each. The domain keeps the codes, the panel says them."""

from typing import NamedTuple

from flask_babel.speaklater import LazyString

from backend.alerts.cap import Act, AlertKind, Category, Certainty, MessageType, Severity, Urgency
from backend.permissions import Role
from backend.tips.life import Category as TipCategory
from backend.tips.life import Occurred, Status
from web.languages import lazy


class Word(NamedTuple):
    """A label and its icon's name."""

    text: LazyString
    icon: str


TIP_CATEGORY = {
    TipCategory.THEFT: Word(lazy("Trộm cắp, đột nhập"), "c-theft"),
    TipCategory.SCAM: Word(lazy("Lừa đảo, lừa qua mạng"), "c-scam"),
    TipCategory.DRUGS: Word(lazy("Mua bán ma túy"), "c-drug"),
    TipCategory.VIOLENCE: Word(lazy("Bạo lực, bạo lực gia đình"), "c-violence"),
    TipCategory.CHILD_TRAFFICKING: Word(lazy("Mua bán người, an toàn trẻ em"), "c-child"),
    TipCategory.LOAN_SHARKING: Word(lazy("Cho vay nặng lãi"), "c-loan"),
    TipCategory.GAMBLING: Word(lazy("Đánh bạc"), "c-dice"),
    TipCategory.WEAPONS: Word(lazy("Vũ khí, chất nổ"), "c-weapon"),
    TipCategory.FIRE: Word(lazy("Nguy cơ cháy, nổ"), "flame"),
    TipCategory.TRAFFIC: Word(lazy("An toàn giao thông"), "c-traffic"),
    TipCategory.NOISE: Word(lazy("Ồn ào, mất trật tự"), "c-noise"),
    TipCategory.ENVIRONMENT: Word(lazy("Môi trường"), "c-leaf"),
    TipCategory.INFRASTRUCTURE: Word(lazy("Đèn, cống, cột điện hỏng"), "c-lamp"),
    TipCategory.OTHER: Word(lazy("Việc khác gây hại"), "c-other"),
}

TIP_STATUS = {
    Status.RECEIVED: Word(lazy("Mới nhận"), "inbox"),
    Status.ACKNOWLEDGED: Word(lazy("Đã tiếp nhận"), "eye"),
    Status.VERIFYING: Word(lazy("Đang xác minh"), "search"),
    Status.TRANSFERRED: Word(lazy("Đã chuyển"), "swap"),
    Status.RESOLVED: Word(lazy("Đã giải quyết"), "check"),
    Status.NOT_ENOUGH: Word(lazy("Chưa đủ thông tin"), "minus"),
    Status.REJECTED: Word(lazy("Không thuộc trường hợp xử lý"), "x"),
}

# for columns and the list of views, where the whole does not fit
SHORT_TIP_STATUS = {Status.NOT_ENOUGH: lazy("Thiếu thông tin"), Status.REJECTED: lazy("Không xử lý")}

OCCURRED = {
    Occurred.NOW: lazy("đang xảy ra lúc gửi"),
    Occurred.TODAY: lazy("trong ngày gửi tin"),
    Occurred.YESTERDAY: lazy("hôm trước ngày gửi"),
    Occurred.EARLIER: lazy("đã lâu hơn"),
}

TIP_ACT = {
    "tip.read": lazy("mở đọc"),
    "tip.reply": lazy("gửi trả lời"),
    "tip.assign": lazy("giao việc"),
    "tip.acknowledged": lazy("tiếp nhận"),
    "tip.verifying": lazy("bắt đầu xác minh"),
    "tip.resolved": lazy("đóng: đã giải quyết"),
    "tip.not_enough": lazy("đóng: chưa đủ thông tin"),
    "tip.rejected": lazy("đóng: không thuộc trường hợp xử lý"),
}

ROLE = {
    Role.OFFICER: lazy("Cán bộ Công an"),
    Role.CHIEF: lazy("Chỉ huy Công an"),
    Role.ORGANISER: lazy("Ban tổ chức"),
    Role.COUNCIL: lazy("Hội đồng thi đua"),
    Role.PROVINCE: lazy("Công an tỉnh"),
    Role.ADMINISTRATOR: lazy("Quản trị"),
}

ALERT_KIND = {
    AlertKind.SCAM: Word(lazy("Lừa đảo"), "c-scam"),
    AlertKind.THEFT: Word(lazy("Trộm cắp"), "c-theft"),
    AlertKind.FIRE: Word(lazy("Cháy, nổ"), "flame"),
    AlertKind.FLOOD: Word(lazy("Mưa bão"), "c-leaf"),
    AlertKind.TRAFFIC: Word(lazy("Giao thông"), "c-traffic"),
    AlertKind.LOST_FOUND: Word(lazy("Đồ thất lạc"), "info"),
    AlertKind.OTHER: Word(lazy("Việc khác"), "c-other"),
}

URGENCY = {
    Urgency.IMMEDIATE: lazy("Ngay"),
    Urgency.EXPECTED: lazy("Sắp tới"),
    Urgency.FUTURE: lazy("Về sau"),
    Urgency.PAST: lazy("Đã qua"),
    Urgency.UNKNOWN: lazy("Chưa rõ"),
}

SEVERITY = {
    Severity.EXTREME: Word(lazy("Khẩn cấp"), "octagon"),
    Severity.SEVERE: Word(lazy("Nguy hiểm"), "octagon"),
    Severity.MODERATE: Word(lazy("Cảnh giác"), "triangle"),
    Severity.MINOR: Word(lazy("Cần biết"), "info"),
    Severity.UNKNOWN: Word(lazy("Cần biết"), "info"),
}

CERTAINTY = {
    Certainty.OBSERVED: lazy("Đã xác minh"),
    Certainty.LIKELY: lazy("Rất có thể"),
    Certainty.POSSIBLE: lazy("Có thể"),
    Certainty.UNLIKELY: lazy("Ít khả năng"),
    Certainty.UNKNOWN: lazy("Chưa rõ"),
}

CAP_CATEGORY = {
    Category.SECURITY: lazy("An ninh, trật tự"),
    Category.SAFETY: lazy("An toàn chung"),
    Category.FIRE: lazy("Cháy"),
    Category.MET: lazy("Thời tiết"),
    Category.GEO: lazy("Sạt lở, động đất"),
    Category.RESCUE: lazy("Cứu nạn"),
    Category.HEALTH: lazy("Sức khỏe"),
    Category.ENV: lazy("Môi trường"),
    Category.TRANSPORT: lazy("Giao thông"),
    Category.INFRA: lazy("Điện, nước, hạ tầng"),
    Category.CBRNE: lazy("Hóa chất, phóng xạ, chất nổ"),
    Category.OTHER: lazy("Khác"),
}

MESSAGE_TYPE = {
    MessageType.ALERT: lazy("Cảnh báo mới"),
    MessageType.UPDATE: lazy("Bản cập nhật"),
    MessageType.ALL_CLEAR: lazy("Báo đã yên"),
    MessageType.CANCEL: lazy("Rút lại"),
}

ALERT_STATE = {
    "draft": Word(lazy("Nháp"), "edit"),
    "submitted": Word(lazy("Chờ duyệt"), "clock"),
    "approved": Word(lazy("Đã duyệt"), "check"),
    "published": Word(lazy("Đang hiệu lực"), "horn"),
    "updated": Word(lazy("Đã có bản mới"), "swap"),
    "all_clear": Word(lazy("Đã yên"), "tick"),
    "cancelled": Word(lazy("Đã rút lại"), "x"),
    "expired": Word(lazy("Đã hết hạn"), "clock"),
    "discarded": Word(lazy("Đã bỏ"), "x"),
}

ALERT_ACT = {
    Act.WRITTEN: lazy("viết nháp"),
    Act.EDITED: lazy("sửa"),
    Act.SUBMITTED: lazy("gửi duyệt"),
    Act.APPROVED: lazy("duyệt"),
    Act.REJECTED: lazy("trả lại"),
    Act.PUBLISHED: lazy("phát"),
    Act.DISCARDED: lazy("bỏ"),
}

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

AUDIT_ACT = {
    **TIP_ACT,
    "alert.written": lazy("viết cảnh báo"),
    "alert.edited": lazy("sửa cảnh báo"),
    "alert.submitted": lazy("gửi duyệt cảnh báo"),
    "alert.approved": lazy("duyệt cảnh báo"),
    "alert.rejected": lazy("trả lại cảnh báo"),
    "alert.published": lazy("phát cảnh báo"),
    "alert.discarded": lazy("bỏ bản cảnh báo"),
    "staff.create": lazy("thêm tài khoản"),
    "staff.reset": lazy("cấp mã kích hoạt mới"),
    "staff.disable": lazy("khóa tài khoản"),
    "staff.enable": lazy("mở lại tài khoản"),
    "staff.enrol": lazy("kích hoạt tài khoản"),
    "staff.sign_in": lazy("đăng nhập"),
    "staff.locked": lazy("bị tạm khóa vì sai quá nhiều lần"),
    "staff.unlock": lazy("bỏ tạm khóa đăng nhập"),
    "staff.change_password": lazy("đổi mật khẩu"),
    "tip_access.grant": lazy("cấp quyền mở tin"),
    "tip_access.revoke": lazy("thu quyền mở tin"),
    "tip_access.restore": lazy("khôi phục quyền bằng khóa in"),
    "tip_access.renew_recovery_key": lazy("in khóa khôi phục mới, tờ cũ hết dùng được"),
    "ward.activate": lazy("mở cho bà con gửi tin"),
    "ward.deactivate": lazy("ngừng nhận tin mới"),
    "ward.deadlines": lazy("đặt thời hạn xử lý tin"),
    "ward.boundary": lazy("vẽ ranh giới"),
    "resident.export": lazy("tải dữ liệu của một người dân"),
    "resident.delete": lazy("xóa dữ liệu của một người dân"),
}


def act_of(action: str) -> str:
    """What was done, in words; the code itself where there are none yet."""
    return str(AUDIT_ACT.get(action, action))
