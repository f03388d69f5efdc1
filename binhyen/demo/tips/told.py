"""Harmless tips for the invented ward (DOMAIN §7): nobody is named, nobody is accused."""

from dataclasses import dataclass

from backend.tips.life import Category, Occurred, Status


@dataclass(frozen=True)
class Told:
    """One tip, how long ago it came and what became of it so far."""

    category: Category
    text: str
    hours_ago: float
    area_code: str | None = None
    occurred: Occurred | None = None
    name: str | None = None
    becomes: tuple[tuple[Status, str], ...] = ()
    answer: str | None = None
    reporter_adds: str | None = None
    photos: int = 0
    at: tuple[float, float] | None = None


TAKEN = (Status.ACKNOWLEDGED, "Phường đã nhận tin của bạn. Tổ trực sẽ xem và trả lời sớm.")
CHECKING = (Status.VERIFYING, "Chúng tôi đang xác minh tại chỗ.")

TIPS = (
    # the last hours: most are still to be opened
    Told(Category.TRAFFIC, "Đèn tín hiệu ngã tư chợ chớp vàng cả buổi, xe đi lộn xộn.", 0.6, None, Occurred.NOW, at=(15.5042, 108.0035)),
    Told(Category.SCAM, "Có người gọi xưng nhân viên giao hàng, báo bưu phẩm lạ và đòi trả phí trước. Tôi chưa trả.", 0.8, "10", Occurred.TODAY, photos=2),
    Told(Category.INFRASTRUCTURE, "Đèn đường trước trường mầm non lại tắt, tối qua có cháu bé vấp ngã.", 2.6, "05", Occurred.YESTERDAY, photos=1),
    Told(Category.INFRASTRUCTURE, "Ngã ba mầm non tối om, mong phường thay bóng đèn.", 3.9, None, Occurred.YESTERDAY, at=(15.4986, 108.0023)),
    Told(Category.LOAN_SHARKING, "Tờ rơi cho vay nóng dán kín cột điện và cổng trường, sáng nào cũng có tờ mới.", 5.2, "14", Occurred.TODAY, photos=3),
    Told(Category.FIRE, "Khói đen ở bãi xe cũ. Tôi đã gọi 114, xe chữa cháy vừa đến.", 8.2, "19", Occurred.NOW, at=(15.5071, 107.9968), becomes=(TAKEN, CHECKING), answer="Cảm ơn bạn đã gọi 114 ngay. Đám cháy đã tắt, chúng tôi đang xem nguyên nhân."),
    Told(Category.WEAPONS, "Mấy cháu nhỏ đốt pháo tự chế gần sân đình, sợ các cháu bị bỏng.", 10.0, "17", Occurred.YESTERDAY, becomes=(TAKEN,)),
    Told(Category.ENVIRONMENT, "Xe đổ xà bần, gạch vụn xuống mương sau khu trọ, nước bắt đầu ứ.", 14.5, "22", Occurred.TODAY, photos=5, at=(15.4921, 108.0051), becomes=(TAKEN,)),
    Told(Category.OTHER, "Có chó thả rông không rọ mõm ở công viên, trẻ em và người già ngại ra.", 18.0, "01", Occurred.EARLIER, "Cô giáo mầm non", becomes=(TAKEN,), reporter_adds="Chiều nay vẫn thấy, khoảng 17 giờ."),
    Told(Category.NOISE, "Quán hát đầu ngõ mở loa quá 23 giờ, đêm nào cũng vậy, trẻ nhỏ không ngủ được.", 1.2, "07", Occurred.NOW),
    Told(Category.SCAM, "Tôi nhận tin nhắn có đường dẫn xin “cập nhật VNeID”, chưa bấm. Gửi để phường biết.", 2.1, "03", Occurred.TODAY, photos=1),
    Told(Category.THEFT, "Chiếc xe đạp màu xanh dựng trước nhà văn hóa bị mất lúc chiều. Xe có giỏ mây phía trước.", 3.4, "12", Occurred.TODAY, "Cư dân tổ 12", photos=1),
    Told(Category.INFRASTRUCTURE, "Đèn đường ở ngã ba trường mầm non tắt ba hôm nay, tối đi lại dễ ngã.", 4.8, "05", Occurred.EARLIER),
    Told(Category.FIRE, "Bãi đất trống sau chợ có người hay đốt rác lúc chập tối, khói bay sang dãy nhà trọ.", 6.0, "08", Occurred.YESTERDAY, becomes=(TAKEN,)),
    Told(Category.TRAFFIC, "Xe tải đậu kín vỉa hè cổng trường giờ tan học, các cháu phải đi xuống lòng đường.", 7.5, "05", Occurred.TODAY, becomes=(TAKEN,), answer="Ngày mai tổ trực sẽ có mặt lúc 16:30. Bạn cho biết thêm xe hay đậu đoạn nào nhé."),
    Told(Category.SCAM, "Có trang mời tour đi biển nửa giá, đòi cọc trong ngày. Tôi chụp lại trang rồi.", 9.0, None, Occurred.TODAY, becomes=(TAKEN,), reporter_adds="Trang đó nay đã đổi tên, ảnh bìa vẫn vậy."),
    Told(Category.ENVIRONMENT, "Cống thoát nước cuối hẻm tắc, nước đen tràn lên mặt đường sau mưa.", 11.0, "15", Occurred.EARLIER),
    Told(Category.OTHER, "Cây lớn bên lề nghiêng sau trận gió, sợ đổ vào dây điện.", 13.5, "18", Occurred.TODAY, becomes=(TAKEN, CHECKING)),
    Told(Category.CHILD_TRAFFICKING, "Có người lạ hay đợi ở cổng trường tiểu học, rủ các cháu đi ăn kem. Nhà trường đã biết.", 16.0, "07", Occurred.TODAY, becomes=(TAKEN,), answer="Cảm ơn bạn. Giờ tan học chiều nay có người của chúng tôi ở cổng trường; bạn dặn cháu chờ cô giáo nhé."),
    Told(Category.THEFT, "Mất hai chậu cây cảnh để ngoài hiên đêm qua.", 19.0, "20", Occurred.YESTERDAY, becomes=(TAKEN, CHECKING)),
    Told(Category.INFRASTRUCTURE, "Nắp hố ga bị bể ở giữa hẻm, ban đêm không thấy.", 21.0, "11", Occurred.EARLIER, "Người bán nước đầu hẻm", becomes=(TAKEN,)),
    # nobody has looked at these two for longer than the law allows
    Told(Category.NOISE, "Loa kéo bán hàng đậu trước nhà từ sáng tới trưa.", 27.0, "02", Occurred.YESTERDAY),
    Told(Category.SCAM, "Mẹ tôi nghe điện thoại báo trúng xe máy, họ giục đóng phí. Mẹ tôi chưa chuyển.", 31.0, "16", Occurred.YESTERDAY),
    Told(Category.FIRE, "Bình chữa cháy ở nhà để xe chung cư hết hạn từ năm ngoái.", 50.0, "09", Occurred.EARLIER, becomes=(TAKEN, CHECKING)),
    Told(Category.TRAFFIC, "Biển cấm dừng trước trạm y tế bị cây che mất.", 74.0, "04", Occurred.EARLIER, becomes=(TAKEN, CHECKING, (Status.RESOLVED, "Đã tỉa cây, biển nhìn rõ lại. Cảm ơn bạn."))),
    Told(Category.INFRASTRUCTURE, "Đèn đường ngã ba trường mầm non không sáng.", 76.0, "05", Occurred.EARLIER, becomes=(TAKEN, CHECKING), at=(15.4985, 108.0021)),
    Told(Category.NOISE, "Nhạc lớn ở quán đầu ngõ, tối thứ Bảy.", 98.0, "07", Occurred.EARLIER, becomes=(TAKEN, CHECKING, (Status.RESOLVED, "Quán đã cam kết tắt loa trước 22 giờ. Nếu còn ồn, bạn viết tiếp cho chúng tôi."))),
    Told(Category.OTHER, "Tôi nghe nói có chuyện lạ ở ngoài phường, không rõ chỗ nào.", 120.0, None, Occurred.EARLIER, becomes=(TAKEN, CHECKING, (Status.NOT_ENOUGH, "Chúng tôi chưa biết việc xảy ra ở đâu. Bạn viết thêm địa điểm, chúng tôi sẽ xem tiếp."))),
    Told(Category.ENVIRONMENT, "Bên kia cầu, thuộc xã bạn, có xe đổ đất xuống mương.", 146.0, None, Occurred.EARLIER, becomes=(TAKEN, CHECKING, (Status.REJECTED, "Việc này ở ngoài phường nên không thuộc trường hợp chúng tôi xử lý. Bạn có thể báo công an xã sở tại."))),
    Told(Category.INFRASTRUCTURE, "Đã có thợ sửa đèn đường, xin cảm ơn phường.", 160.0, "05", Occurred.EARLIER, becomes=(TAKEN, CHECKING, (Status.RESOLVED, "Cảm ơn bạn đã báo lại."))),
    Told(Category.TRAFFIC, "Thanh niên chạy xe nhanh ở đoạn đường mới làm, chiều nào cũng có.", 170.0, "21", Occurred.EARLIER, "Ông tổ trưởng", becomes=(TAKEN, CHECKING)),
    Told(Category.THEFT, "Mất bình ắc quy xe máy để ngoài sân.", 190.0, "13", Occurred.EARLIER, becomes=(TAKEN, CHECKING)),
    Told(Category.FIRE, "Dây điện trước nhà chạm vào mái tôn, trời mưa tóe lửa. Tôi đã gọi 114.", 215.0, "06", Occurred.EARLIER, becomes=(TAKEN, CHECKING, (Status.RESOLVED, "Điện lực đã căng lại dây. Cảm ơn bạn đã gọi 114 ngay."))),
    Told(Category.GAMBLING, "Quán nước mới lắp máy bắn cá, học sinh tan trường hay tụ lại.", 240.0, "08", Occurred.EARLIER, becomes=(TAKEN, CHECKING)),
    Told(Category.VIOLENCE, "Tối qua dãy trọ cãi nhau to, có tiếng trẻ khóc. Tôi đã gọi 113, sáng nay yên.", 262.0, "23", Occurred.YESTERDAY, becomes=(TAKEN, CHECKING, (Status.RESOLVED, "Tổ trực đã đến ngay tối đó và hội phụ nữ đang hỏi thăm gia đình. Cảm ơn bạn đã gọi 113."))),
    Told(Category.SCAM, "Nhóm bán hàng online đòi cọc rồi chặn số. Tôi mất 300.000 đ, còn giữ tin nhắn.", 300.0, "02", Occurred.EARLIER, "Chị bán tạp hóa", photos=2, becomes=(TAKEN, CHECKING), answer="Bạn giữ nguyên tin nhắn và biên lai chuyển khoản. Chúng tôi đang hỏi ngân hàng.", reporter_adds="Tôi gửi thêm hai ảnh chụp màn hình ở tin này rồi ạ."),
    Told(Category.DRUGS, "Bãi đất trống cạnh bờ kênh có kim tiêm vứt lại, trẻ con hay chơi gần đó.", 340.0, None, Occurred.EARLIER, at=(15.4897, 107.9952), becomes=(TAKEN, CHECKING)),
    Told(Category.TRAFFIC, "Xe khách dừng đón ngoài bến lúc 5 giờ sáng, bấm còi inh ỏi.", 392.0, "12", Occurred.EARLIER, becomes=(TAKEN, CHECKING, (Status.REJECTED, "Chỗ xe dừng thuộc tuyến do cảnh sát giao thông tỉnh phụ trách. Chúng tôi đã chuyển lời; bạn cũng có thể gọi đường dây nóng của họ."))),
    # their twenty days of verification end today, or have ended
    Told(Category.ENVIRONMENT, "Xưởng gỗ cuối hẻm xả bụi ra đường, người đi xe máy cay mắt.", 468.0, "16", Occurred.EARLIER, becomes=(TAKEN, CHECKING)),
    Told(Category.NOISE, "Sân bóng mini mở nhạc và la hét quá 22 giờ nhiều hôm liền.", 505.0, "20", Occurred.EARLIER, becomes=(TAKEN, CHECKING)),
)  # fmt: skip
