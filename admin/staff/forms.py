"""Forms about staff."""

from wtforms import BooleanField, PasswordField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from admin.shell.forms import CHOICE_REQUIRED, REQUIRED, PanelForm, at_most
from admin.shell.words import ROLES
from web.languages import lazy


class NewStaffForm(PanelForm):
    """A new account. The place is a ward's or a province's official code."""

    name = StringField(lazy("Họ tên, cấp bậc"), validators=[REQUIRED, at_most(120)])
    username = StringField(lazy("Tên đăng nhập"), validators=[REQUIRED, at_most(40)])
    role = SelectField(
        lazy("Vai trò"),
        choices=[SelectChoice(role.value, name) for role, name in ROLES.items()],
        validators=[CHOICE_REQUIRED],
    )
    ward_id = StringField(lazy("Mã phường, xã"), validators=[Optional(), at_most(5)])
    province_code = StringField(lazy("Mã tỉnh"), validators=[Optional(), at_most(2)])


class RecoveryForm(PanelForm):
    """The printed key, as typed from paper."""

    recovery_key = TextAreaField(lazy("Khóa khôi phục"), validators=[REQUIRED, at_most(200)])


class RenewalForm(PanelForm):
    """The chief confirms, with the password, that the old paper will open nothing any more."""

    password = PasswordField(lazy("Mật khẩu của bạn"), validators=[REQUIRED, at_most(200)])
    sure = BooleanField(
        lazy("Tôi sẽ in khóa mới ngay và hủy tờ giấy cũ."),
        validators=[DataRequired(lazy("Hãy đánh dấu vào ô này trước."))],
    )
