"""What can go wrong when staff sign in, enrol and share the ward's key."""

from backend.errors import N_, DomainError, Kind


class SignInFailed(DomainError):
    """The name is unknown, the password wrong or the account closed (it is not told which); type both again."""

    kind = Kind.UNAUTHENTICATED
    code = "sign_in_failed"
    text = N_("Tên đăng nhập hoặc mật khẩu chưa đúng. Sau 5 lần sai, tài khoản tạm khóa.")


class TotpWrong(DomainError):
    """The six digits are wrong, too old or used already; wait for the next ones in the authenticator."""

    kind = Kind.UNAUTHENTICATED
    code = "totp_wrong"
    text = N_("Mã 6 số chưa đúng hoặc đã dùng rồi. Chờ mã mới trong ứng dụng xác thực rồi nhập lại.")


class SignInLocked(DomainError):
    """Wrong tries have locked this name; wait `minutes` minutes, or ask a chief or administrator to unlock it."""

    kind = Kind.TOO_MANY
    code = "sign_in_locked"
    text = N_(
        "Sai quá nhiều lần nên tạm khóa. Thử lại sau %(minutes)s phút, dùng máy bạn vẫn đăng nhập, "
        "hoặc nhờ chỉ huy hay quản trị bấm “Bỏ tạm khóa” ở trang Cán bộ."
    )


class PasswordsBusy(DomainError):
    """Too many others sign in at this moment, and nothing was counted; try again after `retry_after` seconds."""

    kind = Kind.UNAVAILABLE
    code = "passwords_busy"
    text = N_("Nhiều người đang đăng nhập cùng lúc. Hãy đợi vài giây rồi bấm lại.")


class SessionOver(DomainError):
    """The session has ended, was idle for too long or is unknown; sign in again."""

    kind = Kind.UNAUTHENTICATED
    code = "session_over"
    text = N_("Phiên làm việc đã hết. Hãy đăng nhập lại; bạn sẽ trở về đúng trang này.")


class EnrolmentOver(SessionOver):
    """Ten minutes are over, or the code was given in another browser and only that may go on; give it again."""

    code = "enrolment_over"
    text = N_(
        "Lần kích hoạt ở đây không còn hiệu lực: đã quá 10 phút, hoặc mã vừa được nhập ở một trình duyệt khác. "
        "Hãy nhập lại mã. Nếu không phải bạn nhập ở nơi khác, báo quản trị cấp mã mới ngay."
    )


class EnrolmentCodeWrong(DomainError):
    """The name or the code is wrong, or the code used or 72 hours old; type it again, or ask for a new one."""

    kind = Kind.UNAUTHENTICATED
    code = "enrolment_code_wrong"
    text = N_(
        "Tên đăng nhập hoặc mã kích hoạt chưa đúng. Hãy xem lại từng ký tự. Nếu vẫn không được, mã có thể đã dùng "
        "hoặc quá 72 giờ: nhờ quản trị cấp mã mới."
    )


class PasswordTooShort(DomainError):
    """The new password has fewer than `least` characters; choose a longer one."""

    kind = Kind.UNPROCESSABLE
    code = "password_too_short"
    text = N_("Mật khẩu cần ít nhất %(least)s ký tự. Một câu dễ nhớ là tốt nhất.")


class PasswordTooLong(DomainError):
    """The new password has more than `most` characters; choose a shorter one."""

    kind = Kind.UNPROCESSABLE
    code = "password_too_long"
    text = N_("Mật khẩu dài nhất %(most)s ký tự. Hãy bớt lại.")


class PasswordTooCommon(DomainError):
    """The new password is easy to guess (common words, the name, keys in a row); choose a sentence of one's own."""

    kind = Kind.UNPROCESSABLE
    code = "password_too_common"
    text = N_("Mật khẩu này quá dễ đoán. Hãy dùng một câu của riêng bạn, không chứa tên đăng nhập.")


class UsernameTaken(DomainError):
    """Another account has this name; choose another."""

    kind = Kind.CONFLICT
    code = "username_taken"
    text = N_("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")


class UsernameMalformed(DomainError):
    """The name is not 3 to 40 small letters without marks, digits, dots and hyphens; choose another."""

    kind = Kind.UNPROCESSABLE
    code = "username_malformed"
    text = N_("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, số, dấu chấm hoặc gạch nối.")


class RoleNeedsPlace(DomainError):
    """The role needs a known ward (the province's role: a known province; administrators: neither); choose again."""

    kind = Kind.UNPROCESSABLE
    code = "role_needs_place"
    text = N_("Vai trò này cần gắn với đúng một nơi: phường, xã, đặc khu (hoặc tỉnh, với Công an tỉnh). Hãy chọn lại.")


class NoTipAccess(DomainError):
    """The asker holds no copy of the ward's key; a chief who has one can grant it on the page of staff."""

    kind = Kind.FORBIDDEN
    code = "no_tip_access"
    text = N_("Bạn chưa được cấp quyền mở tin. Chỉ huy Công an cấp quyền ở trang Cán bộ.")


class GrantNotPossible(DomainError):
    """The colleague is no enrolled, active police of the ward, or the ward has no key yet; let them enrol first."""

    kind = Kind.UNPROCESSABLE
    code = "grant_not_possible"
    text = N_("Chỉ cấp được quyền mở tin cho cán bộ Công an cùng nơi đã kích hoạt tài khoản.")


class LastGrant(DomainError):
    """Nobody else could open the ward's tips; grant access to a colleague first."""

    kind = Kind.CONFLICT
    code = "last_grant"
    text = N_("Đây là người cuối cùng mở được tin. Hãy cấp quyền cho người khác trước.")


class NotYourself(DomainError):
    """Nobody disables their own account; ask another administrator."""

    kind = Kind.CONFLICT
    code = "not_yourself"
    text = N_("Không tự khóa tài khoản của chính mình được. Hãy nhờ một quản trị khác.")
