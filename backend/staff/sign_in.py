"""Signing in to the panel: password, then authenticator code, then a session that opens the person's private key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from backend import audit, clock, crypto
from backend.config import settings
from backend.db import separate_unit_of_work, unit_of_work
from backend.errors import NotFound
from backend.permissions import Action, Actor, require
from backend.staff import known_browsers, passwords, throttle
from backend.staff.enums import SessionStage
from backend.staff.errors import SessionOver, SignInFailed, TotpWrong
from backend.staff.models import Staff, StaffSession

UNFINISHED_FOR = timedelta(minutes=10)
NOTE_USE_EVERY = timedelta(minutes=1)
TOTP_SECONDS = 30
SIX_DIGITS = re.compile("[0-9]{6}")
USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]")


@dataclass(frozen=True)
class OwnSession:
    """One open session of a person, as they see it."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


def check_password(session: Session, *, username: str, password: str, known: str = "") -> str:
    """Step one: returns the token of a session in which the authenticator's code is missing. `known`: the cookie.

    The slow hashing comes before the first use of `session`, so it holds no connection. Raises SignInFailed (also for
    unknown names and closed accounts, after the same time), SignInLocked, PasswordsBusy.
    """
    with passwords.hashing_slot():
        with unit_of_work(read_only=True) as reading:
            staff = find_by_name(reading, username)
        browser = known_browsers.recognise(known, staff)
        locks = throttle.count_attempt(username, browser)
        if not passwords.matches(password, staff.password_hash if staff else None):
            _record_lock(staff, locks)
            raise SignInFailed(field="password")
        if staff is None or staff.disabled_at or not staff.enrolled_at:
            raise SignInFailed(field="password")
        wrapped = staff.wrapped_private_key or b""
        private = crypto.unwrap_private_key(wrapped, password, staff.kdf_salt or b"")
        # the password is needed to wrap it under the server's current key, and it is known only here
        renewed = crypto.wrap_private_key(private, password) if crypto.needs_new_wrapping(wrapped) else None
    throttle.uncount_attempt(username, browser)
    now = lock_staff(session, staff.id)
    if now is None or now.disabled_at or now.password_hash != staff.password_hash:  # it changed during the comparison
        raise SignInFailed(field="password")
    if renewed is not None:
        now.kdf_salt, now.wrapped_private_key = renewed
    return open_session(session, now, stage=SessionStage.PASSWORD, private_key=private)


def check_totp(session: Session, *, token: str, code: str, known: str = "") -> str:
    """Step two: returns the token of an open session and ends the unfinished one.

    A code works once. Raises TotpWrong, SignInLocked, SessionOver.
    """
    found, staff = unfinished_session(session, token, stage=SessionStage.PASSWORD)
    browser = known_browsers.recognise(known, staff)
    locks = throttle.count_attempt(staff.username, browser)
    if not use_totp(session, staff, code):
        _record_lock(staff, locks)
        raise TotpWrong(field="code")
    private = crypto.open_from_session(token, found.sealed_private_key or b"")
    session.delete(found)
    throttle.reset(session, staff.username, browser)
    opened = open_session(session, staff, stage=SessionStage.OPEN, private_key=private)
    record(session, staff, "staff.sign_in")
    return opened


def staff_by_session(session: Session, token: str, *, is_use: bool = True) -> Actor | None:
    """Who this open session belongs to, with their private key. None if it is unknown, over or idle for too long.

    `is_use` False: a page refreshes itself. That does not count as use, because the person may have left.
    """
    row = find_session(session, token, stage=SessionStage.OPEN)
    if row is None:
        return None
    found, staff = row
    if clock.now() - found.last_seen_at > timedelta(minutes=settings().staff_idle_minutes):
        return None
    if is_use and clock.now() - found.last_seen_at > NOTE_USE_EVERY:
        _note_use(found.id)
    return as_actor(staff, found, token)


def as_actor(staff: Staff, found: StaffSession, token: str) -> Actor:
    """The actor of this session."""
    box = found.sealed_private_key
    return Actor(
        kind="staff",
        id=staff.id,
        role=staff.role,
        ward_id=staff.ward_id,
        province_code=staff.province_code,
        name=staff.name,
        language=staff.language,
        session_id=found.id,
        private_key=crypto.open_from_session(token, box) if box else None,
    )


def open_session(session: Session, staff: Staff, *, stage: SessionStage, private_key: bytes | None) -> str:
    """Start a session and return its token. Only this token can open the private key again."""
    token, now = crypto.session_token(), clock.now()
    whole = timedelta(minutes=settings().staff_session_minutes)
    session.add(
        StaffSession(
            staff_id=staff.id,
            token_hash=crypto.token_hash(token),
            stage=stage,
            sealed_private_key=crypto.seal_for_session(token, private_key) if private_key else None,
            created_at=now,
            last_seen_at=now,
            expires_at=now + (whole if stage == SessionStage.OPEN else UNFINISHED_FOR),
        )
    )
    return token


