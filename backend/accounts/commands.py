"""What residents do with their account: sign in by phone, sign out, change their details."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypedDict
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend import clock, crypto
from backend.access import access
from backend.accounts import otp
from backend.accounts.errors import HomeAreaUnknown, HomeWardUnknown
from backend.accounts.models import Resident, ResidentSession
from backend.accounts.phone_numbers import read_phone
from backend.config import settings
from backend.errors import NotFound, SignInRequired
from backend.permissions import Action, Actor, Role, require
from backend.text import clean_line
from backend.wards.queries import has_areas, has_ward

LONGEST_NAME = 120
LONGEST_DEVICE_NAME = 80
MOST_SESSIONS = 20
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class SignedIn:
    """A new session. Only the hash of `token` is stored; `actor` is who acts with it."""

    token: str = field(repr=False)
    session: ResidentSession
    actor: Actor


class MeChanges(TypedDict, total=False):
    """What a resident changes; a missing key changes nothing, None removes the name, the ward or the area."""

    name: str | None
    language: str
    ward_id: str | None
    area_id: UUID | None


def request_code(session: Session, actor: Actor, *, phone: str, language: str) -> otp.CodeSent:
    """Send a one-time code to a phone, known or not. Raises PhoneInvalid, OtpTooMany."""
    require(actor, Action.SESSION_OPEN)
    return otp.send_code(read_phone(phone), language=_known(language))


def open_session(
    session: Session, actor: Actor, *, phone: str, code: str, device_name: str | None = None, language: str = "vi"
) -> SignedIn:
    """Sign in with the code; the first time makes the account. Only the 20 sessions that were last used stay.

    Raises PhoneInvalid, OtpWrong, OtpExpired, OtpLocked.
    """
    require(actor, Action.SESSION_OPEN)
    if device_name is not None:
        device_name = clean_line(device_name, LONGEST_DEVICE_NAME, field="device_name")
    number = read_phone(phone)
    otp.use_code(number, code)
    resident, token = _resident(session, number, language), crypto.session_token()
    now = clock.this_hour()
    opened = ResidentSession(
        resident_id=resident.id,
        token_hash=crypto.token_hash(token),
        device_name=device_name,
        created_at=now,
        last_used_at=now,
        expires_at=now + timedelta(days=settings().session_days),
    )
    session.add(opened)
    session.flush()  # counted below
    _end_oldest(session, opened)
    actor = Actor(
        kind="resident", id=resident.id, role=Role.RESIDENT, name=resident.name, language=resident.language,
        session_id=opened.id,
    )  # fmt: skip
    return SignedIn(token, opened, actor)


def _resident(session: Session, phone: str, language: str) -> Resident:
    """The account of a phone, created if there is none. Two sign-ins at once create only one."""
    now = clock.this_hour()
    new = insert(Resident).values(id=uuid4(), phone=phone, language=_known(language), created_at=now)
    session.execute(new.on_conflict_do_nothing(index_elements=[Resident.phone]))
    return session.scalars(select(Resident).where(Resident.phone == phone).with_for_update()).one()


def _end_oldest(session: Session, opened: ResidentSession) -> None:
    others = (ResidentSession.resident_id == opened.resident_id, ResidentSession.id != opened.id)
    latest = select(ResidentSession.id).where(*others)
    latest = latest.order_by(ResidentSession.last_used_at.desc(), ResidentSession.created_at.desc())
    kept = latest.limit(MOST_SESSIONS - 1)
    session.execute(delete(ResidentSession).where(*others, ResidentSession.id.not_in(kept)))


def end_session(session: Session, actor: Actor, *, session_id: UUID | None = None) -> None:
    """End one of the actor's sessions, by default the present one. Raises NotFound."""
    require(actor, Action.ME_UPDATE, owner_id=actor.id)
    key = actor.session_id if session_id is None else session_id
    gone = delete(ResidentSession).where(ResidentSession.id == key, ResidentSession.resident_id == actor.id)
    if session.execute(gone.returning(ResidentSession.id)).first() is None:
        raise NotFound()


def update_me(session: Session, actor: Actor, *, changes: MeChanges) -> Resident:
    """Change name, language or home. A change of the ward removes the area, unless a new one is given too.

    Raises HomeWardUnknown, HomeAreaUnknown and the errors of backend.text.
    """
    if actor.id is None:
        raise SignInRequired()
    resident = access(session, actor, Action.ME_UPDATE, Resident, actor.id)
    if "name" in changes:
        name = changes["name"]
        resident.name = None if name is None else clean_line(name, LONGEST_NAME, field="name")
    if "language" in changes:
        resident.language = _known(changes["language"])
    if "ward_id" in changes and changes["ward_id"] != resident.ward_id:
        _move(session, resident, changes["ward_id"])
    if "area_id" in changes:
        _choose_area(session, resident, changes["area_id"])
    session.flush()  # the ward and the area are read back
    return resident


def _move(session: Session, resident: Resident, ward_id: str | None) -> None:
    if ward_id is not None and not has_ward(session, ward_id):
        raise HomeWardUnknown(field="ward_code")
    resident.ward_id, resident.area_id = ward_id, None


def _choose_area(session: Session, resident: Resident, area_id: UUID | None) -> None:
    if area_id is not None and not has_areas(session, resident.ward_id, {area_id}):
        raise HomeAreaUnknown(field="area_id")
    resident.area_id = area_id


def _known(language: str) -> str:
    return language if language in LANGUAGES else settings().default_language
