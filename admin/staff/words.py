"""The words for acts on accounts and on access to tips, as the log tells them."""

from web.languages import lazy

ACTS = {
    "staff.create": lazy("thêm tài khoản"),
    "staff.reset": lazy("cấp mã kích hoạt mới"),
    "staff.disable": lazy("khóa tài khoản"),
    "staff.enable": lazy("mở lại tài khoản"),
    "staff.enrol": lazy("kích hoạt tài khoản"),
    "staff.sign_in": lazy("đăng nhập"),
    "staff.locked": lazy("bị tạm khóa vì sai quá nhiều lần"),
    "staff.unlock": lazy("bỏ tạm khóa đăng nhập"),
    "staff.change_password": lazy("đổi mật khẩu"),
    "tip_access.grant": lazy("cấp quyền mở tin"),
    "tip_access.revoke": lazy("thu quyền mở tin"),
    "tip_access.restore": lazy("khôi phục quyền bằng khóa in"),
    "tip_access.renew_recovery_key": lazy("in khóa khôi phục mới, tờ cũ hết dùng được"),
}
