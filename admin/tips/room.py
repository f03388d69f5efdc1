"""What tips bring to the panel."""

from flask import url_for
from flask_babel import gettext as _

from admin.shell.rooms import Key, Landing, LogNote, LogWords, RailItem, Room
from admin.tips import words
from admin.tips.views import blueprint
from backend.audit import AuditEntry
from backend.permissions import Action
from backend.tips.queries import count_waiting
from web.languages import lazy


def log_note(entry: AuditEntry) -> LogNote | None:
    """The tip's number, with the way to the tip."""
    number = entry.details.get("number")
    if not number:
        return None
    return LogNote(words.code(number), _("tin"), url_for("tips.find", number=number))


room = Room(
    blueprint=blueprint,
    place=10,
    rail=RailItem("tips.queue", "tip", lazy("Tin báo"), action=Action.TIP_LIST, count=count_waiting),
    landing=Landing("tips.queue", action=Action.TIP_LIST),
    keys=(
        Key("J", lazy("Tin dưới, tin kế tiếp"), action=Action.TIP_LIST),
        Key("K", lazy("Tin trên, tin trước"), action=Action.TIP_LIST),
        Key("↵", lazy("Mở tin"), action=Action.TIP_LIST),
        Key("X", lazy("Chọn tin"), action=Action.TIP_LIST),
        Key("A", lazy("Tiếp nhận"), action=Action.TIP_LIST),
        Key("/", lazy("Tìm theo mã"), action=Action.TIP_LIST),
        Key("L", lazy("Viết trả lời"), action=Action.TIP_LIST),
        Key(";", lazy("Mẫu trả lời, chọn bằng ↑ ↓"), action=Action.TIP_LIST),
        Key("V", lazy("Bắt đầu xác minh"), action=Action.TIP_LIST),
        Key("R", lazy("Đã giải quyết"), action=Action.TIP_CLOSE),
        Key("I", lazy("Chưa đủ thông tin"), action=Action.TIP_CLOSE),
        Key("U", lazy("Không thuộc trường hợp xử lý"), action=Action.TIP_CLOSE),
        Key("G", lazy("Giao việc"), action=Action.TIP_ASSIGN),
    ),
    log=LogWords(words.ACTS, reads=words.READS, note=log_note),
)
