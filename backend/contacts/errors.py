"""What can go wrong when a ward tells how it can be reached."""

from backend.errors import N_, DomainError, Kind


class DutyPhoneInvalid(DomainError):
    """The duty telephone is no Vietnamese number: a fixed line with its area code or a mobile number is needed."""

    kind = Kind.UNPROCESSABLE
    code = "duty_phone_invalid"
    text = N_("Số này không phải số điện thoại Việt Nam. Số bàn cần có mã vùng, ví dụ 024 3825 1234.")


class VietnameseTextMissing(DomainError):
    """A text stands in English alone; residents read Vietnamese first."""

    kind = Kind.UNPROCESSABLE
    code = "vietnamese_text_missing"
    text = N_("Có bản tiếng Anh thì cần có bản tiếng Việt.")
