"""The words for acts on wards, as the log tells them."""

from web.languages import lazy

ACTS = {
    "ward.activate": lazy("mở cho bà con gửi tin"),
    "ward.deactivate": lazy("ngừng nhận tin mới"),
    "ward.deadlines": lazy("đặt thời hạn xử lý tin"),
    "ward.boundary": lazy("vẽ ranh giới"),
}
