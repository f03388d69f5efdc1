"""What is done after the server's key was changed. The operator calls it, without an actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.push.address import DeviceKind, address_hashes
from backend.push.models import Device

AT_ONCE = 1000


@dataclass(frozen=True)
class Renewed:
    """How many devices of a page got another hash, and the last device that was looked at."""

    count: int
    last: UUID


def renew_hashes(session: Session, *, after: UUID) -> Renewed | None:
    """Hash the addresses of the next devices under the server's current key; None when there are no more.

    A device that has registered again since the change has two rows; the older one is deleted.
    """
    query = select(Device.id, Device.kind, Device.address, Device.address_hash).where(Device.id > after)
    rows = session.execute(query.order_by(Device.id).limit(AT_ONCE).with_for_update()).all()
    hashes = {row.id: address_hashes(DeviceKind(row.kind), row.address)[0] for row in rows}
    old = {row.id: hashes[row.id] for row in rows if row.address_hash != hashes[row.id]}
    twice = _registered(session, list(old.values()))
    session.execute(delete(Device).where(Device.id.in_([key for key, one in old.items() if one in twice])))
    changes = [{"id": key, "address_hash": one} for key, one in old.items() if one not in twice]
    if changes:
        session.execute(update(Device), changes)
    return Renewed(len(old), rows[-1].id) if rows else None


def _registered(session: Session, hashes: Sequence[bytes]) -> set[bytes]:
    return set(session.scalars(select(Device.address_hash).where(Device.address_hash.in_(hashes))))
