"""Forms about staff and wards."""

from wtforms import BooleanField, PasswordField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from admin import words
from admin.forms.panel_form import PanelForm, at_most
from admin.forms.sign_in import NEEDED
from web.languages import lazy


class NewStaffForm(PanelForm):
    """A new account. The place is a ward's or a province's official code."""

    name = StringField(lazy("Họ tên, cấp bậc"), validators=[NEEDED, at_most(120)])
    username = StringField(lazy("Tên đăng nhập"), validators=[NEEDED, at_most(40)])
    role = SelectField(
        lazy("Vai trò"),
        choices=[SelectChoice(role.value, name) for role, name in words.ROLE.items()],
        validators=[InputRequired(lazy("Hãy chọn một mục."))],
    )
    ward_id = StringField(lazy("Mã phường, xã"), validators=[Optional(), at_most(5)])
    province_code = StringField(lazy("Mã tỉnh"), validators=[Optional(), at_most(2)])


class RecoveryForm(PanelForm):
    """The printed key, as typed from paper."""

    recovery_key = TextAreaField(lazy("Khóa khôi phục"), validators=[NEEDED, at_most(200)])


class RenewalForm(PanelForm):
    """A chief who knows what becomes of the paper before."""

    password = PasswordField(lazy("Mật khẩu của bạn"), validators=[NEEDED, at_most(200)])
    sure = BooleanField(
        lazy("Tôi sẽ in khóa mới ngay và hủy tờ giấy cũ."),
        validators=[DataRequired(lazy("Hãy đánh dấu vào ô này trước."))],
    )
