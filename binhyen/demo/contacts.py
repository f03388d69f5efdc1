"""How the invented ward can be reached; the number is nobody's."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from backend import clock
from backend.contacts import commands
from backend.contacts.rules import Contacts
from binhyen.demo.timeline import Office, Step

CONTACTS = Contacts(
    duty_phone="0550 000 113",
    address="Số 12, đường Hừng Đông, phường Ban Mai",
    hours_vi="Thứ Hai đến thứ Sáu 7:30–11:30 và 13:30–17:00; thứ Bảy 7:30–11:30",
    hours_en="Monday to Friday 7:30–11:30 and 13:30–17:00; Saturday 7:30–11:30",
    greeting_vi="Bà con cứ gọi, chúng tôi luôn có người trực.",
    greeting_en="Do call: somebody is always on duty.",
)


def steps(office: Office) -> Iterator[Step]:
    """The chief told it when the ward began."""

    def tell(session: Session) -> None:
        commands.set_contacts(session, office.chief, contacts=CONTACTS)

    yield clock.now() - timedelta(days=29), tell
