"""Reading accounts: who a token belongs to, and what residents see of their own account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend import clock, crypto
from backend.accounts.models import Resident, ResidentSession
from backend.config import settings
from backend.db import separate_unit_of_work
from backend.errors import SignInRequired
from backend.permissions import Action, Actor, Role, require
from backend.wards.models import Area
from backend.wards.queries import WardView, ward_of

NOTE_USE_EVERY = timedelta(hours=1)
LONGEST_TOKEN = 100


@dataclass(frozen=True)
class Me:
    """A resident's account as they see it; `phone` is E.164."""

    id: UUID
    phone: str
    name: str | None
    language: str
    ward: WardView | None
    area: Area | None
    created_at: datetime


@dataclass(frozen=True)
class OwnSession:
    """One signed-in phone of a resident."""

    id: UUID
    device_name: str | None
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    is_current: bool


def resident_by_token(session: Session, token: str) -> Actor | None:
    """Who signed in with this bearer token; None if it is unknown, ended or has not been used for too long.

    Use extends the session. It is noted once an hour, in a transaction of its own, because reading requests cannot
    write.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    query = select(Resident, ResidentSession).join(ResidentSession, ResidentSession.resident_id == Resident.id)
    now = clock.now()
    query = query.where(ResidentSession.token_hash == crypto.token_hash(token), ResidentSession.expires_at > now)
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    resident, opened = row
    if now - opened.last_used_at >= NOTE_USE_EVERY:
        _note_use(opened.id, now)
    return Actor(
        kind="resident",
        id=resident.id,
        role=Role.RESIDENT,
        name=resident.name,
        language=resident.language,
        session_id=opened.id,
    )


def _note_use(session_id: UUID, now: datetime) -> None:
    until = now + timedelta(days=settings().session_days)
    with separate_unit_of_work() as session:
        used = update(ResidentSession).where(ResidentSession.id == session_id)
        session.execute(used.values(last_used_at=clock.this_hour(), expires_at=until))


def read_me(session: Session, actor: Actor) -> Me:
    """The resident's own account."""
    require(actor, Action.ME_READ, owner_id=actor.id)
    resident = session.get(Resident, actor.id)
    if resident is None:
        raise SignInRequired()
    area = session.get(Area, resident.area_id) if resident.area_id else None
    return Me(
        id=resident.id,
        phone=resident.phone,
        name=resident.name,
        language=resident.language,
        ward=ward_of(session, resident.ward_id) if resident.ward_id else None,
        area=area,
        created_at=resident.created_at,
    )


def list_own_sessions(session: Session, actor: Actor) -> Sequence[OwnSession]:
    """The phones on which a resident is signed in: this one first, then the last used."""
    require(actor, Action.ME_READ, owner_id=actor.id)
    query = select(ResidentSession).where(
        ResidentSession.resident_id == actor.id, ResidentSession.expires_at > clock.now()
    )
    this_first = (ResidentSession.id == actor.session_id).desc()
    rows = session.scalars(query.order_by(this_first, ResidentSession.last_used_at.desc(), ResidentSession.id))
    return [
        OwnSession(
            row.id, row.device_name, row.created_at, row.last_used_at, row.expires_at, row.id == actor.session_id
        )
        for row in rows
    ]
