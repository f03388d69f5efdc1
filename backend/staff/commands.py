"""Managing accounts of staff. Administrators do it, and they never hold a ward's key."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend import audit, clock, crypto
from backend.access import access
from backend.errors import NotFound
from backend.permissions import STAFF_ROLES, Action, Actor, Role, require
from backend.staff import passwords, reauthentication, sign_in, throttle
from backend.staff.errors import NotYourself, RoleNeedsPlace, UsernameMalformed, UsernameTaken
from backend.staff.models import Staff, StaffSession
from backend.staff.ward_keys import drop_grants
from backend.text import clean_line
from backend.wards.queries import has_province, ward_of

ENROLMENT_VALID = timedelta(hours=72)
ENROLMENT = "enrolment"  # what the keyed hash of a code is for
WARD_ROLES = frozenset({Role.OFFICER, Role.CHIEF, Role.ORGANISER, Role.COUNCIL})


@dataclass(frozen=True)
class NewStaff:
    """A new account. `enrolment_code` is shown once, for the person, and only its hash is stored."""

    id: UUID
    username: str
    enrolment_code: str


def create_staff(
    session: Session,
    actor: Actor,
    *,
    username: str,
    name: str,
    role: Role,
    ward_id: str | None = None,
    province_code: str | None = None,
) -> NewStaff:
    """Create an account; its owner must enrol within 72 hours.

    Raises UsernameMalformed, UsernameTaken, RoleNeedsPlace, and the errors of backend.text for the name.
    """
    require(actor, Action.STAFF_MANAGE)
    username = username.strip().lower()
    if not sign_in.USERNAME.fullmatch(username):
        raise UsernameMalformed(field="username")
    if session.scalar(select(exists().where(Staff.username == username))):
        raise UsernameTaken(field="username")
    _check_place(session, role, ward_id, province_code)
    staff = Staff(
        username=username,
        name=clean_line(name, 120, field="name"),
        role=role,
        ward_id=ward_id,
        province_code=province_code,
        created_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(staff)
    except IntegrityError:  # somebody else took the name after the check above
        raise UsernameTaken(field="username") from None
    code = _issue_code(staff)
    _record(session, actor, "staff.create", staff)
    return NewStaff(staff.id, username, code)


def reset_staff(session: Session, actor: Actor, *, staff_id: UUID) -> NewStaff:
    """Issue a new enrolment code when somebody lost password or phone.

    Their key is lost too, so a chief must grant access to tips again.
    """
    staff = access(session, actor, Action.STAFF_MANAGE, Staff, staff_id)
    staff.password_hash = staff.totp_secret = staff.public_key = staff.wrapped_private_key = staff.kdf_salt = None
    staff.last_totp_step = staff.enrolled_at = None
    throttle.reset_all(session, staff.username)
    drop_grants(session, staff)
    _end_sessions(session, staff)
    _record(session, actor, "staff.reset", staff)
    return NewStaff(staff.id, staff.username, _issue_code(staff))


def disable_staff(session: Session, actor: Actor, *, staff_id: UUID) -> None:
    """Close an account: end its sessions and delete its copy of the ward's key. Raises NotYourself."""
    staff = access(session, actor, Action.STAFF_MANAGE, Staff, staff_id)
    if staff.id == actor.id:
        raise NotYourself()
    staff.disabled_at = clock.now()
    drop_grants(session, staff)
    _end_sessions(session, staff)
    _record(session, actor, "staff.disable", staff)


def enable_staff(session: Session, actor: Actor, *, staff_id: UUID) -> None:
    """Open a closed account again. A chief must grant access to tips again."""
    staff = access(session, actor, Action.STAFF_MANAGE, Staff, staff_id)
    staff.disabled_at = None
    _record(session, actor, "staff.enable", staff)


def unlock_staff(session: Session, actor: Actor, *, staff_id: UUID) -> None:
    """Reset the failed attempts to sign in, so that the person need not wait. Password, key and access stay."""
    staff = access(session, actor, Action.STAFF_UNLOCK, Staff, staff_id)
    throttle.reset_all(session, staff.username)
    _record(session, actor, "staff.unlock", staff)


def change_password(session: Session, actor: Actor, *, old: str, new: str) -> None:
    """Change one's own password; the private key is encrypted under the new one.

    The slow hashing comes before the first use of `session`, so it holds no connection. Raises crypto.WrongPassword,
    SignInLocked and the errors of `passwords`.
    """
    require(actor, Action.STAFF_SELF, owner_id=actor.id)
    with passwords.hashing_slot():
        account = reauthentication.account_of(actor)
        passwords.check_new(new, username=account.username)
        reauthentication.check_password(actor, account, old, field="old")
        private = crypto.unwrap_private_key(account.wrapped_private_key or b"", old, account.kdf_salt or b"")
        credentials = passwords.new_credentials(new, private)
    staff = reauthentication.locked_account(session, actor, account, field="old")
    credentials.store_on(staff)
    others = delete(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.id != actor.session_id)
    session.execute(others)
    _record(session, actor, "staff.change_password", staff)


def set_language(session: Session, actor: Actor, *, language: str) -> None:
    """Set the panel's language for oneself: vi | en."""
    if actor.id is None:
        raise NotFound()
    access(session, actor, Action.STAFF_SELF, Staff, actor.id).language = "en" if language == "en" else "vi"


def _issue_code(staff: Staff) -> str:
    code = crypto.new_receipt().text
    staff.enrol_code_hash = crypto.keyed_hash(ENROLMENT, crypto.Receipt.parse(code).secret)
    staff.enrol_expires_at = clock.now() + ENROLMENT_VALID
    return code


def is_enrolment_code(code: str, stored: bytes) -> bool:
    """Whether `code` is the one with this stored hash. Raises crypto.ReceiptMalformed.

    A code is 80 random bits, written and read in the form of a receipt.
    """
    return crypto.is_hash_of(stored, ENROLMENT, crypto.Receipt.parse(code).secret)


def _check_place(session: Session, role: Role, ward_id: str | None, province_code: str | None) -> None:
    needs_ward, needs_province = role in WARD_ROLES, role is Role.PROVINCE
    if role not in STAFF_ROLES or needs_ward != bool(ward_id) or needs_province != bool(province_code):
        raise RoleNeedsPlace(field="role")
    if ward_id and ward_of(session, ward_id) is None:
        raise RoleNeedsPlace(field="ward_id")
    if province_code and not has_province(session, province_code):
        raise RoleNeedsPlace(field="province_code")


def _end_sessions(session: Session, staff: Staff) -> None:
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))


def _record(session: Session, actor: Actor, act: str, staff: Staff) -> None:
    audit.record(
        session, actor, act, ward_id=staff.ward_id, subject_type="staff", subject_id=staff.id,
        details={"username": staff.username, "role": staff.role},
    )  # fmt: skip
