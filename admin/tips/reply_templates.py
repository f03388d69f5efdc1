"""Words an officer may start from, in the reporter's language. Blanks are […]. None names or judges anybody:
an accusation is something to check, and the accused are presumed innocent (DOMAIN §6).
"""

from typing import NamedTuple

from flask_babel.speaklater import LazyString

from web.languages import lazy

BLANK = "[…]"


class Template(NamedTuple):
    """`vi` and `en` are for the reporter, whatever language the officer's panel speaks."""

    name: LazyString
    vi: str
    en: str

    def words(self, language: str) -> str:
        """The words in the reporter's language."""
        return self.en if language == "en" else self.vi


REPLIES = (
    Template(
        lazy("Hỏi thêm"),
        "Cảm ơn bạn đã báo. Để xem kỹ hơn, chúng tôi cần biết thêm: […]. Bạn không cần tự tìm hiểu hay gặp ai; "
        "chỉ kể điều bạn đã thấy.",
        "Thank you for telling us. To look into it we need to know more: […]. Please do not investigate or confront "
        "anyone; only tell us what you saw.",
    ),
    Template(
        lazy("Đang xác minh"),
        "Cảm ơn bạn, chi tiết này rất giúp ích. Chúng tôi đã xem […] và đang hỏi thêm. "
        "Khi có kết quả, bạn sẽ đọc được ở đây.",
        "Thank you, this detail helps. We have looked at […] and are asking further. You will read the result here.",
    ),
    Template(
        lazy("Giữ an toàn"),
        "Nếu thấy nguy hiểm ngay lúc này, hãy rời chỗ đó và gọi 113. "
        "Tin bạn gửi vẫn được xem, bạn không cần làm gì thêm.",
        "If you are in danger now, leave and call 113. Your report is being looked at; you need do nothing more.",
    ),
    Template(
        lazy("Mời đến gặp"),
        "Nếu tiện, mời bạn đến trụ sở Công an nơi nhận tin gặp […] vào […]. Việc đến hay không là tùy bạn; "
        "bạn vẫn có thể trả lời ở đây mà không nêu tên.",
        "If it suits you, please come to the police station and ask for […] on […]. It is your choice; you can also "
        "keep answering here without giving your name.",
    ),
)

ACKNOWLEDGE = Template(
    lazy("Đã tiếp nhận"),
    "Chúng tôi đã nhận tin của bạn và sẽ xem xét. Tin là điều cần kiểm tra, chưa phải sự thật.",
    "We have received your report and will look into it. A report is something to check, not yet a fact.",
)

VERIFY = Template(
    lazy("Bắt đầu xác minh"),
    "Chúng tôi bắt đầu xác minh điều bạn kể. Cho đến khi có kết luận, chưa ai bị coi là có lỗi.",
    "We have started to check what you told us. Until there is a conclusion nobody is considered at fault.",
)

CLOSING = {
    "resolved": (
        Template(
            lazy("Đã xử lý xong"),
            "Chúng tôi đã kiểm tra và đã xử lý xong việc này: […]. Cảm ơn bạn đã báo.",
            "We have checked and dealt with this matter: […]. Thank you for telling us.",
        ),
        Template(
            lazy("Đã nhắc nhở, khắc phục"),
            "Chúng tôi đã xem tận nơi; việc này đã được nhắc nhở và khắc phục. Nếu lặp lại, bạn hãy gửi tin mới.",
            "We have been there; the matter has been raised and put right. "
            "If it happens again, please send a new report.",
        ),
    ),
    "not_enough": (
        Template(
            lazy("Chưa đủ để xác minh"),
            "Chúng tôi đã tìm hiểu nhưng chưa đủ thông tin để xác minh, và chưa có kết luận về ai. "
            "Nếu nhớ thêm […], bạn viết tiếp vào đây là chúng tôi xem lại.",
            "We have looked into it, but there is not enough information to verify it and nothing is concluded about "
            "anyone. If you remember more […], write here and we will look again.",
        ),
    ),
    "rejected": (
        Template(
            lazy("Không có dấu hiệu vi phạm"),
            "Chúng tôi đã kiểm tra và không thấy dấu hiệu vi phạm, nên việc này không thuộc trường hợp xử lý. "
            "Bạn báo là đúng; nếu có điều mới, hãy gửi tin khác.",
            "We have checked and found no sign of an offence, so it is not a matter for the police. You were right to "
            "tell us; if there is something new, please send another report.",
        ),
        Template(
            lazy("Thuộc nơi khác giải quyết"),
            "Việc này không thuộc trường hợp xử lý của chúng tôi, vì […]. Bạn có thể gửi đến […].",
            "This is not ours to handle, because […]. You can send it to […].",
        ),
        Template(
            lazy("Tranh chấp dân sự"),
            "Việc này là tranh chấp giữa hai bên, không thuộc trường hợp Công an xử lý. Bạn có thể nhờ tổ hòa giải nơi "
            "bạn ở hoặc Tòa án.",
            "This is a dispute between two parties, not a matter for the police. You can ask the neighbourhood "
            "conciliation group or the court.",
        ),
    ),
}
