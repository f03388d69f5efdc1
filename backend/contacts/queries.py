"""Reading how a ward can be reached. All of it is public."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.contacts.models import WardContacts
from backend.errors import NotFound
from backend.localized import Localized
from backend.permissions import Action, Actor, require
from backend.wards.queries import ward_of
from backend.wards.rules import is_ward_code


@dataclass(frozen=True)
class ContactsView:
    """A ward's contacts as its residents see them; `updated_at` None: it has told none yet."""

    ward_code: str
    duty_phone: str | None = None
    address: str | None = None
    hours_vi: str | None = None
    hours_en: str | None = None
    greeting_vi: str | None = None
    greeting_en: str | None = None
    updated_at: datetime | None = None

    @property
    def hours(self) -> Localized | None:
        """When residents are received."""
        return Localized(self.hours_vi, self.hours_en) if self.hours_vi else None

    @property
    def greeting(self) -> Localized | None:
        """A line that residents read before they call."""
        return Localized(self.greeting_vi, self.greeting_en) if self.greeting_vi else None


def read_contacts(session: Session, actor: Actor, *, ward_code: str) -> ContactsView:
    """How the ward can be reached. Raises NotFound when there is no such ward."""
    require(actor, Action.CONTACTS_READ)
    if not is_ward_code(ward_code):
        raise NotFound()
    row = session.scalars(select(WardContacts).where(WardContacts.ward_id == ward_code)).one_or_none()
    if row is not None:
        return ContactsView(
            ward_code, row.duty_phone, row.address, row.hours_vi, row.hours_en, row.greeting_vi, row.greeting_en,
            row.updated_at,
        )  # fmt: skip
    if ward_of(session, ward_code) is None:
        raise NotFound()
    return ContactsView(ward_code)
