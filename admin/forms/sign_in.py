"""Forms of the way in."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired

from admin.forms.panel_form import PanelForm, at_most
from web.languages import lazy

NEEDED = InputRequired(lazy("Cần điền mục này."))


class PasswordForm(PanelForm):
    """The first step."""

    username = StringField(lazy("Tên đăng nhập"), validators=[NEEDED, at_most(60)])
    password = PasswordField(lazy("Mật khẩu"), validators=[NEEDED, at_most(200)])


class CodeForm(PanelForm):
    """Six digits of the authenticator."""

    code = StringField(lazy("Mã 6 số"), validators=[NEEDED, at_most(12)])


class EnrolForm(PanelForm):
    """The invitation: who, and the one-time code."""

    username = StringField(lazy("Tên đăng nhập"), validators=[NEEDED, at_most(60)])
    code = StringField(lazy("Mã kích hoạt"), validators=[NEEDED, at_most(60)])


class NewPasswordForm(PanelForm):
    """A password, twice."""

    password = PasswordField(lazy("Mật khẩu mới"), validators=[NEEDED, at_most(200)])
    again = PasswordField(
        lazy("Nhập lại mật khẩu mới"),
        validators=[NEEDED, EqualTo("password", message=lazy("Hai lần nhập chưa giống nhau."))],
    )


class ChangePasswordForm(NewPasswordForm):
    """Also the one in use."""

    old = PasswordField(lazy("Mật khẩu đang dùng"), validators=[NEEDED, at_most(200)])