def unfinished_session(session: Session, token: str, *, stage: SessionStage) -> tuple[StaffSession, Staff]:
    """An unfinished sign-in or enrolment and its person, both locked. Raises SessionOver."""
    row = find_session(session, token, stage=stage)
    # the person is locked first, as in every act on an account, so that two transactions never wait for each other
    if row is None or lock_staff(session, row[1].id) is None:
        raise SessionOver()
    row = find_session(session, token, stage=stage, lock=True)
    if row is None:
        raise SessionOver()
    return row


def lock_staff(session: Session, staff_id: UUID) -> Staff | None:
    """The account as it is now, locked until the end of the transaction.

    The lock lets other transactions insert rows that refer to the account: `_record_lock` does so in the meantime.
    """
    query = select(Staff).where(Staff.id == staff_id).with_for_update(key_share=True)
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def sign_out(session: Session, actor: Actor) -> None:
    """End the present session."""
    require(actor, Action.STAFF_SELF, owner_id=actor.id)
    session.execute(delete(StaffSession).where(StaffSession.id == actor.session_id))


def list_sessions(session: Session, actor: Actor) -> Sequence[OwnSession]:
    """The actor's open sessions, the last used first."""
    require(actor, Action.STAFF_SELF, owner_id=actor.id)
    query = select(StaffSession).where(
        StaffSession.staff_id == actor.id,
        StaffSession.stage == SessionStage.OPEN,
        StaffSession.expires_at > clock.now(),
    )
    rows = session.scalars(query.order_by(StaffSession.last_seen_at.desc(), StaffSession.id))
    return [OwnSession(row.id, row.created_at, row.last_seen_at, row.id == actor.session_id) for row in rows]


def revoke_session(session: Session, actor: Actor, *, session_id: UUID) -> None:
    """End one of the actor's sessions. Raises NotFound."""
    require(actor, Action.STAFF_SELF, owner_id=actor.id)
    gone = delete(StaffSession).where(StaffSession.id == session_id, StaffSession.staff_id == actor.id)
    if session.execute(gone.returning(StaffSession.id)).first() is None:
        raise NotFound()


def use_totp(session: Session, staff: Staff, code: str) -> bool:
    """Whether `code` is valid now (within one step of 30 s) and newer than the last one used. If so, it is used up."""
    digits = "".join(code.split())
    secret = staff.authenticator_secret
    if secret is None or not SIX_DIGITS.fullmatch(digits):
        return False
    totp = pyotp.TOTP(secret, interval=TOTP_SECONDS)
    now = int(clock.now().timestamp()) // TOTP_SECONDS
    for step in (now - 1, now, now + 1):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(step)):
            unused = or_(Staff.last_totp_step.is_(None), Staff.last_totp_step < step)
            used = update(Staff).where(Staff.id == staff.id, unused).values(last_totp_step=step)
            return session.execute(used.returning(Staff.id)).first() is not None
    return False


def _record_lock(staff: Staff | None, locks: bool) -> None:
    """Record the lock in a transaction of its own, because the request that caused it is rolled back."""
    if staff is not None and locks:
        with separate_unit_of_work() as apart:
            record(apart, staff, "staff.locked")


def find_by_name(session: Session, username: str) -> Staff | None:
    """The account with this name in any case; None if there is none."""
    name = username.strip().lower()
    if not USERNAME.fullmatch(name):
        return None
    return session.scalars(select(Staff).where(Staff.username == name)).one_or_none()


def find_session(
    session: Session, token: str, *, stage: SessionStage, lock: bool = False
) -> tuple[StaffSession, Staff] | None:
    """The session with this token, and its person. None if it is over, at another stage or of a closed account."""
    query = select(StaffSession, Staff).join(Staff, Staff.id == StaffSession.staff_id)
    query = query.where(
        StaffSession.token_hash == crypto.token_hash(token),
        StaffSession.stage == stage,
        StaffSession.expires_at > clock.now(),
        Staff.disabled_at.is_(None),
    )
    if lock:
        query = query.with_for_update(of=StaffSession).execution_options(populate_existing=True)
    row = session.execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def _note_use(session_id: UUID) -> None:
    """Note the use in a transaction of its own: reading counts too, and reading requests cannot write."""
    with separate_unit_of_work() as session:
        session.execute(update(StaffSession).where(StaffSession.id == session_id).values(last_seen_at=clock.now()))


def record(session: Session, staff: Staff, act: str) -> None:
    """Record what somebody did while signing in, before a session says who they are."""
    actor = Actor(kind="staff", id=staff.id, role=staff.role, ward_id=staff.ward_id, name=staff.name)
    audit.record(session, actor, act, ward_id=staff.ward_id, subject_type="staff", subject_id=staff.id)
