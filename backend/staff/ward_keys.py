"""Who can open a ward's tips: one sealed copy of the ward's private key for each officer that a chief trusts."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from backend import audit, clock, crypto
from backend.access import access
from backend.db import unit_of_work
from backend.permissions import TIP_ROLES, Action, Actor, Role, require
from backend.staff import passwords, reauthentication
from backend.staff.errors import GrantNotPossible, LastGrant, NoTipAccess
from backend.staff.models import Staff, WardGrant, WardKey
from backend.wards.models import Ward
from backend.wards.queries import Deadlines

# built once: it is on the way of every tip
_RECEIVING = (
    select(WardKey, Ward.acknowledge_hours, Ward.verify_days)
    .join(Ward, Ward.code == WardKey.ward_id)
    .where(WardKey.ward_id == bindparam("ward"), Ward.active)
)


@dataclass(frozen=True)
class ReceivingWard:
    """A ward that takes tips: the key they are sealed to, and how soon it answers."""

    public_key: bytes
    deadlines: Deadlines


def receiving_ward(session: Session, ward_id: str) -> ReceivingWard | None:
    """What a tip needs to know of its ward; None when the ward does not take tips."""
    found = session.execute(_RECEIVING, {"ward": ward_id}).one_or_none()
    return None if found is None else ReceivingWard(found[0].public_key, Deadlines.chosen(*found[1:]))


def has_tip_access(session: Session, staff_id: UUID, ward_id: str) -> bool:
    """Whether this colleague holds a copy of the ward's key and may still sign in."""
    query = select(WardGrant.staff_id).join(Staff, Staff.id == WardGrant.staff_id)
    query = query.where(WardGrant.ward_id == ward_id, WardGrant.staff_id == staff_id, Staff.disabled_at.is_(None))
    return session.scalar(query) is not None


def open_ward_key(session: Session, actor: Actor, ward_id: str) -> bytes:
    """The ward's private key, opened with the actor's own. Raises NoTipAccess. Never store or log it."""
    grant = session.get(WardGrant, (ward_id, actor.id)) if actor.id else None
    if grant is None or actor.private_key is None or actor.ward_id != ward_id:
        raise NoTipAccess()
    return crypto.open_sealed(actor.private_key, grant.sealed_key)


def make_ward_key(session: Session, chief: Staff) -> crypto.RecoveryKey | None:
    """Give a ward without a key its pair, granted to this chief. Returns the key to print, None when it has one."""
    if chief.role is not Role.CHIEF or chief.ward_id is None or chief.public_key is None:
        return None
    # of two chiefs who enrol at once, one makes the key
    session.execute(select(Ward.code).where(Ward.code == chief.ward_id).with_for_update())
    if session.get(WardKey, chief.ward_id) is not None:
        return None
    pair, recovery = crypto.new_keypair(), crypto.new_recovery_key()
    box = crypto.seal_to_recovery(recovery, pair.private)
    session.add(WardKey(ward_id=chief.ward_id, public_key=pair.public, recovery_box=box, created_at=clock.now()))
    session.flush()  # the grant refers to it
    _seal_copy(session, chief, pair.private, granted_by=chief.id)
    return recovery


def grant_tip_access(session: Session, actor: Actor, *, staff_id: UUID) -> None:
    """A chief gives a colleague a copy of the ward's key. Raises GrantNotPossible, NoTipAccess, NotFound."""
    colleague = access(session, actor, Action.TIP_ACCESS_GRANT, Staff, staff_id)
    if colleague.role not in TIP_ROLES or colleague.public_key is None or colleague.enrolled_at is None:
        raise GrantNotPossible()
    if colleague.disabled_at is not None:
        raise GrantNotPossible()
    assert actor.ward_id is not None
    private = open_ward_key(session, actor, actor.ward_id)
    if session.get(WardGrant, (actor.ward_id, colleague.id)) is None:
        _seal_copy(session, colleague, private, granted_by=actor.id)
        _record(session, actor, "tip_access.grant", colleague)


