"""Reading staff: who works where, and who can open tips."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, exists, select
from sqlalchemy.orm import Session

from backend.permissions import Action, Actor, Role, require
from backend.staff import throttle
from backend.staff.enums import AccountState
from backend.staff.models import Staff, WardGrant
from backend.wards.models import Ward
from backend.wards.rules import is_ward_code

# more than any ward has; an administrator looks at one ward at a time when the country has more
MOST_LISTED = 500
ORDER_OF_ROLES = (Role.CHIEF, Role.OFFICER, Role.ORGANISER, Role.COUNCIL, Role.PROVINCE, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class StaffFacts:
    """One colleague in the list of staff. `is_locked`: wrong tries keep the name from signing in for now."""

    id: UUID
    username: str
    name: str
    role: Role
    ward_id: str | None
    ward_name: str | None
    state: AccountState
    has_tip_access: bool
    enrolled_at: datetime | None
    is_locked: bool


@dataclass(frozen=True)
class TipReader:
    """A colleague who can open the ward's tips."""

    id: UUID
    name: str


def list_staff(session: Session, actor: Actor, *, ward_id: str | None = None) -> Sequence[StaffFacts]:
    """The staff of a ward (for its chief) or of all wards (for an administrator), by place, role and name.

    At most MOST_LISTED; one more if there are others.
    """
    ward_id = ward_id or actor.ward_id
    require(actor, Action.STAFF_LIST, ward_id=ward_id)
    granted = exists().where(WardGrant.staff_id == Staff.id).label("granted")
    query = select(Staff, Ward.full_name, granted).outerjoin(Ward, Ward.code == Staff.ward_id)
    if ward_id is not None:
        query = query.where(Staff.ward_id == (ward_id if is_ward_code(ward_id) else ""))
    rank = case({role: rank for rank, role in enumerate(ORDER_OF_ROLES)}, value=Staff.role, else_=len(ORDER_OF_ROLES))
    query = query.order_by(Ward.full_name.nulls_first(), Staff.ward_id, rank, Staff.name, Staff.id)
    rows = session.execute(query.limit(MOST_LISTED + 1)).all()
    locked = throttle.locked_names(session, [staff.username for staff, *_ in rows])
    return [_facts(one, ward_name, granted, one.username in locked) for one, ward_name, granted in rows]


def list_tip_readers(session: Session, actor: Actor) -> Sequence[TipReader]:
    """The staff of the actor's ward who can open its tips, by name."""
    require(actor, Action.TIP_LIST, ward_id=actor.ward_id)
    query = select(Staff.id, Staff.name).join(WardGrant, WardGrant.staff_id == Staff.id)
    query = query.where(WardGrant.ward_id == actor.ward_id, Staff.disabled_at.is_(None))
    return [TipReader(row.id, row.name) for row in session.execute(query.order_by(Staff.name, Staff.id))]


def _facts(staff: Staff, ward_name: str | None, granted: bool, is_locked: bool) -> StaffFacts:
    enrolled = AccountState.ACTIVE if staff.enrolled_at else AccountState.WAITING
    state = AccountState.DISABLED if staff.disabled_at else enrolled
    return StaffFacts(
        staff.id, staff.username, staff.name, staff.role, staff.ward_id, ward_name, state, granted,
        staff.enrolled_at, is_locked,
    )  # fmt: skip
