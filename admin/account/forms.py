"""The form of one's own account."""

from wtforms import PasswordField

from admin.shell.forms import REQUIRED, NewPasswordForm, at_most
from web.languages import lazy


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the one in use."""

    old = PasswordField(lazy("Mật khẩu đang dùng"), validators=[REQUIRED, at_most(200)])
