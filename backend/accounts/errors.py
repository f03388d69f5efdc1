"""What can go wrong when residents sign in and change their account."""

from backend.errors import N_, DomainError, Kind


class PhoneInvalid(DomainError):
    """What was typed is no Vietnamese mobile number; type its ten digits."""

    kind = Kind.UNPROCESSABLE
    code = "phone_invalid"
    text = N_("Số này không phải số di động Việt Nam. Hãy nhập 10 chữ số, ví dụ 0912 345 678.")


class OtpTooMany(DomainError):
    """This phone has had a code just now, or too many this hour; ask for one after `retry_after` seconds."""

    kind = Kind.TOO_MANY
    code = "otp_too_many"
    text = N_("Số này vừa được gửi mã. Hãy đợi một lát rồi xin mã mới.")


class OtpWrong(DomainError):
    """The code is not the one that was sent; type it again, `tries_left` more times at most."""

    kind = Kind.UNAUTHENTICATED
    code = "otp_wrong"
    text = N_("Mã chưa đúng. Bạn còn %(tries_left)s lần thử với mã này.")


class OtpExpired(DomainError):
    """No code waits for this phone: none was asked for, it was used, or five minutes are over; ask for a new one."""

    kind = Kind.UNAUTHENTICATED
    code = "otp_expired"
    text = N_("Mã đã hết hạn hoặc đã dùng. Hãy xin mã mới.")


class OtpLocked(DomainError):
    """Wrong tries have used up this code; ask for a new one after `retry_after` seconds."""

    kind = Kind.TOO_MANY
    code = "otp_locked"
    text = N_("Nhập sai quá nhiều lần nên mã này không dùng được nữa. Hãy xin mã mới.")


class HomeWardUnknown(DomainError):
    """No ward has the code that was given as home; choose one from the list."""

    kind = Kind.UNPROCESSABLE
    code = "home_ward_unknown"
    text = N_("Không có phường, xã hay đặc khu nào mang mã này. Hãy chọn lại từ danh sách.")


class HomeAreaUnknown(DomainError):
    """The residential group given as home is not one of the chosen ward's; choose one of that ward."""

    kind = Kind.UNPROCESSABLE
    code = "home_area_unknown"
    text = N_("Khu dân cư này không thuộc phường, xã đã chọn. Hãy chọn lại.")
