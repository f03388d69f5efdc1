"""The form that all others are made from, and the fields that more than one room asks for."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from backend.errors import DomainError, Kind
from web.languages import lazy, render_error
from web.statuses import STATUS

# WTForms brings no Vietnamese
WTFORMS_TEXTS = {
    "Not a valid choice.": lazy("Hãy chọn lại trong danh sách."),
    "Not a valid datetime value.": lazy("Ngày giờ chưa đúng. Hãy chọn lại."),
}
ANY_OTHER_TEXT = lazy("Nội dung gửi lên chưa đúng. Hãy nhập lại.")
PASTE_FACTOR = 10  # a browser lets this many times the longest text be pasted

REQUIRED = InputRequired(lazy("Cần điền mục này."))
CHOICE_REQUIRED = InputRequired(lazy("Hãy chọn một mục."))


class Translations:
    """What WTForms asks for its messages."""

    def gettext(self, text: str) -> str:
        """The text in the reader's language; a text of ours has been translated already."""
        known = WTFORMS_TEXTS.get(text)
        return str(known or (ANY_OTHER_TEXT if text.isascii() else gettext(text)))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same for counted texts."""
        return self.gettext(singular if n == 1 else plural)


def at_most(most: int) -> Length:
    """The longest text a field takes, in characters.

    The browser lets far more be pasted: it would cut the text silently, while the form says what is wrong.
    """
    length = Length(max=most, message=lazy("Nhiều nhất %(max)d ký tự. Hãy viết ngắn lại."))
    length.field_flags = {"maxlength": most * PASTE_FACTOR, "most": most}
    return length


class PanelForm(FlaskForm):
    """A form of the panel: the library's messages in the reader's language, and refusals beside the field they name."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> Translations:
            """Ours instead of the library's."""
            return Translations()

    _refused_with = 422

    @property
    def status_code(self) -> int:
        """The status of a page that shows this form: 200 until it was sent, then that of what is wrong with it."""
        return self._refused_with if self.is_submitted() else 200

    def names_field(self, refusal: DomainError) -> bool:
        """Whether the refusal is about one of the form's fields."""
        return refusal.field in self

    def add_refusal(self, refusal: DomainError) -> None:
        """Put the refusal beside the field it names, else above the form."""
        if refusal.kind is Kind.UNAVAILABLE:
            self._refused_with = STATUS[refusal.kind]
        if self.names_field(refusal):
            field = self[refusal.field]
            field.errors = [*field.errors, render_error(refusal)]
        else:
            self.form_errors.append(render_error(refusal))


class ButtonForm(PanelForm):
    """A button: nothing but the proof that it was pressed here."""


class NewPasswordForm(PanelForm):
    """A password, typed twice."""

    password = PasswordField(lazy("Mật khẩu mới"), validators=[REQUIRED, at_most(200)])
    again = PasswordField(
        lazy("Nhập lại mật khẩu mới"),
        validators=[REQUIRED, EqualTo("password", message=lazy("Hai lần nhập chưa giống nhau."))],
    )
