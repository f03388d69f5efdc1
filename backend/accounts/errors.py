"""What can go wrong when residents sign in and change their account."""

from backend.errors import N_, DomainError, Kind


class PhoneInvalid(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "phone_invalid"
    text = N_("Số này không phải số di động Việt Nam. Hãy nhập 10 chữ số, ví dụ 0912 345 678.")


class OtpTooMany(DomainError):
    kind = Kind.TOO_MANY
    code = "otp_too_many"
    text = N_("Số này vừa được gửi mã. Hãy đợi một lát rồi xin mã mới.")


class OtpWrong(DomainError):
    """`tries_left`: how often this code may still be tried."""

    kind = Kind.UNAUTHENTICATED
    code = "otp_wrong"
    text = N_("Mã chưa đúng. Bạn còn %(tries_left)s lần thử với mã này.")


class OtpExpired(DomainError):
    """No code waits for this phone: none was asked for, it was used, or its five minutes are over."""

    kind = Kind.UNAUTHENTICATED
    code = "otp_expired"
    text = N_("Mã đã hết hạn hoặc đã dùng. Hãy xin mã mới.")


class OtpLocked(DomainError):
    kind = Kind.TOO_MANY
    code = "otp_locked"
    text = N_("Nhập sai quá nhiều lần nên mã này không dùng được nữa. Hãy xin mã mới.")


class HomeWardUnknown(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "home_ward_unknown"
    text = N_("Không có phường, xã hay đặc khu nào mang mã này. Hãy chọn lại từ danh sách.")


class HomeAreaUnknown(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "home_area_unknown"
    text = N_("Khu dân cư này không thuộc phường, xã đã chọn. Hãy chọn lại.")
