"""The ward's key on paper: a chief makes a new one, knowing what becomes of the old; it is shown this once."""

import re

import pytest

from backend import crypto
from backend.permissions import Role
from backend.staff import passwords, ward_keys
from backend.staff.models import Staff, WardKey
from tests import make

ADDRESS = "/staff/recovery-key"
PASSWORD = "ngõ nhỏ phố nhỏ nhà tôi ở đó"


@pytest.fixture(autouse=True)
def _known_password(session, chief):
    session.get_one(Staff, chief.actor.id).password_hash = passwords.hashed(PASSWORD)
    session.flush()  # the page's own session reads it


def box(session, ward) -> bytes:
    session.expire_all()  # another session has written it
    return session.get(WardKey, ward.code).recovery_box


def test_a_chief_makes_a_new_key_and_sees_it_once(session, ward, chief):
    assert ADDRESS in chief.get("/staff").text
    page = chief.post(ADDRESS, sure="y", password=PASSWORD)
    assert page.headers["Cache-Control"] == "no-store"
    shown = re.search(r"data-recovery-key>([^<]+)<", page.text)[1]
    assert crypto.open_with_recovery(shown, box(session, ward)) == ward_keys.open_ward_key(
        session, chief.actor, ward.code
    )
    assert "data-print" in page.text
    assert ward.full_name in page.text.partition("<main")[2]  # the paper lies beside others
    assert "Tờ giấy cũ không còn mở được gì" in page.text
    for address in (ADDRESS, "/staff", "/log"):
        assert shown not in chief.get(address).text


def test_the_log_says_it_in_words(chief):
    chief.post(ADDRESS, sure="y", password=PASSWORD)
    page = chief.get("/log").text
    assert "in khóa khôi phục mới" in page
    assert "renew_recovery_key" not in page


@pytest.mark.parametrize("form", [{}, {"sure": ""}, {"sure": "false"}])
def test_without_the_confirmation_the_old_key_stays(session, ward, chief, form):
    before = box(session, ward)
    assert "tờ giấy cũ không mở được gì nữa" in chief.get(ADDRESS).text
    page = chief.post(ADDRESS, password=PASSWORD, **form)
    assert page.status_code == 422
    assert "Hãy đánh dấu vào ô này trước." in page.text
    assert "data-recovery-key" not in page.text
    assert box(session, ward) == before


def test_a_chief_who_cannot_open_tips_can_make_none(session, ward, chief, sit):
    newcomer = sit(make.make_staff(session, ward, Role.CHIEF, grant=False))
    before = box(session, ward)
    assert ADDRESS not in newcomer.get("/staff").text
    page = newcomer.post(ADDRESS, sure="y", password=PASSWORD)
    assert page.status_code == 403
    assert "Bạn chưa được cấp quyền mở tin" in page.text
    assert box(session, ward) == before


def test_it_speaks_english_too(chief):
    chief.post("/account/language", language="en", back="/admin/staff")
    assert "New recovery key" in chief.get(ADDRESS).text
    assert "The new key has taken the place of the old one." in chief.post(ADDRESS, sure="y", password=PASSWORD).text


def test_an_open_session_alone_makes_none(session, ward, chief):
    before = box(session, ward)
    page = chief.post(ADDRESS, sure="y", password="what a thief would try")
    assert page.status_code == 422
    assert "Mật khẩu chưa đúng." in page.text
    assert box(session, ward) == before
