"""Forms of signing in."""

from wtforms import PasswordField, StringField

from admin.shell.forms import REQUIRED, PanelForm, at_most
from web.languages import lazy


class PasswordForm(PanelForm):
    """The first step."""

    username = StringField(lazy("Tên đăng nhập"), validators=[REQUIRED, at_most(60)])
    password = PasswordField(lazy("Mật khẩu"), validators=[REQUIRED, at_most(200)])


class CodeForm(PanelForm):
    """Six digits of the authenticator."""

    code = StringField(lazy("Mã 6 số"), validators=[REQUIRED, at_most(12)])


class EnrolForm(PanelForm):
    """The invitation: who, and the one-time code."""

    username = StringField(lazy("Tên đăng nhập"), validators=[REQUIRED, at_most(60)])
    code = StringField(lazy("Mã kích hoạt"), validators=[REQUIRED, at_most(60)])
