"""What can go wrong with a device."""

from backend.errors import N_, DomainError, Kind


class WebPushHostNotAllowed(DomainError):
    """The subscription's endpoint is not one of the push services in BINHYEN_WEBPUSH_HOSTS."""

    kind = Kind.UNPROCESSABLE
    code = "webpush_host_not_allowed"
    text = N_(
        "Trình duyệt này dùng dịch vụ thông báo chưa được hỗ trợ. Hãy thử bằng Chrome, Firefox, Edge hoặc Safari."
    )


class PushAddressMalformed(DomainError):
    """`field` names the part that no push service would have made."""

    kind = Kind.UNPROCESSABLE
    code = "push_address_malformed"
    text = N_("Địa chỉ nhận thông báo không đúng dạng. Hãy tắt rồi bật lại thông báo trong ứng dụng.")


class PushKindNotAvailable(DomainError):
    """The kind `console` exists in demo mode only."""

    kind = Kind.UNPROCESSABLE
    code = "push_kind_not_available"
    text = N_("Hệ thống này không dùng kiểu thông báo đó. Hãy chọn kiểu khác trong ứng dụng.")


class DeviceWardUnknown(DomainError):
    """No ward has this official code."""

    kind = Kind.UNPROCESSABLE
    code = "device_ward_unknown"
    text = N_("Không có phường, xã hay đặc khu nào mang mã này. Hãy chọn lại từ danh sách.")


class DeviceAreaUnknown(DomainError):
    """The residential group is not one of the ward's."""

    kind = Kind.UNPROCESSABLE
    code = "device_area_unknown"
    text = N_("Khu dân cư này không thuộc phường, xã đã chọn. Hãy chọn lại.")
