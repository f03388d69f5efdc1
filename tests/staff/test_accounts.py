"""Staff: made by an administrator, enrolled by themselves, signed in by password and code, trusted by a chief."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from backend import audit, crypto
from backend.errors import NotFound, NotPermitted, SignInRequired
from backend.permissions import NOBODY, Actor, Role
from backend.staff import commands as staff
from backend.staff import enrolment, sign_in, ward_keys
from backend.staff import errors as staff_errors
from backend.staff.enums import SessionStage
from backend.staff.models import Staff, StaffSession, WardGrant
from tests import make

ADMINISTRATOR = Actor(kind="operator", role=Role.ADMINISTRATOR)
PASSWORD = "ngõ nhỏ phố nhỏ nhà tôi ở đó"


def hire(session, ward, *, username="thao", role=Role.OFFICER):
    return staff.create_staff(
        session, ADMINISTRATOR, username=username, name="Nguyễn Thảo", role=role, ward_id=ward.code
    )


def begin(session, new):
    """The token of the first step."""
    token = enrolment.begin_enrolment(session, username=new.username, code=new.enrolment_code)
    session.flush()  # slow steps read in a transaction of their own
    return token


def enrol(session, new, clock):
    """All the way through: the actor, the authenticator, and what was printed."""
    token = begin(session, new)
    shown = enrolment.choose_password(session, token=token, password=PASSWORD)
    totp = pyotp.TOTP(shown.secret)
    done = enrolment.confirm_authenticator(session, token=token, code=totp.at(clock.at))
    session.flush()
    return sign_in.staff_by_session(session, done.token), totp, done.recovery_key


def sign_in_again(session, totp, clock, *, username="thao", password=PASSWORD):
    clock.tick(timedelta(seconds=60))
    half = sign_in.check_password(session, username=username, password=password)
    return sign_in.check_totp(session, token=half, code=totp.at(clock.at))


@pytest.fixture
def ward(session):
    return make.make_ward(session)


@pytest.fixture
def chief(session, ward, frozen_clock):
    return enrol(session, hire(session, ward, username="chi.huy", role=Role.CHIEF), frozen_clock)


def test_first_chief_makes_the_wards_key_and_prints_it_once(session, ward, chief, frozen_clock):
    actor, _, recovery = chief
    assert recovery is not None
    assert len(ward_keys.open_ward_key(session, actor, ward.code)) == 32
    second = enrol(session, hire(session, ward, username="pho", role=Role.CHIEF), frozen_clock)
    assert second[2] is None
    with pytest.raises(staff_errors.NoTipAccess):
        ward_keys.open_ward_key(session, second[0], ward.code)


def test_password_and_code_open_a_session_that_opens_the_key(session, ward, chief, frozen_clock):
    actor, totp, _ = chief
    token = sign_in_again(session, totp, frozen_clock, username="chi.huy")
    again = sign_in.staff_by_session(session, token)
    assert again.private_key == actor.private_key
    assert again.id == actor.id
    assert again.session_id != actor.session_id


def test_the_database_alone_opens_no_session_key(session, chief):
    row = session.scalars(select(StaffSession)).first()
    for wrong in (crypto.session_token(), row.token_hash.hex(), "x"):
        with pytest.raises(crypto.SealBroken):
            crypto.open_from_session(wrong, row.sealed_private_key)


def test_a_code_works_once(session, chief, frozen_clock):
    _, totp, _ = chief
    sign_in_again(session, totp, frozen_clock, username="chi.huy")
    half = sign_in.check_password(session, username="chi.huy", password=PASSWORD)
    with pytest.raises(staff_errors.TotpWrong):
        sign_in.check_totp(session, token=half, code=totp.at(frozen_clock.at))


def test_the_half_way_session_is_no_session(session, chief, frozen_clock):
    half = sign_in.check_password(session, username="chi.huy", password=PASSWORD)
    assert sign_in.staff_by_session(session, half) is None
    frozen_clock.tick(timedelta(minutes=11))
    with pytest.raises(staff_errors.SessionOver):
        sign_in.check_totp(session, token=half, code="000000")


@pytest.mark.parametrize(("username", "password"), [("chi.huy", "wrong password!"), ("nobody", PASSWORD),
                                                    ("chi.huy", "x" * 100_000), ("chi\x00huy", PASSWORD)])  # fmt: skip
def test_wrong_names_and_passwords_get_one_answer(session, chief, username, password):
    with pytest.raises(staff_errors.SignInFailed):
        sign_in.check_password(session, username=username.replace("\x00", ""), password=password)


def test_idle_and_whole_length_end_a_session(session, chief, frozen_clock):
    _, totp, _ = chief
    token = sign_in_again(session, totp, frozen_clock, username="chi.huy")
    frozen_clock.tick(timedelta(minutes=59))
    assert sign_in.staff_by_session(session, token)
    frozen_clock.tick(timedelta(minutes=61))
    assert sign_in.staff_by_session(session, token) is None


def test_owner_lists_and_revokes_sessions(session, chief, frozen_clock):
    actor, totp, _ = chief
    other = sign_in.staff_by_session(session, sign_in_again(session, totp, frozen_clock, username="chi.huy"))
    assert {row.is_current for row in sign_in.list_sessions(session, actor)} == {True, False}
    sign_in.revoke_session(session, actor, session_id=other.session_id)
    assert len(sign_in.list_sessions(session, actor)) == 1
    with pytest.raises(NotFound):
        sign_in.revoke_session(session, actor, session_id=other.session_id)


def test_a_session_begun_with_the_same_code_cannot_take_the_account_over(session, ward, frozen_clock):
    new = hire(session, ward)
    first, second = begin(session, new), begin(session, new)
    with pytest.raises(staff_errors.SessionOver):
        enrolment.choose_password(session, token=first, password=PASSWORD)
    enrolment.choose_password(session, token=second, password=PASSWORD)
    row = session.scalars(select(Staff).where(Staff.username == "thao")).one()
    late = sign_in.open_session(session, row, stage=SessionStage.ENROLLING, private_key=None)  # as if begun meanwhile
    secret = enrolment.show_authenticator(session, token=second).secret
    enrolment.confirm_authenticator(session, token=second, code=pyotp.TOTP(secret).at(frozen_clock.at))
    for act in (
        lambda: enrolment.choose_password(session, token=late, password=PASSWORD),
        lambda: enrolment.show_authenticator(session, token=late),
        lambda: enrolment.confirm_authenticator(session, token=late, code="000000"),
    ):
        with pytest.raises(staff_errors.SessionOver):
            act()


def test_enrolment_codes_end_and_are_used_once(session, ward, frozen_clock):
    new = hire(session, ward)
    enrol(session, new, frozen_clock)
    with pytest.raises(staff_errors.EnrolmentCodeWrong):
        enrolment.begin_enrolment(session, username="thao", code=new.enrolment_code)
    late = hire(session, ward, username="tre")
    frozen_clock.tick(timedelta(hours=73))
    with pytest.raises(staff_errors.EnrolmentCodeWrong):
        enrolment.begin_enrolment(session, username="tre", code=late.enrolment_code)


@pytest.mark.parametrize(
    "password",
    ["short", "123456123456", "123456789012", "098765432109", "qwertyuiop12", "Abcdefgh1234", "Matkhau12345",
     "passwordpassword", "aaaaaaaaaaaaaaaa", "thaothaothao"],
)  # fmt: skip
def test_weak_passwords_are_refused(session, ward, password):
    token = begin(session, hire(session, ward))
    with pytest.raises((staff_errors.PasswordTooShort, staff_errors.PasswordTooCommon)):
        enrolment.choose_password(session, token=token, password=password)


def test_a_password_that_is_too_long_is_told_so(session, ward):
    token = begin(session, hire(session, ward))
    with pytest.raises(staff_errors.PasswordTooLong) as refused:
        enrolment.choose_password(session, token=token, password=(PASSWORD * 10)[:201])
    assert refused.value.params["most"] == 200
    assert enrolment.choose_password(session, token=token, password=(PASSWORD * 10)[:200])


def test_chief_grants_and_revokes(session, ward, chief, frozen_clock):
    boss = chief[0]
    officer, *_ = enrol(session, hire(session, ward), frozen_clock)
    with pytest.raises(NotPermitted):
        ward_keys.grant_tip_access(session, officer, staff_id=officer.id)
    ward_keys.grant_tip_access(session, boss, staff_id=officer.id)
    assert ward_keys.open_ward_key(session, officer, ward.code) == ward_keys.open_ward_key(session, boss, ward.code)
    ward_keys.revoke_tip_access(session, boss, staff_id=officer.id)
    session.flush()
    with pytest.raises(staff_errors.NoTipAccess):
        ward_keys.open_ward_key(session, officer, ward.code)
    with pytest.raises(staff_errors.LastGrant):
        ward_keys.revoke_tip_access(session, boss, staff_id=boss.id)
    acts = session.scalars(select(audit.AuditEntry.action)).all()
    assert {"tip_access.grant", "tip_access.revoke"} <= set(acts)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COUNCIL])
def test_only_police_get_a_copy(session, ward, chief, frozen_clock, role):
    other, *_ = enrol(session, hire(session, ward, role=role), frozen_clock)
    with pytest.raises(staff_errors.GrantNotPossible):
        ward_keys.grant_tip_access(session, chief[0], staff_id=other.id)


def test_a_chief_cannot_reach_into_another_ward(session, chief, frozen_clock):
    other, *_ = enrol(session, hire(session, make.make_ward(session, "99002", name="Khác")), frozen_clock)
    with pytest.raises(NotFound):
        ward_keys.grant_tip_access(session, chief[0], staff_id=other.id)


def test_the_printed_key_restores_access(session, ward, chief, frozen_clock):
    boss, _, recovery = chief
    before = ward_keys.open_ward_key(session, boss, ward.code)
    new = staff.reset_staff(session, ADMINISTRATOR, staff_id=boss.id)
    again, *_ = enrol(session, new, frozen_clock)
    with pytest.raises(staff_errors.NoTipAccess):
        ward_keys.open_ward_key(session, again, ward.code)
    with pytest.raises(crypto.RecoveryKeyWrong):
        ward_keys.restore_ward_key(session, again, recovery_key=crypto.new_recovery_key().text)
    ward_keys.restore_ward_key(session, again, recovery_key=recovery)
    session.flush()
    assert ward_keys.open_ward_key(session, again, ward.code) == before


def test_a_new_printed_key_takes_the_place_of_the_lost_one(session, ward, chief, frozen_clock):
    actor, _, old = chief
    new = ward_keys.renew_recovery_key(session, actor, password=PASSWORD)
    second = enrol(session, hire(session, ward, username="pho", role=Role.CHIEF), frozen_clock)[0]
    with pytest.raises(staff_errors.NoTipAccess):
        ward_keys.renew_recovery_key(session, second, password=PASSWORD)
    with pytest.raises(crypto.RecoveryKeyWrong):
        ward_keys.restore_ward_key(session, second, recovery_key=old)
    ward_keys.restore_ward_key(session, second, recovery_key=new)
    assert ward_keys.open_ward_key(session, second, ward.code) == ward_keys.open_ward_key(session, actor, ward.code)
    officer = enrol(session, hire(session, ward, username="can.bo"), frozen_clock)[0]
    with pytest.raises(NotPermitted):
        ward_keys.renew_recovery_key(session, officer, password=PASSWORD)


def test_disabling_ends_sessions_and_takes_the_copy(session, ward, chief, frozen_clock):
    officer, totp, _ = enrol(session, hire(session, ward), frozen_clock)
    ward_keys.grant_tip_access(session, chief[0], staff_id=officer.id)
    token = sign_in_again(session, totp, frozen_clock)
    staff.disable_staff(session, ADMINISTRATOR, staff_id=officer.id)
    session.flush()
    assert sign_in.staff_by_session(session, token) is None
    assert session.get(WardGrant, (ward.code, officer.id)) is None
    with pytest.raises(staff_errors.SignInFailed):
        sign_in.check_password(session, username="thao", password=PASSWORD)


def test_changing_the_password_keeps_the_key_and_ends_other_sessions(session, chief, frozen_clock):
    actor, totp, _ = chief
    other = sign_in_again(session, totp, frozen_clock, username="chi.huy")
    new = "một mật khẩu khác hẳn, rất dài"
    with pytest.raises(crypto.WrongPassword):
        staff.change_password(session, actor, old="wrong", new=new)
    staff.change_password(session, actor, old=PASSWORD, new=new)
    session.flush()
    assert sign_in.staff_by_session(session, other) is None
    token = sign_in_again(session, totp, frozen_clock, username="chi.huy", password=new)
    assert sign_in.staff_by_session(session, token).private_key == actor.private_key


@pytest.mark.parametrize("username", ["ab", "Có Dấu", "a b c", "x" * 60, "-abc", "abc\n"])
def test_malformed_usernames_are_refused(session, ward, username):
    if username == "abc\n":
        username = "ab\nc"
    with pytest.raises(staff_errors.UsernameMalformed):
        hire(session, ward, username=username)


def test_roles_belong_to_their_place(session, ward):
    with pytest.raises(staff_errors.RoleNeedsPlace):
        staff.create_staff(session, ADMINISTRATOR, username="abc", name="x", role=Role.OFFICER)
    with pytest.raises(staff_errors.RoleNeedsPlace):
        staff.create_staff(session, ADMINISTRATOR, username="abc", name="x", role=Role.ADMINISTRATOR, ward_id=ward.code)
    hire(session, ward)
    with pytest.raises(staff_errors.UsernameTaken):
        hire(session, ward)


def test_only_administrators_manage_accounts(session, ward, chief):
    for actor in (NOBODY, chief[0]):
        with pytest.raises((NotPermitted, SignInRequired)):
            staff.create_staff(session, actor, username="abc", name="x", role=Role.OFFICER, ward_id=ward.code)
    assert session.scalars(select(Staff).where(Staff.username == "abc")).first() is None


def test_no_secret_of_an_account_rests_in_clear(session, chief):
    actor, totp, recovery = chief
    row = session.scalars(select(Staff)).one()
    kept = b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for value in (getattr(row, column.key) for column in Staff.__mapper__.column_attrs)
    )
    for secret in (PASSWORD.encode(), totp.secret.encode(), actor.private_key, recovery.encode()):
        assert secret not in kept
