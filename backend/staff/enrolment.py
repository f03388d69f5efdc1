"""Enrolment: code, password, authenticator. It makes the person's key pair, and the ward's key with its first chief."""

import hmac
from dataclasses import dataclass, field

import pyotp
from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend import clock, crypto
from backend.db import unit_of_work
from backend.staff import passwords, sign_in, throttle
from backend.staff.commands import is_enrolment_code
from backend.staff.enums import SessionStage
from backend.staff.errors import EnrolmentCodeWrong, EnrolmentOver, SessionOver, TotpWrong
from backend.staff.models import Staff, StaffSession
from backend.staff.ward_keys import make_ward_key

ISSUER = "Bình Yên"


@dataclass(frozen=True)
class Authenticator:
    """What the authenticator app needs: a QR code of `uri`, or the `secret` to type in."""

    uri: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def grouped(self) -> str:
        """The secret in groups of four, which are easier to type; authenticators ignore the spaces."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


@dataclass(frozen=True)
class Enrolled:
    """The end of an enrolment. `token`: of an open session. `recovery_key`: to print now, it is never shown again; None
    when the ward has one already.
    """

    token: str = field(repr=False)
    recovery_key: str | None = field(repr=False)


def begin_enrolment(session: Session, *, username: str, code: str) -> str:
    """The token of a session in which a password can be chosen. It ends one that was begun before with the same code.

    Attempts are not counted: nobody guesses 80 random bits, and with a limit a stranger could lock the newcomer out.
    Raises EnrolmentCodeWrong.
    """
    staff = sign_in.find_by_name(session, username)
    # locked before it is read, so that of two browsers at once the second ends the session of the first
    staff = sign_in.lock_staff(session, staff.id) if staff else None
    if staff is None or staff.disabled_at is not None or not _is_right(staff, code):
        raise EnrolmentCodeWrong(field="code")
    earlier = delete(StaffSession).where(StaffSession.staff_id == staff.id)
    session.execute(earlier.where(StaffSession.stage == SessionStage.ENROLLING))
    return sign_in.open_session(session, staff, stage=SessionStage.ENROLLING, private_key=None)


def _is_right(staff: Staff, code: str) -> bool:
    if staff.enrol_code_hash is None or staff.enrol_expires_at is None or staff.enrol_expires_at < clock.now():
        return False
    try:
        return is_enrolment_code(code, staff.enrol_code_hash)
    except crypto.ReceiptMalformed:
        return False


def _enrolling(session: Session, token: str) -> tuple[StaffSession, Staff]:
    """The enrolling session and its person, locked. Raises EnrolmentOver, also when the code has been used."""
    try:
        found, staff = sign_in.unfinished_session(session, token, stage=SessionStage.ENROLLING)
    except SessionOver:
        raise EnrolmentOver() from None
    if staff.enrol_code_hash is None:
        raise EnrolmentOver()
    return found, staff


def _who_enrols(token: str) -> str:
    with unit_of_work(read_only=True) as session:
        row = sign_in.find_session(session, token, stage=SessionStage.ENROLLING)
    if row is None:
        raise EnrolmentOver()
    return row[1].username


def _own_key(token: str, found: StaffSession, staff: Staff) -> bytes | None:
    """The private key made in this session, None before there is one.

    Raises EnrolmentOver when another session has replaced it. The account then has the other session's password and
    authenticator, so whoever holds this session must not get in.
    """
    if found.sealed_private_key is None:
        return None
    private = crypto.open_from_session(token, found.sealed_private_key)
    if staff.public_key is None or not hmac.compare_digest(crypto.public_half(private), staff.public_key):
        raise EnrolmentOver()
    return private


def choose_password(session: Session, *, token: str, password: str) -> Authenticator:
    """Store the password, and make the key pair and the authenticator's secret. It can be repeated until they are used.

    The slow hashing comes before the first use of `session`, so it holds no connection. Raises PasswordTooShort,
    PasswordTooLong, PasswordTooCommon, PasswordsBusy, EnrolmentOver.
    """
    pair, secret = crypto.new_keypair(), pyotp.random_base32()
    with passwords.hashing_slot():
        passwords.check_new(password, username=_who_enrols(token))
        credentials = passwords.new_credentials(password, pair.private)
    found, staff = _enrolling(session, token)
    credentials.store_on(staff)
    staff.public_key = pair.public
    staff.authenticator_secret, staff.last_totp_step = secret, None
    found.sealed_private_key = crypto.seal_for_session(token, pair.private)
    return _authenticator(staff, secret)


def show_authenticator(session: Session, *, token: str) -> Authenticator | None:
    """The same authenticator again, for a page loaded twice. None before a password is chosen. Raises EnrolmentOver."""
    found, staff = _enrolling(session, token)
    secret = staff.authenticator_secret
    if _own_key(token, found, staff) is None or secret is None:
        return None
    return _authenticator(staff, secret)


def confirm_authenticator(session: Session, *, token: str, code: str) -> Enrolled:
    """Finish the enrolment: the first code proves that the authenticator works. Raises TotpWrong, EnrolmentOver."""
    found, staff = _enrolling(session, token)
    private = _own_key(token, found, staff)
    if private is None or not sign_in.use_totp(session, staff, code):
        raise TotpWrong(field="code")
    staff.enrolled_at = clock.now()
    staff.enrol_code_hash = staff.enrol_expires_at = None
    throttle.reset_all(session, staff.username)
    recovery = make_ward_key(session, staff)
    session.delete(found)
    sign_in.record(session, staff, "staff.enrol")
    opened = sign_in.open_session(session, staff, stage=SessionStage.OPEN, private_key=private)
    return Enrolled(opened, recovery.text if recovery else None)


def _authenticator(staff: Staff, secret: str) -> Authenticator:
    uri = pyotp.TOTP(secret).provisioning_uri(name=staff.username, issuer_name=ISSUER)
    return Authenticator(uri, secret)
