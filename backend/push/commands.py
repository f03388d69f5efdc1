"""Registering and removing devices."""

from uuid import UUID, uuid4

from sqlalchemy import ScalarSelect, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend import clock
from backend.permissions import Action, Actor, Role, require
from backend.push.address import DeviceKind, PushAddress, address_hashes
from backend.push.errors import DeviceAreaUnknown, DeviceWardUnknown
from backend.push.models import Device
from backend.text import clean_line
from backend.wards.queries import has_areas, has_ward

LONGEST_PLATFORM = 40


def register_device(
    session: Session,
    actor: Actor,
    *,
    address: PushAddress,
    ward_id: str,
    area_id: UUID | None = None,
    platform: str | None = None,
) -> Device:
    """Send alerts of this ward or area to this device; an address that is registered already is updated.

    Nobody needs an account for this. A device of a signed-in resident belongs to their account until it is registered
    without one.
    Raises DeviceWardUnknown, DeviceAreaUnknown.
    """
    require(actor, Action.DEVICE_REGISTER)
    _check_place(session, ward_id, area_id)
    if platform is not None:
        platform = clean_line(platform, max_length=LONGEST_PLATFORM, field="platform")
    now = clock.this_hour()
    said = {
        "resident_id": actor.id if actor.role is Role.RESIDENT else None,
        "ward_id": ward_id,
        "area_id": area_id,
        "p256dh": address.p256dh,
        "auth": address.auth,
        "language": address.language,
        "platform": platform,
        "seen_at": now,
        "gone_at": None,
    }
    hashes = address_hashes(address.kind, address.address)
    again = update(Device).where(Device.id == _known(hashes)).values(address_hash=hashes[0], **said).returning(Device)
    new = insert(Device).values(
        id=uuid4(), kind=address.kind, address=address.address, address_hash=hashes[0], created_at=now, **said
    )
    upsert = new.on_conflict_do_update(index_elements=[Device.address_hash], set_=said).returning(Device)
    fresh = {"populate_existing": True}
    found = session.scalars(again, execution_options=fresh).one_or_none()
    return found or session.scalars(upsert, execution_options=fresh).one()


def unregister_device(session: Session, actor: Actor, *, kind: DeviceKind, address: str) -> None:
    """Send nothing to this device any more. Whoever knows the address may ask; an unknown address is no error."""
    require(actor, Action.DEVICE_REGISTER)
    session.execute(delete(Device).where(Device.address_hash.in_(address_hashes(kind, address))))


def forget_devices(session: Session, actor: Actor, *, resident_id: UUID) -> None:
    """Delete the devices of a resident who deletes their account."""
    require(actor, Action.ME_DELETE, owner_id=resident_id)
    session.execute(delete(Device).where(Device.resident_id == resident_id))


def _known(hashes: list[bytes]) -> ScalarSelect[UUID]:
    """The device that has this address, whichever key of the server its hash was made with."""
    known = select(Device.id).where(Device.address_hash.in_(hashes))
    return known.order_by((Device.address_hash == hashes[0]).desc()).limit(1).scalar_subquery()


def _check_place(session: Session, ward_id: str, area_id: UUID | None) -> None:
    if not has_ward(session, ward_id):
        raise DeviceWardUnknown(field="ward_code")
    if area_id is not None and not has_areas(session, ward_id, {area_id}):
        raise DeviceAreaUnknown(field="area_id")
