"""The form of the ward's contacts."""

from wtforms import StringField

from admin.shell.forms import PanelForm, at_most
from backend.contacts.rules import LONGEST_LINE, Contacts
from web.languages import lazy

LONGEST_PHONE = 25


class ContactsForm(PanelForm):
    """Every field may stay empty: what is empty is not shown to residents. Named as the domain names them."""

    duty_phone = StringField(lazy("Điện thoại trực ban"), validators=[at_most(LONGEST_PHONE)])
    address = StringField(lazy("Địa chỉ trụ sở"), validators=[at_most(LONGEST_LINE)])
    hours_vi = StringField(lazy("Giờ tiếp dân"), validators=[at_most(LONGEST_LINE)])
    hours_en = StringField(lazy("Giờ tiếp dân, tiếng Anh"), validators=[at_most(LONGEST_LINE)])
    greeting_vi = StringField(lazy("Lời chào"), validators=[at_most(LONGEST_LINE)])
    greeting_en = StringField(lazy("Lời chào, tiếng Anh"), validators=[at_most(LONGEST_LINE)])

    def contacts(self) -> Contacts:
        """What was typed, as the domain's value."""
        return Contacts(
            duty_phone=self.duty_phone.data,
            address=self.address.data,
            hours_vi=self.hours_vi.data,
            hours_en=self.hours_en.data,
            greeting_vi=self.greeting_vi.data,
            greeting_en=self.greeting_en.data,
        )
