"""What can go wrong when staff sign in, enrol and share the ward's key."""

from backend.errors import N_, DomainError, Kind


class SignInFailed(DomainError):
    """One answer for an unknown name, a wrong password and a disabled account: it tells nobody which."""

    kind = Kind.UNAUTHENTICATED
    code = "sign_in_failed"
    text = N_("Tên đăng nhập hoặc mật khẩu chưa đúng. Sau 5 lần sai, tài khoản tạm khóa.")


class TotpWrong(DomainError):
    kind = Kind.UNAUTHENTICATED
    code = "totp_wrong"
    text = N_("Mã 6 số chưa đúng hoặc đã dùng rồi. Chờ mã mới trong ứng dụng xác thực rồi nhập lại.")


class SignInLocked(DomainError):
    kind = Kind.TOO_MANY
    code = "sign_in_locked"
    text = N_(
        "Sai quá nhiều lần nên tạm khóa. Thử lại sau %(minutes)s phút, dùng máy bạn vẫn đăng nhập, "
        "hoặc nhờ chỉ huy hay quản trị bấm “Bỏ tạm khóa” ở trang Cán bộ."
    )


class PasswordsBusy(DomainError):
    """Too many others sign in at this moment; nothing was counted and nothing is wrong with the password."""

    kind = Kind.UNAVAILABLE
    code = "passwords_busy"
    text = N_("Nhiều người đang đăng nhập cùng lúc. Hãy đợi vài giây rồi bấm lại.")


class SessionOver(DomainError):
    kind = Kind.UNAUTHENTICATED
    code = "session_over"
    text = N_("Phiên làm việc đã hết. Hãy đăng nhập lại; bạn sẽ trở về đúng trang này.")


class EnrolmentOver(SessionOver):
    """Ten minutes have passed, or the same code was given in another browser: only the last one may go on."""

    code = "enrolment_over"
    text = N_(
        "Lần kích hoạt ở đây không còn hiệu lực: đã quá 10 phút, hoặc mã vừa được nhập ở một trình duyệt khác. "
        "Hãy nhập lại mã. Nếu không phải bạn nhập ở nơi khác, báo quản trị cấp mã mới ngay."
    )


class EnrolmentCodeWrong(DomainError):
    kind = Kind.UNAUTHENTICATED
    code = "enrolment_code_wrong"
    text = N_(
        "Tên đăng nhập hoặc mã kích hoạt chưa đúng. Hãy xem lại từng ký tự. Nếu vẫn không được, mã có thể đã dùng "
        "hoặc quá 72 giờ: nhờ quản trị cấp mã mới."
    )


class PasswordTooShort(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "password_too_short"
    text = N_("Mật khẩu cần ít nhất %(least)s ký tự. Một câu dễ nhớ là tốt nhất.")


class PasswordTooLong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "password_too_long"
    text = N_("Mật khẩu dài nhất %(most)s ký tự. Hãy bớt lại.")


class PasswordTooCommon(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "password_too_common"
    text = N_("Mật khẩu này quá dễ đoán. Hãy dùng một câu của riêng bạn, không chứa tên đăng nhập.")


class UsernameTaken(DomainError):
    kind = Kind.CONFLICT
    code = "username_taken"
    text = N_("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")


class UsernameMalformed(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "username_malformed"
    text = N_("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, số, dấu chấm hoặc gạch nối.")


class RoleNeedsPlace(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "role_needs_place"
    text = N_("Vai trò này cần gắn với đúng một nơi: phường, xã, đặc khu (hoặc tỉnh, với Công an tỉnh). Hãy chọn lại.")


class NoTipAccess(DomainError):
    """The actor holds no copy of the ward's key."""

    kind = Kind.FORBIDDEN
    code = "no_tip_access"
    text = N_("Bạn chưa được cấp quyền mở tin. Chỉ huy Công an cấp quyền ở trang Cán bộ.")


class GrantNotPossible(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "grant_not_possible"
    text = N_("Chỉ cấp được quyền mở tin cho cán bộ Công an cùng nơi đã kích hoạt tài khoản.")


class LastGrant(DomainError):
    kind = Kind.CONFLICT
    code = "last_grant"
    text = N_("Đây là người cuối cùng mở được tin. Hãy cấp quyền cho người khác trước.")


class NotYourself(DomainError):
    kind = Kind.CONFLICT
    code = "not_yourself"
    text = N_("Không tự khóa tài khoản của chính mình được. Hãy nhờ một quản trị khác.")
