"""Forms of the tip pages."""

from wtforms import Field, Form, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from admin.shell.forms import PanelForm, at_most
from admin.tips.reply_templates import BLANK
from backend.tips.life import Status
from backend.tips.rules import LONGEST_MESSAGE, LONGEST_REASON
from web.languages import lazy

OUTCOMES = [status for status in Status if status not in (Status.RECEIVED, Status.TRANSFERRED)]


def no_blank(_form: Form, field: Field) -> None:
    """Refuse words in which a blank of a template was left."""
    if BLANK in (field.data or ""):
        raise ValidationError(lazy("Còn chỗ […] của mẫu chưa điền. Hãy điền hoặc xóa chỗ đó."))


class BulkForm(PanelForm):
    """Several tips acknowledged at once; the boxes are read from the request."""


class ReplyForm(PanelForm):
    """An answer to the reporter."""

    text = TextAreaField(
        lazy("Trả lời người báo"),
        validators=[DataRequired(lazy("Cần viết mục này.")), at_most(LONGEST_MESSAGE), no_blank],
    )


class DecisionForm(PanelForm):
    """The next status and the reason the reporter will read, word for word."""

    outcome = RadioField(
        lazy("Quyết định"),
        choices=[SelectChoice(status.value) for status in OUTCOMES],
        validators=[InputRequired(lazy("Hãy chọn một quyết định."))],
    )
    reason = TextAreaField(
        lazy("Lý do"),
        validators=[
            DataRequired(lazy("Cần viết lý do; người báo sẽ đọc nguyên văn.")),
            at_most(LONGEST_REASON),
            no_blank,
        ],
    )


class AssignForm(PanelForm):
    """Who looks after a tip."""

    staff_id = SelectField(lazy("Giao cho"), coerce=str)
