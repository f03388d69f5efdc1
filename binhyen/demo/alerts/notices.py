"""The alerts of the invented ward (DOMAIN §7), in the ward's plain voice. Every case is made up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend import clock
from backend.alerts.cap import AlertKind, Category, Certainty, Severity, Urgency
from backend.alerts.content import Content, LocalizedList
from backend.localized import Localized


@dataclass(frozen=True)
class Notice:
    """One alert: its words, how long ago it was published and after how many days its last one comes."""

    kind: AlertKind
    category: Category
    severity: Severity
    headline: Localized
    description: Localized
    todo: LocalizedList
    hours_ago: float
    days: int
    said: Localized | None = None
    truth: Localized | None = None
    area_codes: tuple[str, ...] = ()
    urgency: Urgency = Urgency.EXPECTED
    certainty: Certainty = Certainty.OBSERVED

    def content(self, published: datetime, areas: frozenset[object]) -> Content:
        """The alert as the editor would send it, in force until the last minute of its last day in Vietnam."""
        last_day = (published + timedelta(days=self.days)).astimezone(clock.VIETNAM)
        return Content(
            category=self.category,
            kind=self.kind,
            urgency=self.urgency,
            severity=self.severity,
            certainty=self.certainty,
            headline=self.headline,
            description=self.description,
            instructions=self.todo,
            said=self.said,
            truth=self.truth,
            area_ids=areas,  # type: ignore[arg-type]
            expires=last_day.replace(hour=23, minute=59, second=0, microsecond=0),
        )


ALERTS = (
    Notice(
        kind=AlertKind.LOST_FOUND,
        category=Category.OTHER,
        severity=Severity.MINOR,
        hours_ago=150,
        days=20,
        area_codes=("07", "08"),
        headline=Localized("Nhặt được ví ở chợ Ban Mai", "A wallet found at Ban Mai market"),
        description=Localized(
            "Sáng nay một bà con nhặt được chiếc ví vải màu xanh gần cổng chợ Ban Mai và đã gửi lại phường.",
            "This morning a neighbour found a blue cloth wallet near the gate of Ban Mai market and left it with the ward.",
        ),
        todo=LocalizedList(
            ("Ai mất ví, mời đến trụ sở phường trong giờ làm việc.", "Khi đến, kể giúp trong ví có gì."),
            ("If it is yours, come to the ward office during office hours.", "Tell us what was in it."),
        ),
        urgency=Urgency.PAST,
    ),
    Notice(
        kind=AlertKind.SCAM,
        category=Category.SECURITY,
        severity=Severity.MODERATE,
        hours_ago=122,
        days=4,
        headline=Localized("Tin báo trúng thưởng, đòi đóng phí trước", "Prize notices that ask for a fee first"),
        description=Localized(
            "Có người nhắn tin báo bà con trúng xe máy, rồi đòi chuyển phí “làm hồ sơ” trước khi nhận.",
            "Messages say you have won a motorbike and ask for a “paperwork” fee before you can get it.",
        ),
        said=Localized(
            "Chúc mừng bạn trúng xe, chuyển 1.500.000 đ để làm hồ sơ.", "You won. Send 1,500,000 đ for the papers."
        ),
        truth=Localized("Trúng thưởng thật không ai bắt đóng tiền trước.", "A real prize never asks for money first."),
        todo=LocalizedList(
            (
                "Không chuyển tiền, không đưa số thẻ.",
                "Xóa tin nhắn và chặn số.",
                "Đã chuyển: gọi ngay ngân hàng, rồi báo phường.",
            ),
            (
                "Send no money and no card number.",
                "Delete the message and block the number.",
                "If you have paid: call your bank now, then tell the ward.",
            ),
        ),
    ),
    Notice(
        kind=AlertKind.SCAM,
        category=Category.SECURITY,
        severity=Severity.MODERATE,
        hours_ago=96,
        days=3,
        headline=Localized("Tour giá rẻ, bắt cọc một nửa rồi mất hút", "Cheap tours that vanish with half the price"),
        description=Localized(
            "Một số trang mời tour hè rẻ bằng nửa giá thường, đòi cọc 50 % trong ngày rồi khóa trang.",
            "Some pages offer summer tours at half the usual price, ask for a 50 % deposit today, and then disappear.",
        ),
        said=Localized("Chỉ còn hai suất, chuyển cọc 50 % trong hôm nay.", "Only two places left, send 50 % today."),
        truth=Localized(
            "Công ty du lịch thật có giấy phép, hợp đồng và không giục.",
            "A real agency has a licence and a contract, and does not rush you.",
        ),
        todo=LocalizedList(
            (
                "Hỏi tên công ty và số giấy phép, rồi tra lại.",
                "Ký hợp đồng trước khi cọc.",
                "Nghi ngờ: gửi tin báo cho phường kèm ảnh chụp trang.",
            ),
            (
                "Ask for the company's name and licence and look them up.",
                "Sign a contract before paying a deposit.",
                "In doubt: send the ward a tip with a screenshot.",
            ),
        ),
    ),
    Notice(
        kind=AlertKind.SCAM,
        category=Category.SECURITY,
        severity=Severity.MODERATE,
        hours_ago=70,
        days=25,
        headline=Localized("Gọi báo có bưu phẩm lạ, đòi trả tiền thu hộ", "Calls about a parcel you never ordered"),
        description=Localized(
            "Người gọi nói bà con có bưu phẩm chưa nhận, xin chuyển tiền thu hộ trước hoặc bấm vào đường dẫn để “hoàn tiền”.",
            "Callers say a parcel waits for you and ask for cash on delivery in advance, or for a tap on a “refund” link.",
        ),
        said=Localized(
            "Hàng của chị 32.000 đ, chuyển khoản rồi em để ở cổng.",
            "Your parcel is 32,000 đ; pay by transfer and I will leave it at the gate.",
        ),
        truth=Localized(
            "Không đặt hàng thì không có hàng nào phải trả tiền.",
            "If you ordered nothing, there is nothing to pay for.",
        ),
        todo=LocalizedList(
            ("Xem hàng rồi mới trả tiền.", "Không bấm đường dẫn “hoàn tiền”.", "Lỡ bấm: đổi mật khẩu ngân hàng ngay."),
            (
                "Pay only when you have seen the parcel.",
                "Do not tap a “refund” link.",
                "If you did: change your bank password at once.",
            ),
        ),
    ),
    Notice(
        kind=AlertKind.FIRE,
        category=Category.FIRE,
        severity=Severity.MODERATE,
        hours_ago=44,
        days=28,
        urgency=Urgency.FUTURE,
        certainty=Certainty.LIKELY,
        headline=Localized("Mùa hanh khô: coi chừng lửa và điện", "Dry season: mind fire and wiring"),
        description=Localized(
            "Trời hanh kéo dài đến cuối tháng. Rác khô, ổ điện quá tải và nhang chưa tắt là ba nguyên nhân hay gặp ở phường mình.",
            "The dry spell lasts to the end of the month. Dry rubbish, overloaded sockets and unattended incense start most fires here.",
        ),
        todo=LocalizedList(
            (
                "Không đốt rác, không phơi đồ gần bếp.",
                "Rút sạc và tắt bếp khi ra khỏi nhà.",
                "Chừa lối ra thứ hai, đừng khóa trái.",
                "Thấy khói: ra ngoài, rồi gọi 114.",
            ),
            (
                "Do not burn rubbish or dry clothes near the stove.",
                "Unplug chargers and turn off the stove when you leave.",
                "Keep a second way out unlocked.",
                "If you see smoke: get out, then call 114.",
            ),
        ),
    ),
    Notice(
        kind=AlertKind.SCAM,
        category=Category.SECURITY,
        severity=Severity.MODERATE,
        hours_ago=26,
        days=29,
        headline=Localized("Gọi video giả mặt “sếp”, giục chuyển tiền gấp", "Deepfake video calls from “the boss”"),
        description=Localized(
            "Kẻ gian dùng hình và giọng giả của người quen, gọi video vài giây rồi tắt, sau đó nhắn số tài khoản và giục chuyển.",
            "Crooks fake the face and voice of somebody you know, call for a few seconds, hang up, then send an account number and press you.",
        ),
        said=Localized(
            "Anh đang họp, em chuyển gấp giúp anh 80 triệu, chiều anh ký.",
            "I am in a meeting, transfer 80 million for me, I sign this afternoon.",
        ),
        truth=Localized("Sếp thật không giận khi bạn gọi lại để hỏi.", "A real boss does not mind being called back."),
        todo=LocalizedList(
            (
                "Tắt máy, tự gọi lại số bạn vẫn dùng.",
                "Hỏi một điều chỉ hai người biết.",
                "Đã chuyển: gọi ngân hàng xin dừng giao dịch, rồi gọi 113.",
            ),
            (
                "Hang up and call back on the number you know.",
                "Ask something only the two of you know.",
                "If you have paid: ask the bank to stop it, then call 113.",
            ),
        ),
    ),
    Notice(
        kind=AlertKind.SCAM,
        category=Category.SECURITY,
        severity=Severity.MODERATE,
        hours_ago=7,
        days=29,
        headline=Localized(
            "Ứng dụng dịch vụ công giả, chiếm quyền điện thoại", "A fake public-service app takes over the phone"
        ),
        description=Localized(
            "Có người gửi tệp cài đặt có tên giống cổng dịch vụ công. Cài vào là máy bị đọc tin nhắn và chuyển tiền.",
            "People are sent an installation file named like the public-service portal. Once installed it reads messages and moves money.",
        ),
        said=Localized(
            "Bác tải ứng dụng theo đường dẫn này để nộp hồ sơ đất.",
            "Install the app from this link to file your land papers.",
        ),
        truth=Localized(
            "Ứng dụng thật chỉ có trên App Store và Google Play.",
            "The real app is only on the App Store and Google Play.",
        ),
        todo=LocalizedList(
            (
                "Không cài tệp nhận qua tin nhắn.",
                "Lỡ cài: tắt mạng, gọi ngân hàng khóa tài khoản.",
                "Mang máy đến phường, có người xem giúp.",
            ),
            (
                "Install nothing that came by message.",
                "If you did: turn off the network and have the bank lock the account.",
                "Bring the phone to the ward office for help.",
            ),
        ),
    ),
    Notice(
        kind=AlertKind.SCAM,
        category=Category.SECURITY,
        severity=Severity.SEVERE,
        hours_ago=1.5,
        days=29,
        urgency=Urgency.IMMEDIATE,
        headline=Localized(
            "Giả danh công an, đòi 22.000 đ “cập nhật VNeID”", "Fake police ask for 22,000 đ to “update VNeID”"
        ),
        description=Localized(
            "Hôm nay nhiều bà con nhận cuộc gọi tự xưng công an phường, báo VNeID sắp bị khóa và đòi 22.000 đ phí cập nhật qua một đường dẫn.",
            "Today many people were called by somebody claiming to be the ward police: VNeID would be locked unless 22,000 đ is paid through a link.",
        ),
        said=Localized(
            "VNeID của bác sắp bị khóa, bấm đường dẫn đóng 22.000 đ.",
            "Your VNeID will be locked, tap the link and pay 22,000 đ.",
        ),
        truth=Localized(
            "Công an không thu phí cập nhật VNeID, không gọi điện đòi tiền.",
            "Police charge nothing for VNeID and never ask for money by phone.",
        ),
        todo=LocalizedList(
            (
                "Tắt máy, không bấm đường dẫn.",
                "Không đọc mã OTP cho bất kỳ ai.",
                "Đã chuyển tiền: gọi ngân hàng, rồi gọi 113.",
                "Nhắc ông bà, cha mẹ trong nhà.",
            ),
            (
                "Hang up and do not tap the link.",
                "Read your one-time code to nobody.",
                "If you have paid: call the bank, then 113.",
                "Tell the elders at home.",
            ),
        ),
    ),
)
