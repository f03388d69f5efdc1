"""Guessing at the panel's door: what is counted, what is told, and what happens when all try at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import delete, func, select

from backend import audit, crypto
from backend.db import unit_of_work
from backend.errors import DomainError
from backend.permissions import OPERATOR, Role
from backend.staff import cleanup, enrolment, passwords, queries, sign_in, ward_keys
from backend.staff import commands as staff
from backend.staff import errors as staff_errors
from backend.staff.models import SignInAttempts, StaffSession, WardGrant, WardKey
from tests import make

PASSWORD = "ngõ nhỏ phố nhỏ nhà tôi ở đó"
WRONG = "ngõ to phố to nhà ai ở đó"
AT_ONCE = 12


def do(act):
    with unit_of_work() as session:
        return act(session)


@pytest.fixture
def totp(real_db, frozen_clock):
    """The authenticator of an enrolled officer called thao."""
    do(make.make_ward)
    new = do(
        lambda s: staff.create_staff(
            s, OPERATOR, username="thao", name="Nguyễn Thảo", role=Role.OFFICER, ward_id=make.WARD
        )
    )
    token = do(lambda s: enrolment.begin_enrolment(s, username="thao", code=new.enrolment_code))
    totp = pyotp.TOTP(do(lambda s: enrolment.choose_password(s, token=token, password=PASSWORD)).secret)
    do(lambda s: enrolment.confirm_authenticator(s, token=token, code=totp.at(frozen_clock.at)))
    frozen_clock.tick(timedelta(minutes=1))
    return totp


def password(given=PASSWORD, username="thao"):
    return do(lambda s: sign_in.check_password(s, username=username, password=given))


def code(token, digits):
    return do(lambda s: sign_in.check_totp(s, token=token, code=digits))


def lock_out(given, username="thao"):
    """What a stranger does who knows a name."""
    for _ in range(5):
        with pytest.raises(staff_errors.SignInFailed):
            password(given, username=username)
    with pytest.raises(staff_errors.SignInLocked):
        password(username=username)


def together(acts):
    """What comes of `acts`, all begun at the very same time."""
    gate = Barrier(len(acts))

    def one(act):
        gate.wait()
        try:
            return act()
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def counted():
    """Tries of strangers, counted against the one name there is."""
    return do(lambda s: s.scalar(select(SignInAttempts.failed_count).where(SignInAttempts.browser == b"")))


def wrong_digits(totp, clock):
    near = {totp.at(clock.at + timedelta(seconds=30 * step)) for step in (-1, 0, 1)}
    return next(digits for digits in ("000000", "111111", "222222", "333333") if digits not in near)


def test_a_dozen_guesses_at_once_are_five(totp):
    outcomes = together([lambda: password(WRONG)] * AT_ONCE)
    assert outcomes.count("sign_in_failed") == 5
    assert outcomes.count("sign_in_locked") == AT_ONCE - 5
    assert do(lambda s: audit.verify(s, make.WARD)) is None
    acts = do(lambda s: s.scalars(select(audit.AuditEntry.action).where(audit.AuditEntry.chain == make.WARD)).all())
    assert acts.count("staff.locked") == 1


def test_five_wrong_tries_lock_and_the_count_survives_the_refusal(totp, frozen_clock):
    for _ in range(5):
        with pytest.raises(staff_errors.SignInFailed):
            password(WRONG)
    with pytest.raises(staff_errors.SignInLocked) as locked:
        password()
    assert locked.value.params["minutes"] == 15
    frozen_clock.tick(timedelta(minutes=16))
    assert password()


def test_one_code_used_by_many_browsers_at_once_opens_one(totp, frozen_clock):
    halves = [password() for _ in range(4)]
    digits = totp.at(frozen_clock.at)
    outcomes = together([lambda half=half: code(half, digits) for half in halves])
    assert outcomes.count("totp_wrong") == 3
    opened = do(lambda s: s.scalar(select(func.count()).select_from(StaffSession).where(StaffSession.stage == "open")))
    assert opened == 2  # the one of the enrolment, and this one


def test_the_right_password_gives_its_own_try_back_and_no_other(totp):
    for _ in range(4):
        with pytest.raises(staff_errors.SignInFailed):
            password(WRONG)
    password()
    assert counted() == 4, "whoever knows the password cannot guess at the code for ever"


def test_guesses_at_the_code_lock_too_and_the_whole_sign_in_forgets_them(totp, frozen_clock):
    for _ in range(4):
        with pytest.raises(staff_errors.TotpWrong):
            code(password(), wrong_digits(totp, frozen_clock))
    code(password(), totp.at(frozen_clock.at))
    assert counted() == 0
    for _ in range(5):
        half = password()
        with pytest.raises(staff_errors.TotpWrong):
            code(half, wrong_digits(totp, frozen_clock))
    with pytest.raises(staff_errors.SignInLocked) as locked:
        password()
    assert locked.value.retry_after == 15 * 60 + 1


@pytest.mark.parametrize("username", ["thao", "khong.ai"])
def test_each_lock_is_twice_as_long_whoever_has_the_name(totp, frozen_clock, username):
    lengths = []
    for _ in range(6):
        for _ in range(5):
            with pytest.raises(staff_errors.SignInFailed):
                password(WRONG, username=username)
            frozen_clock.tick(timedelta(seconds=20))
        with pytest.raises(staff_errors.SignInLocked) as locked:
            password(WRONG, username=username)
        with pytest.raises(staff_errors.SignInLocked):
            password(username=f" {username.upper()}")
        lengths.append(locked.value.params["minutes"])
        frozen_clock.tick(timedelta(minutes=locked.value.params["minutes"], seconds=1))
    assert lengths == [15, 30, 60, 120, 240, 240]


def test_a_password_is_compared_with_nothing_as_long_as_with_a_hash():
    assert passwords.matches(PASSWORD, None) is False
    kept = PasswordHasher.from_parameters(extract_parameters(passwords.hashed(PASSWORD)))
    nobodys = extract_parameters(passwords._dummy_hash())
    assert (nobodys.memory_cost, nobodys.time_cost, nobodys.parallelism, nobodys.hash_len, nobodys.salt_len) == (
        kept.memory_cost, kept.time_cost, kept.parallelism, kept.hash_len, kept.salt_len,
    )  # fmt: skip


def test_guesses_are_forgotten_in_the_end(totp, frozen_clock):
    with pytest.raises(staff_errors.SignInFailed):
        password(WRONG, username="khong.ai")
    frozen_clock.tick(timedelta(days=31))
    do(cleanup.forget_expired)
    assert counted() is None


@pytest.mark.parametrize("username", ["", "\x00", "thao\x00", "x" * 10_000, "\ud800", "'; --", "%", "тhao"])
def test_odd_names_are_nobodys(totp, username):
    with pytest.raises((staff_errors.SignInFailed, staff_errors.SignInLocked)):
        password(PASSWORD, username=username)
    with pytest.raises(staff_errors.EnrolmentCodeWrong):
        do(lambda s: enrolment.begin_enrolment(s, username=username, code="x"))


@pytest.mark.parametrize("given", ["", "\x00", "x" * 100_000, "\ud800"])
def test_odd_passwords_and_codes_are_wrong(totp, given):
    with pytest.raises(staff_errors.SignInFailed):
        password(given)
    with pytest.raises(staff_errors.TotpWrong):
        code(password(), given)


@pytest.mark.parametrize("token", ["", "x", "\x00", "x" * 10_000, "\ud800"])
def test_odd_tokens_open_nothing(totp, token):
    assert do(lambda s: sign_in.staff_by_session(s, token)) is None
    with pytest.raises(staff_errors.SessionOver):
        code(token, "123456")


def signed_in(totp, clock):
    """A session that is open, and who sits at it."""
    token = code(password(), totp.at(clock.at))
    return do(lambda s: sign_in.staff_by_session(s, token))


def change(actor, old, new="một câu khác hẳn của riêng tôi"):
    do(lambda s: staff.change_password(s, actor, old=old, new=new))


def test_changing_the_password_is_no_way_to_guess_it(totp, frozen_clock):
    actor = signed_in(totp, frozen_clock)
    with pytest.raises(staff_errors.PasswordTooShort):
        change(actor, PASSWORD, new="ngắn")  # costs no try
    for _ in range(4):
        with pytest.raises(crypto.WrongPassword):
            change(actor, WRONG)
    change(actor, PASSWORD)
    for _ in range(5):
        with pytest.raises(crypto.WrongPassword):
            change(actor, WRONG)
    with pytest.raises(staff_errors.SignInLocked):
        change(actor, "một câu khác hẳn của riêng tôi", new=PASSWORD)
    assert counted() == 0, "who has found an open session locks nobody out of the door"


def test_guesses_at_the_door_do_not_lock_an_open_session(totp, frozen_clock):
    actor = signed_in(totp, frozen_clock)
    lock_out(WRONG)
    change(actor, PASSWORD)


def test_no_guess_keeps_a_newcomer_from_enrolling(totp):
    new = do(
        lambda s: staff.create_staff(s, OPERATOR, username="moi", name="Mới", role=Role.OFFICER, ward_id=make.WARD)
    )
    lock_out(WRONG, username="moi")
    for _ in range(6):
        with pytest.raises(staff_errors.EnrolmentCodeWrong):
            do(lambda s: enrolment.begin_enrolment(s, username="moi", code="x"))
    assert do(lambda s: enrolment.begin_enrolment(s, username="moi", code=new.enrolment_code))


def test_of_two_administrators_who_take_one_name_one_gets_it(real_db):
    do(make.make_ward)

    def create():
        return do(
            lambda s: staff.create_staff(s, OPERATOR, username="moi", name="Mới", role=Role.OFFICER, ward_id=make.WARD)
        )

    outcomes = together([create] * 4)
    assert outcomes.count("username_taken") == 3


def test_who_restores_the_wards_key_twice_at_once_gets_one_copy(real_db, frozen_clock):
    actor = do(lambda s: make.make_staff(s, make.make_ward(s), Role.CHIEF))
    paper = crypto.new_recovery_key()

    def keep_paper_alone(session):
        private = ward_keys.open_ward_key(session, actor, make.WARD)
        session.get_one(WardKey, make.WARD).recovery_box = crypto.seal_to_recovery(paper, private)
        session.execute(delete(WardGrant))

    do(keep_paper_alone)
    together([lambda: do(lambda s: ward_keys.restore_ward_key(s, actor, recovery_key=paper.text))] * 4)
    assert do(lambda s: s.scalar(select(func.count()).select_from(WardGrant))) == 1


@pytest.mark.parametrize("place", ["\x00", "0000x", "", "00000", "9" * 400])
def test_odd_places_are_refused_beside_the_field(session, place):
    make.make_ward(session)
    for where, role in (("ward_id", Role.OFFICER), ("province_code", Role.PROVINCE)):
        with pytest.raises(staff_errors.RoleNeedsPlace):
            staff.create_staff(session, OPERATOR, username="moi", name="Mới", role=role, **{where: place})
    assert not queries.list_staff(session, OPERATOR, ward_id=place or "x")
