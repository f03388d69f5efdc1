"""Whoever can write to the database, but has no key of the server, cannot make tips be sealed to themselves."""

import pytest
from sqlalchemy import func, select

from backend import crypto
from backend.permissions import Role
from backend.staff.models import Staff, WardKey
from backend.staff.ward_keys import grant_tip_access
from backend.tips.models import Tip
from tests import make


def test_a_foreign_key_in_a_wards_place_stops_tips(session, send, ward, officer):
    key = session.get(WardKey, ward.code)
    key.vouched_public_key = crypto.new_keypair().public
    session.flush()
    assert send().status_code == 500
    assert session.scalar(select(func.count()).select_from(Tip)) == 0


def test_another_wards_key_does_not_fit(session, send, ward, officer):
    other = make.make_ward(session, "99002", name="Sao Mai")
    make.make_staff(session, other)
    session.get(WardKey, ward.code).vouched_public_key = session.get(WardKey, other.code).vouched_public_key
    session.flush()
    assert send().status_code == 500


def test_a_foreign_key_in_an_officers_place_gets_no_copy(session, ward, chief):
    colleague = make.make_staff(session, ward, Role.OFFICER, grant=False)
    session.get(Staff, colleague.id).vouched_public_key = crypto.new_keypair().public
    session.flush()
    with pytest.raises(crypto.SealBroken):
        grant_tip_access(session, chief, staff_id=colleague.id)
