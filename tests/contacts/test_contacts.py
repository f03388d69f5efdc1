"""What a ward tells about how it can be reached: by its chief alone, in the form that phones can call and read."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from backend import audit
from backend.contacts import commands, queries
from backend.contacts.errors import DutyPhoneInvalid, VietnameseTextMissing
from backend.contacts.rules import LONGEST_LINE, Contacts
from backend.errors import NotFound, NotPermitted, SignInRequired
from backend.permissions import NOBODY, Role
from backend.text import TextTooLong
from tests import make

HOURS = "Thứ Hai đến thứ Sáu 7:30–17:00"


@pytest.fixture
def chief(session):
    return make.make_staff(session, make.make_ward(session), Role.CHIEF)


def read(session):
    session.flush()
    return queries.read_contacts(session, NOBODY, ward_code=make.WARD)


def test_anybody_reads_what_the_chief_has_told(session, chief, frozen_clock):
    told = Contacts(
        duty_phone="024 3825 1234", address="  Số 12,  phố Chợ ", hours_vi=HOURS, greeting_vi="Bà con cứ gọi."
    )
    commands.set_contacts(session, chief, contacts=told)
    seen = read(session)
    assert (seen.duty_phone, seen.address, seen.hours_vi) == ("+842438251234", "Số 12, phố Chợ", HOURS)
    assert (seen.hours_en, seen.greeting_vi) == (None, "Bà con cứ gọi.")
    assert seen.updated_at is not None


def test_a_ward_that_has_told_nothing_is_no_error_and_a_place_that_is_none_is(session, chief):
    assert read(session) == queries.ContactsView(make.WARD)
    for code in ("00000", "x", ""):
        with pytest.raises(NotFound):
            queries.read_contacts(session, NOBODY, ward_code=code)


def test_what_is_left_blank_is_no_longer_told(session, chief):
    commands.set_contacts(session, chief, contacts=Contacts(duty_phone="0912 345 678", hours_vi=HOURS))
    commands.set_contacts(session, chief, contacts=Contacts(duty_phone=" ", hours_vi=HOURS))
    assert (read(session).duty_phone, read(session).hours_vi) == (None, HOURS)


@pytest.mark.parametrize(
    "number", ["113", "12345", "024", "abc", "+1 202 555 0100", "0912 345 678 ext 5", "0550 000 113"]
)
def test_a_number_nobody_can_call_is_refused_beside_its_field(session, chief, number):
    with pytest.raises(DutyPhoneInvalid) as refused:
        commands.set_contacts(session, chief, contacts=Contacts(duty_phone=number))
    assert refused.value.field == "duty_phone"


def test_english_alone_and_lines_without_end_are_refused_beside_their_field(session, chief):
    with pytest.raises(VietnameseTextMissing) as refused:
        commands.set_contacts(session, chief, contacts=Contacts(greeting_en="Do call."))
    assert refused.value.field == "greeting_vi"
    with pytest.raises(TextTooLong) as long:
        commands.set_contacts(session, chief, contacts=Contacts(hours_vi="a" * (LONGEST_LINE + 1)))
    assert long.value.field == "hours_vi"


def test_only_the_wards_own_chief_tells_it(session, chief):
    ward = make.make_ward(session, "99002", name="Hoàng Hôn")
    for role in (Role.OFFICER, Role.ORGANISER, Role.COUNCIL):
        with pytest.raises(NotPermitted):
            commands.set_contacts(session, make.make_staff(session, ward, role), contacts=Contacts(hours_vi=HOURS))
    with pytest.raises(SignInRequired):
        commands.set_contacts(session, NOBODY, contacts=Contacts(hours_vi=HOURS))
    other = make.make_staff(session, ward, Role.CHIEF)
    commands.set_contacts(session, other, contacts=Contacts(hours_vi="Cả ngày"))
    assert read(session).hours_vi is None, "another ward's chief has told of their own ward"


def test_the_log_names_the_fields_that_changed_and_nothing_is_written_when_none_did(session, chief):
    for _ in range(2):
        commands.set_contacts(session, chief, contacts=Contacts(address="Số 12", hours_vi=HOURS))
    entries = session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.action == "contacts.set")).all()
    assert [entry.details for entry in entries] == [{"changed": ["address", "hours_vi"]}]
    assert entries[0].actor_id == chief.id
    assert entries[0].subject_id == make.WARD


def test_one_row_for_each_ward_whoever_writes_first(session, chief):
    commands.set_contacts(session, chief, contacts=Contacts(address=f"Số {uuid4()}"))
    commands.set_contacts(session, chief, contacts=Contacts(address="Số 12"))
    assert read(session).address == "Số 12"
