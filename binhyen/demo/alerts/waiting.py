"""Alerts of the invented ward that are not out yet: one waits for a chief, one is still being written."""

from backend.alerts.cap import AlertKind, Category, Certainty, Severity
from backend.alerts.content import LocalizedList
from backend.localized import Localized
from binhyen.demo.alerts.notices import Notice

# with each: whether it was sent for approval
WAITING = (
    (
        Notice(
            kind=AlertKind.TRAFFIC,
            category=Category.TRANSPORT,
            severity=Severity.MINOR,
            hours_ago=0.7,
            days=3,
            area_codes=("05", "06", "09"),
            headline=Localized("Sửa cầu Ban Mai: xe tải đi vòng", "Ban Mai bridge repair: lorries take the detour"),
            description=Localized(
                "Đội sửa cầu làm từ 7 giờ đến 17 giờ. Xe máy, xe con vẫn qua được một làn, đi chậm.",
                "Work goes on from 7 to 17. Motorbikes and cars may pass slowly on one lane.",
            ),
            todo=LocalizedList(
                ("Xe tải rẽ ở ngã tư chợ, theo biển chỉ dẫn.", "Giờ tan học, tránh đi qua cầu."),
                ("Lorries turn at the market crossing and follow the signs.", "Avoid the bridge when school ends."),
            ),
        ),
        True,
    ),
    (
        Notice(
            kind=AlertKind.FLOOD,
            category=Category.MET,
            severity=Severity.MODERATE,
            hours_ago=3.2,
            days=4,
            headline=Localized("Mưa lớn cuối tuần: kê cao đồ, dọn miệng cống"),
            description=Localized("Đài dự báo mưa lớn tối thứ Bảy. Đoạn trũng sau chợ có thể ngập 20 đến 30 cm."),
            todo=LocalizedList(("Kê cao đồ điện, rút phích khi nước vào nhà.", "Nhặt lá, rác ở miệng cống trước cửa.")),
            certainty=Certainty.LIKELY,
        ),
        False,
    ),
)  # fmt: skip
