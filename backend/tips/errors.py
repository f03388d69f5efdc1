"""What can go wrong with a tip, in words for its reporter or for the police."""

from backend.errors import N_, DomainError, Kind


class ReceiptUnknown(DomainError):
    """No tip has this receipt; compare it with the one that was shown when the tip was sent."""

    kind = Kind.NOT_FOUND
    code = "receipt_unknown"
    text = N_("Không có tin nào mở được bằng mã này. Xem lại từng nhóm chữ; mã chỉ có trên biên nhận của bạn.")


class WardNotActive(DomainError):
    """The ward takes no tips here yet; call 113 when it is urgent, else go to the nearest police station."""

    kind = Kind.UNPROCESSABLE
    code = "ward_not_active"
    text = N_(
        "Công an nơi này chưa nhận tin qua Bình Yên. Việc gấp hãy gọi 113; việc khác hãy đến trụ sở Công an gần nhất."
    )


class AreaNotInWard(DomainError):
    """The residential group of the tip is not one of the receiving ward's; choose again."""

    kind = Kind.UNPROCESSABLE
    code = "area_not_in_ward"
    text = N_("Khu dân cư bạn chọn không thuộc nơi nhận tin. Hãy chọn lại.")


class TooManyPhotos(DomainError):
    """The tip has more than `most` photos; leave some out."""

    kind = Kind.UNPROCESSABLE
    code = "too_many_photos"
    text = N_("Mỗi tin gửi được nhiều nhất %(most)s ảnh. Hãy bỏ bớt.")


class TipStateConflict(DomainError):
    """The tip has moved on meanwhile and this step is not possible any more; open it again and look."""

    kind = Kind.CONFLICT
    code = "tip_state_conflict"
    text = N_("Tin này đã đổi trạng thái, không làm bước đó được nữa. Hãy mở lại tin để xem.")


class TipClosed(DomainError):
    """The tip is closed, so that nothing can be added; send a new tip."""

    kind = Kind.CONFLICT
    code = "tip_closed"
    text = N_("Tin này đã khép lại nên không viết thêm được. Có điều mới, bạn hãy gửi tin khác.")


class DialogueFull(DomainError):
    """The tip has as many messages as one tip can have; send a new tip."""

    kind = Kind.CONFLICT
    code = "dialogue_full"
    text = N_("Tin này đã có quá nhiều lời nhắn. Có điều mới, bạn hãy gửi tin khác.")


class TipNotOpened(DomainError):
    """The officer has not opened the tip since signing in, so no reading is on record; open the tip first."""

    kind = Kind.CONFLICT
    code = "tip_not_opened"
    text = N_("Hãy mở tin trước khi xem ảnh. Mỗi lần mở tin đều được ghi lại.")


class AssigneeWithoutAccess(DomainError):
    """The colleague cannot open the ward's tips; grant them access first."""

    kind = Kind.UNPROCESSABLE
    code = "assignee_without_access"
    text = N_("Người này chưa được cấp quyền mở tin. Hãy cấp quyền trước khi giao.")
