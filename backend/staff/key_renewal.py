"""What is done after the server's key was changed. The operator calls it, without an actor."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import crypto
from backend.staff.models import Staff, WardKey


@dataclass(frozen=True)
class Renewal:
    """How many rows were sealed under the server's current key, and whose seals open under no key that it knows."""

    renewed: int
    broken: Sequence[str]


def renew_seals(session: Session) -> Renewal:
    """Seal the public keys of wards and staff, and the secrets of authenticators, under the server's current key."""
    wards = session.scalars(select(WardKey).order_by(WardKey.ward_id).with_for_update())
    people = session.scalars(select(Staff).order_by(Staff.id).with_for_update(key_share=True))
    sealed: list[tuple[str, WardKey | Staff]] = [(key.ward_id, key) for key in wards]
    sealed += [(staff.username, staff) for staff in people]
    renewed, broken = 0, []
    for name, row in sealed:
        try:
            renewed += row.renew_seals()
        except crypto.SealBroken:
            broken.append(name)
    return Renewal(renewed, broken)


def to_sign_in(session: Session) -> Sequence[str]:
    """The names of those whose private key is sealed under a former key of the server until they sign in again."""
    query = select(Staff.username, Staff.wrapped_private_key).where(Staff.wrapped_private_key.is_not(None))
    rows = session.execute(query.order_by(Staff.username))
    return [username for username, wrapped in rows if crypto.needs_new_wrapping(wrapped or b"")]
