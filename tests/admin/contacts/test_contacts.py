"""The chief's page of contacts: saved, kept on a mistake, told in the log."""

import pytest

from backend.contacts import queries
from backend.permissions import NOBODY, Role
from tests import make

HOURS = "Thứ Hai đến thứ Sáu 7:30–17:00"


@pytest.fixture
def chief(session, ward, sit):
    return sit(make.make_staff(session, ward, Role.CHIEF))


def test_what_is_saved_is_what_residents_read_and_stands_in_the_form_again(session, chief):
    answer = chief.post("/contacts", duty_phone="024 3825 1234", hours_vi=HOURS, greeting_vi="Bà con cứ gọi.")
    assert (answer.status_code, answer.location) == (302, "/admin/contacts")
    told = queries.read_contacts(session, NOBODY, ward_code=make.WARD)
    assert (told.duty_phone, told.hours_vi, told.address) == ("+842438251234", HOURS, None)
    page = chief.get("/contacts").text
    assert "+842438251234" in page
    assert HOURS in page
    assert "sửa thông tin liên hệ" in chief.get("/log").text


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(session, chief):
    answer = chief.post("/contacts", duty_phone="113", hours_vi=HOURS, greeting_en="Do call.")
    assert answer.status_code == 422
    assert "mã vùng" in answer.text.partition('id="duty_phone-error"')[2][:400]
    assert 'value="113"' in answer.text
    assert HOURS in answer.text
    assert queries.read_contacts(session, NOBODY, ward_code=make.WARD).hours_vi is None


def test_the_rail_leads_a_chief_there_and_no_officer(session, ward, sit, chief):
    assert 'href="/admin/contacts"' in chief.get("/tips").text
    assert 'href="/admin/contacts"' not in sit(make.make_staff(session, ward)).get("/tips").text
