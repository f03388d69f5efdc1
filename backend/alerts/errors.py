"""What can go wrong with an alert, in words for the person who writes, approves or reads it."""

from backend.errors import N_, DomainError, Kind


class AlertTooManyInstructions(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_too_many_instructions"
    text = N_("Nhiều nhất %(most)s việc cần làm, mỗi câu một việc. Hãy bỏ bớt.")


class AlertInstructionsUneven(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_instructions_uneven"
    text = N_("Việc cần làm bằng tiếng Anh phải đủ từng câu như tiếng Việt, hoặc để trống hết.")


class AlertTrickIncomplete(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_trick_incomplete"
    text = N_("Đã viết lời kẻ gian thì cần viết cả sự thật, và ngược lại.")


class AlertExpiryBeforeStart(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_expiry_before_start"
    text = N_("Lúc hết hạn phải sau lúc bắt đầu và sau bây giờ. Hãy chọn lại ngày giờ.")


class AlertExpiryTooLate(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_expiry_too_late"
    text = N_("Một cảnh báo có hiệu lực nhiều nhất %(days)s ngày. Hãy chọn hạn sớm hơn; còn cần thì phát bản cập nhật.")


class AlertStartTooLate(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_start_too_late"
    text = N_("Lúc bắt đầu chỉ được trong %(days)s ngày tới. Hãy chọn sớm hơn.")


class AlertStartTooEarly(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_start_too_early"
    text = N_("Lúc bắt đầu đã qua quá một ngày. Hãy chọn lại, hoặc để trống: có hiệu lực ngay khi phát.")


class AlertAreaUnknown(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "alert_area_unknown"
    text = N_("Có khu dân cư không thuộc địa bàn này. Hãy chọn lại.")


class AlertStateConflict(DomainError):
    kind = Kind.CONFLICT
    code = "alert_state_conflict"
    text = N_("Cảnh báo này vừa đổi trạng thái nên không làm bước đó được nữa. Hãy mở lại để xem.")


class AlertChanged(DomainError):
    kind = Kind.CONFLICT
    code = "alert_changed"
    text = N_("Nội dung đã được sửa sau khi bạn mở. Hãy mở lại, đọc bản mới rồi mới quyết định.")


class AlertOwnContent(DomainError):
    kind = Kind.FORBIDDEN
    code = "alert_own_content"
    text = N_("Bạn đã viết hoặc sửa cảnh báo này nên người khác phải duyệt.")


class AlertNotApproved(DomainError):
    kind = Kind.CONFLICT
    code = "alert_not_approved"
    text = N_("Bản này chưa được duyệt. Hãy gửi duyệt trước khi phát.")


class AlertExpired(DomainError):
    kind = Kind.CONFLICT
    code = "alert_expired"
    text = N_("Cảnh báo đã quá hạn. Hãy sửa hạn rồi gửi duyệt lại.")


class AlertNotInForce(DomainError):
    kind = Kind.CONFLICT
    code = "alert_not_in_force"
    text = N_("Cảnh báo trước đó chưa phát hoặc đã kết thúc nên không cập nhật, báo yên hay rút lại được nữa.")


class CursorUnknown(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "cursor_unknown"
    text = N_("Không đọc tiếp được từ đây. Hãy mở lại danh sách từ đầu.")
