"""The form that all others are made from: the library's own refusals in the reader's language."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms.validators import Length

from web.languages import lazy

# WTForms brings no Vietnamese
SAID = {
    "Not a valid choice.": lazy("Hãy chọn lại trong danh sách."),
    "Not a valid datetime value.": lazy("Ngày giờ chưa đúng. Hãy chọn lại."),
}
OTHERWISE = lazy("Nội dung gửi lên chưa đúng. Hãy nhập lại.")
ROOM = 10  # times the longest text: what a browser still takes


class Translations:
    """What WTForms asks for its messages."""

    def gettext(self, text: str) -> str:
        """The text in the reader's language; a text of ours has been translated already."""
        known = SAID.get(text)
        return str(known or (OTHERWISE if text.isascii() else gettext(text)))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The same for counted texts."""
        return self.gettext(singular if n == 1 else plural)


def at_most(most: int) -> Length:
    """The longest text a field takes, in characters.

    The browser lets far more be pasted: it would cut without a word what the form can refuse with one.
    """
    length = Length(max=most, message=lazy("Nhiều nhất %(max)d ký tự. Hãy viết ngắn lại."))
    length.field_flags = {"maxlength": most * ROOM, "most": most}
    return length


class PanelForm(FlaskForm):
    """A form of the panel."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> Translations:
            """Ours instead of the library's."""
            return Translations()


class PlainForm(PanelForm):
    """A button: nothing but the proof that it was pressed here."""
