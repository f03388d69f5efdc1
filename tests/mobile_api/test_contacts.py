"""How a ward's police can be reached, as a phone without an account reads it."""

from backend.contacts import commands
from backend.contacts.rules import Contacts
from backend.permissions import Role
from tests import make


def test_what_the_chief_has_told_is_public(api, session, ward, frozen_clock):
    chief = make.make_staff(session, ward, Role.CHIEF)
    told = Contacts(duty_phone="024 3825 1234", hours_vi="Thứ Hai", hours_en="Monday", greeting_vi="Bà con cứ gọi.")
    commands.set_contacts(session, chief, contacts=told)
    answer = api.get(f"/wards/{ward.code}/contacts")
    assert answer.json == {
        "ward_code": ward.code,
        "duty_phone": "+842438251234",
        "address": None,
        "hours": {"vi": "Thứ Hai", "en": "Monday"},
        "greeting": {"vi": "Bà con cứ gọi.", "en": None},
        "updated_at": "2026-08-31T02:00:00Z",
    }
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_ward_that_has_told_nothing_answers_with_nothing_and_no_ward_with_404(api, ward):
    answer = api.get(f"/wards/{ward.code}/contacts")
    assert answer.status_code == 200
    assert set(answer.json.values()) == {ward.code, None}
    assert api.get("/wards/00000/contacts").status_code == 404
    assert api.get("/wards/%00/contacts").status_code == 404
