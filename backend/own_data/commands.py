"""The rights of residents over their data: export and deletion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backend import audit, clock
from backend.access import access
from backend.accounts import otp
from backend.accounts.models import Resident
from backend.accounts.queries import Me, OwnSession, list_own_sessions, read_me
from backend.errors import SignInRequired
from backend.permissions import Action, Actor
from backend.push.commands import forget_devices
from backend.push.queries import HeldDevice, devices_of


@dataclass(frozen=True)
class HeldData:
    """Everything that is stored about a resident. Tips are not included: nothing tells who sent them."""

    exported_at: datetime
    account: Me
    sessions: Sequence[OwnSession]
    devices: Sequence[HeldDevice]
    last_code_sent_at: datetime | None


def export_me(session: Session, actor: Actor) -> HeldData:
    """Export everything that is stored about the resident; the export is recorded in the log."""
    resident = _me(session, actor, Action.ME_READ)
    codes = otp.sent_codes(session, resident.phone)
    _record(session, actor, "resident.export", resident)
    return HeldData(
        exported_at=clock.now(),
        account=read_me(session, actor),
        sessions=list_own_sessions(session, actor),
        devices=devices_of(session, actor, resident_id=resident.id),
        last_code_sent_at=codes.sent_at if codes else None,
    )


def delete_me(session: Session, actor: Actor) -> None:
    """Delete the account with its sessions, devices and codes.

    The log keeps that it happened, under an id that no longer refers to anybody.
    """
    resident = _me(session, actor, Action.ME_DELETE)
    forget_devices(session, actor, resident_id=resident.id)
    otp.forget_phone(session, resident.phone)
    _record(session, actor, "resident.delete", resident)
    session.delete(resident)


def _me(session: Session, actor: Actor, action: Action) -> Resident:
    if actor.id is None:
        raise SignInRequired()
    return access(session, actor, action, Resident, actor.id)


def _record(session: Session, actor: Actor, act: str, resident: Resident) -> None:
    audit.record(session, actor, act, ward_id=resident.ward_id, subject_type="resident", subject_id=resident.id)