def revoke_tip_access(session: Session, actor: Actor, *, staff_id: UUID) -> None:
    """A chief takes a colleague's copy away. Raises LastGrant: somebody must be able to open the tips."""
    colleague = access(session, actor, Action.TIP_ACCESS_GRANT, Staff, staff_id)
    # counted under the lock of the ward's key, so that two chiefs cannot take away the last two copies at once
    session.execute(select(WardKey.ward_id).where(WardKey.ward_id == colleague.ward_id).with_for_update())
    grant = session.get(WardGrant, (colleague.ward_id, colleague.id))
    if grant is None:
        return
    holders = select(func.count()).select_from(WardGrant).where(WardGrant.ward_id == colleague.ward_id)
    if (session.scalar(holders) or 0) <= 1:
        raise LastGrant()
    session.delete(grant)
    _record(session, actor, "tip_access.revoke", colleague)


def restore_ward_key(session: Session, actor: Actor, *, recovery_key: str) -> None:
    """A chief opens the ward's key with the printed one and gets a copy.

    Raises crypto.RecoveryKeyMalformed, crypto.RecoveryKeyWrong.
    """
    # their row is locked: whoever presses twice gets one copy, and none for a key that is being reset
    chief = access(session, actor, Action.TIP_ACCESS_GRANT, Staff, actor.id)
    key = session.get(WardKey, chief.ward_id)
    if key is None or chief.public_key is None:
        raise GrantNotPossible()
    private = crypto.open_with_recovery(recovery_key, key.recovery_box)
    key.public_key = crypto.public_half(private)  # vouched for anew, where the server's key was lost
    if session.get(WardGrant, (key.ward_id, chief.id)) is None:
        _seal_copy(session, chief, private, granted_by=chief.id)
    _record(session, actor, "tip_access.restore", chief)


def renew_recovery_key(session: Session, actor: Actor, *, password: str) -> str:
    """A chief who can open the tips prints a new recovery key; the paper before it opens nothing any more.

    Its text is shown this once. The chief's own password is asked for again: an open session alone must not be able
    to carry the ward's key away. `session` is asked only after the slow work, which holds no connection.
    Raises NoTipAccess, crypto.WrongPassword, SignInLocked, PasswordsBusy.
    """
    require(actor, Action.TIP_ACCESS_GRANT, ward_id=actor.ward_id)
    assert actor.ward_id is not None
    with unit_of_work(read_only=True) as reading:
        open_ward_key(reading, actor, actor.ward_id)  # whoever cannot is told so before a password is asked for
    with passwords.turn():
        account = reauthentication.account_of(actor)
        reauthentication.compare(actor, account, password, field="password")
    chief = reauthentication.locked(session, actor, account, field="password")
    private = open_ward_key(session, actor, actor.ward_id)
    key = session.get_one(WardKey, actor.ward_id, with_for_update=True)
    recovery = crypto.new_recovery_key()
    key.recovery_box = crypto.seal_to_recovery(recovery, private)
    _record(session, actor, "tip_access.renew_recovery_key", chief)
    return recovery.text


def drop_grants(session: Session, staff: Staff) -> None:
    """Take away every copy that a member of staff holds: their key is gone, or they are."""
    for grant in session.scalars(select(WardGrant).where(WardGrant.staff_id == staff.id)):
        session.delete(grant)


def _seal_copy(session: Session, staff: Staff, private: bytes, *, granted_by: UUID | None) -> None:
    assert staff.public_key is not None
    assert staff.ward_id is not None
    sealed = crypto.seal_to(staff.public_key, private)
    session.add(
        WardGrant(
            ward_id=staff.ward_id, staff_id=staff.id, sealed_key=sealed, granted_by=granted_by, granted_at=clock.now()
        )
    )


def _record(session: Session, actor: Actor, act: str, colleague: Staff) -> None:
    audit.record(
        session, actor, act, ward_id=colleague.ward_id, subject_type="staff", subject_id=colleague.id,
        details={"username": colleague.username},
    )  # fmt: skip
