"""Comparing a password is slow: nobody who waits for it holds a connection, and only a few are compared at once."""

from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher

from backend import clock, db
from backend.crypto import keys
from backend.db import unit_of_work
from backend.permissions import OPERATOR, Role
from backend.staff import commands as staff
from backend.staff import enrolment, passwords, sign_in
from backend.staff.models import SignInAttempts
from tests import make
from tests.admin.conftest import Seat
from web import limits

PASSWORD = "ngõ nhỏ phố nhỏ nhà tôi ở đó"
NEW = "một câu khác hẳn của riêng tôi"


def do(act):
    with unit_of_work() as session:
        return act(session)


@pytest.fixture
def watched(real_db, monkeypatch):
    """Argon2 at its quickest; the list of how many connections are out each time it runs."""
    seen = []
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

    class Watched:
        memory_cost, time_cost, parallelism = quick.memory_cost, quick.time_cost, quick.parallelism

        def hash(self, password):
            seen.append(db.engine().pool.checkedout())
            return quick.hash(password)

        def verify(self, kept, password):
            seen.append(db.engine().pool.checkedout())
            return quick.verify(kept, password)

    stretched = keys._stretched

    def watched_stretched(password, salt):
        seen.append(db.engine().pool.checkedout())
        return stretched(password, salt)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    monkeypatch.setattr(keys, "_stretched", watched_stretched)
    monkeypatch.setattr(keys, "ARGON2_PASSES", 1)
    monkeypatch.setattr(keys, "ARGON2_BYTES", 8192)
    return seen


@pytest.fixture
def door(panel, real_db) -> Seat:
    limits.reset()
    client = panel.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "vi"
    return Seat(None, client)


@pytest.fixture
def invited(real_db, frozen_clock):
    do(make.make_ward)
    return do(
        lambda s: staff.create_staff(s, OPERATOR, username="vinh", name="Vinh", role=Role.CHIEF, ward_id=make.WARD)
    )


@pytest.fixture
def totp(invited) -> pyotp.TOTP:
    """The authenticator of a chief who has enrolled."""
    token = do(lambda s: enrolment.begin_enrolment(s, username="vinh", code=invited.enrolment_code))
    totp = pyotp.TOTP(do(lambda s: enrolment.choose_password(s, token=token, password=PASSWORD)).secret)
    do(lambda s: enrolment.confirm_authenticator(s, token=token, code=totp.at(clock.now())))
    return totp


def test_hashing_holds_no_connection(watched, door, invited):
    assert door.post("/enrol", username="vinh", code=invited.enrolment_code).status_code == 302
    assert door.post("/enrol/password", password=PASSWORD, again=PASSWORD).status_code == 302
    assert watched == [0, 0]


def test_comparing_holds_no_connection(watched, door, totp, frozen_clock):
    frozen_clock.tick(timedelta(minutes=1))
    watched.clear()
    for username, password, status in (("vinh", "sai", 422), ("khong.ai", PASSWORD, 422), ("vinh", PASSWORD, 302)):
        assert door.post("/sign-in", username=username, password=password).status_code == status
    assert watched == [0] * 4
    door.post("/sign-in/code", code=totp.at(frozen_clock.at))
    assert door.post("/account/password", old="sai", password=NEW, again=NEW).status_code == 422
    assert door.post("/account/password", old=PASSWORD, password=NEW, again=NEW).status_code == 302
    assert "data-recovery-key" in door.post("/staff/recovery-key", sure="y", password=NEW).text
    assert watched == [0] * 10


def test_whoever_finds_the_line_full_is_told_to_wait_and_nothing_is_counted(watched, door, totp):
    places = [passwords.hashing_slot() for _ in range(passwords.AT_ONCE)]
    for place in places:
        place.__enter__()
    try:
        line = [passwords._line.acquire(blocking=False) for _ in range(passwords.IN_LINE - passwords.AT_ONCE)]
        page = door.post("/sign-in", username="vinh", password=PASSWORD)
        assert page.status_code == 503
        assert page.headers["Retry-After"] == "5"
        assert "Nhiều người đang đăng nhập cùng lúc" in page.text
        assert 'value="vinh"' in page.text
        assert do(lambda s: s.query(SignInAttempts).filter(SignInAttempts.failed_count > 0).count()) == 0
        for _ in line:
            passwords._line.release()
    finally:
        for place in places:
            place.__exit__(None, None, None)
    assert door.post("/sign-in", username="vinh", password=PASSWORD).status_code == 302


def test_nobody_waits_for_a_turn_for_ever(watched, door, totp, monkeypatch):
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 0.05)
    places = [passwords.hashing_slot() for _ in range(passwords.AT_ONCE)]
    for place in places:
        place.__enter__()
    try:
        assert door.post("/sign-in", username="vinh", password=PASSWORD).status_code == 503
    finally:
        for place in places:
            place.__exit__(None, None, None)


def test_a_password_that_changes_while_it_is_compared_opens_nothing(watched, door, totp, monkeypatch):
    matches = passwords.matches

    def slowly(password, kept):
        found = matches(password, kept)
        do(lambda s: staff.reset_staff(s, OPERATOR, staff_id=sign_in.find_by_name(s, "vinh").id))
        return found

    monkeypatch.setattr(passwords, "matches", slowly)
    page = door.post("/sign-in", username="vinh", password=PASSWORD)
    assert page.status_code == 422
    assert "chưa đúng" in page.text
