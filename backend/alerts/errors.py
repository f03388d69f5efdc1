"""What can go wrong with an alert, in words for whoever writes, approves or reads it."""

from backend.errors import N_, DomainError, Kind


class AlertTooManyInstructions(DomainError):
    """The alert tells people to do more than `most` things; keep the most important ones."""

    kind = Kind.UNPROCESSABLE
    code = "alert_too_many_instructions"
    text = N_("Nhiều nhất %(most)s việc cần làm, mỗi câu một việc. Hãy bỏ bớt.")


class AlertInstructionsUneven(DomainError):
    """The English instructions are not as many as the Vietnamese ones; translate each of them, or none."""

    kind = Kind.UNPROCESSABLE
    code = "alert_instructions_uneven"
    text = N_("Việc cần làm bằng tiếng Anh phải đủ từng câu như tiếng Việt, hoặc để trống hết.")


class AlertTrickIncomplete(DomainError):
    """Only one half of “what they say” and “the truth” was written; write both, or neither."""

    kind = Kind.UNPROCESSABLE
    code = "alert_trick_incomplete"
    text = N_("Đã viết lời kẻ gian thì cần viết cả sự thật, và ngược lại.")


class AlertExpiryBeforeStart(DomainError):
    """The alert would end before it starts, or has ended already; choose a later end."""

    kind = Kind.UNPROCESSABLE
    code = "alert_expiry_before_start"
    text = N_("Lúc hết hạn phải sau lúc bắt đầu và sau bây giờ. Hãy chọn lại ngày giờ.")


class AlertExpiryTooLate(DomainError):
    """The alert would last longer than `days` days; choose an earlier end, and publish an update if it is needed."""

    kind = Kind.UNPROCESSABLE
    code = "alert_expiry_too_late"
    text = N_("Một cảnh báo có hiệu lực nhiều nhất %(days)s ngày. Hãy chọn hạn sớm hơn; còn cần thì phát bản cập nhật.")


class AlertStartTooLate(DomainError):
    """The alert would start more than `days` days from now; choose an earlier start."""

    kind = Kind.UNPROCESSABLE
    code = "alert_start_too_late"
    text = N_("Lúc bắt đầu chỉ được trong %(days)s ngày tới. Hãy chọn sớm hơn.")


class AlertStartTooEarly(DomainError):
    """The alert would have started more than a day ago; choose a later start, or none: it starts when published."""

    kind = Kind.UNPROCESSABLE
    code = "alert_start_too_early"
    text = N_("Lúc bắt đầu đã qua quá một ngày. Hãy chọn lại, hoặc để trống: có hiệu lực ngay khi phát.")


class AlertAreaUnknown(DomainError):
    """A residential group that was chosen is not one of the alert's ward; choose again."""

    kind = Kind.UNPROCESSABLE
    code = "alert_area_unknown"
    text = N_("Có khu dân cư không thuộc địa bàn này. Hãy chọn lại.")


class AlertStateConflict(DomainError):
    """The alert has moved on meanwhile and this step is not possible any more; open it again and look."""

    kind = Kind.CONFLICT
    code = "alert_state_conflict"
    text = N_("Cảnh báo này vừa đổi trạng thái nên không làm bước đó được nữa. Hãy mở lại để xem.")


class AlertChanged(DomainError):
    """The alert no longer says what the asker read; open it again and read the new version first."""

    kind = Kind.CONFLICT
    code = "alert_changed"
    text = N_("Nội dung đã được sửa sau khi bạn mở. Hãy mở lại, đọc bản mới rồi mới quyết định.")


class AlertOwnContent(DomainError):
    """The asker wrote or edited a version of this alert, so that another chief has to approve it."""

    kind = Kind.FORBIDDEN
    code = "alert_own_content"
    text = N_("Bạn đã viết hoặc sửa cảnh báo này nên người khác phải duyệt.")


class AlertNotApproved(DomainError):
    """What the alert says now has not been approved; ask for approval before publishing."""

    kind = Kind.CONFLICT
    code = "alert_not_approved"
    text = N_("Bản này chưa được duyệt. Hãy gửi duyệt trước khi phát.")


class AlertExpired(DomainError):
    """The end of the alert has passed; edit the end and ask for approval again."""

    kind = Kind.CONFLICT
    code = "alert_expired"
    text = N_("Cảnh báo đã quá hạn. Hãy sửa hạn rồi gửi duyệt lại.")


class AlertNotInForce(DomainError):
    """The alert that this message would follow is not published, or has ended; write a new alert."""

    kind = Kind.CONFLICT
    code = "alert_not_in_force"
    text = N_("Cảnh báo trước đó chưa phát hoặc đã kết thúc nên không cập nhật, báo yên hay rút lại được nữa.")
