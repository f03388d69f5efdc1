"""The words for alerts: CAP's closed lists with icons, states and acts. The domain keeps the codes."""

from flask_babel import format_percent
from flask_babel import gettext as _

from admin.shell.words import Word
from backend.alerts.cap import Act, AlertKind, Category, Certainty, MessageType, Severity, Urgency
from web.languages import lazy

KIND = {
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

STATE = {
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

ACT = {
    Act.WRITTEN: lazy("viết nháp"),
    Act.EDITED: lazy("sửa"),
    Act.SUBMITTED: lazy("gửi duyệt"),
    Act.APPROVED: lazy("duyệt"),
    Act.REJECTED: lazy("trả lại"),
    Act.PUBLISHED: lazy("phát"),
    Act.DISCARDED: lazy("bỏ"),
}

LOG_ACTS = {
    "alert.written": lazy("viết cảnh báo"),
    "alert.edited": lazy("sửa cảnh báo"),
    "alert.submitted": lazy("gửi duyệt cảnh báo"),
    "alert.approved": lazy("duyệt cảnh báo"),
    "alert.rejected": lazy("trả lại cảnh báo"),
    "alert.published": lazy("phát cảnh báo"),
    "alert.discarded": lazy("bỏ bản cảnh báo"),
}


def short_hash(digest: str) -> str:
    """The part of a version's hash that people compare: `3fa2-91bc`."""
    return f"{digest[:4]}-{digest[4:8]}"


def share(part: int, whole: int) -> str:
    """`96,7% số máy`; only "devices" where none were counted, or fewer: who has turned on no notices reads too."""
    if part > whole or not whole:
        return _("máy")
    return _("%(share)s số máy", share=format_percent(part / whole, format="#,##0.#%"))
