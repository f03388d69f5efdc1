"""What can go wrong with a device."""

from backend.errors import N_, DomainError, Kind


class WebPushHostNotAllowed(DomainError):
    """The browser's push service is not in BINHYEN_WEBPUSH_HOSTS; use Chrome, Firefox, Edge or Safari."""

    kind = Kind.UNPROCESSABLE
    code = "webpush_host_not_allowed"
    text = N_(
        "Trình duyệt này dùng dịch vụ thông báo chưa được hỗ trợ. Hãy thử bằng Chrome, Firefox, Edge hoặc Safari."
    )


class PushAddressMalformed(DomainError):
    """No push service makes such an address (`field` names the part); turn notifications off and on in the app."""

    kind = Kind.UNPROCESSABLE
    code = "push_address_malformed"
    text = N_("Địa chỉ nhận thông báo không đúng dạng. Hãy tắt rồi bật lại thông báo trong ứng dụng.")


class PushKindNotAvailable(DomainError):
    """This installation does not use that kind of push (`console` is the demo's); choose another in the app."""

    kind = Kind.UNPROCESSABLE
    code = "push_kind_not_available"
    text = N_("Hệ thống này không dùng kiểu thông báo đó. Hãy chọn kiểu khác trong ứng dụng.")


class DeviceWardUnknown(DomainError):
    """No ward has the code that the device gave; choose one from the list."""

    kind = Kind.UNPROCESSABLE
    code = "device_ward_unknown"
    text = N_("Không có phường, xã hay đặc khu nào mang mã này. Hãy chọn lại từ danh sách.")


class DeviceAreaUnknown(DomainError):
    """The residential group that the device gave is not one of the chosen ward's; choose one of that ward."""

    kind = Kind.UNPROCESSABLE
    code = "device_area_unknown"
    text = N_("Khu dân cư này không thuộc phường, xã đã chọn. Hãy chọn lại.")
