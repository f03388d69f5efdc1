"""Access to a ward's tips: the ward's private key, sealed once for each officer to whom a chief grants it."""

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

# built once, because sending a tip runs it
_RECEIVING = (
    select(WardKey, Ward.acknowledge_hours, Ward.verify_days)
    .join(Ward, Ward.code == WardKey.ward_id)
    .where(WardKey.ward_id == bindparam("ward"), Ward.active)
)


@dataclass(frozen=True)
class ReceivingWard:
    """A ward that takes tips: the public key to which they are sealed, and its deadlines."""

    public_key: bytes
    deadlines: Deadlines


def receiving_ward(session: Session, ward_id: str) -> ReceivingWard | None:
    """The ward's key and deadlines for a new tip; None if the ward does not take tips."""
    found = session.execute(_RECEIVING, {"ward": ward_id}).one_or_none()
    return None if found is None else ReceivingWard(found[0].public_key, Deadlines.chosen(*found[1:]))


def has_tip_access(session: Session, staff_id: UUID, ward_id: str) -> bool:
    """Whether this member of staff holds a copy of the ward's key and can still sign in."""
    query = select(WardGrant.staff_id).join(Staff, Staff.id == WardGrant.staff_id)
    query = query.where(WardGrant.ward_id == ward_id, WardGrant.staff_id == staff_id, Staff.disabled_at.is_(None))
    return session.scalar(query) is not None


def open_ward_key(session: Session, actor: Actor, ward_id: str) -> bytes:
    """The ward's private key, opened with the actor's private key. Never store or log it. Raises NoTipAccess."""
    grant = session.get(WardGrant, (ward_id, actor.id)) if actor.id else None
    if grant is None or actor.private_key is None or actor.ward_id != ward_id:
        raise NoTipAccess()
    return crypto.open_sealed(actor.private_key, grant.sealed_key)


def make_ward_key(session: Session, chief: Staff) -> crypto.RecoveryKey | None:
    """Make the key pair of a ward that has none, and grant it to this chief.

    Returns the recovery key to print, None if the ward has a key already.
    """
    if chief.role is not Role.CHIEF or chief.ward_id is None or chief.public_key is None:
        return None
    # locked, so that only one of two chiefs who enrol at once makes the key
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
    # the ward's key is locked before counting, so that two chiefs cannot take away the last two copies at once
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
    """A chief opens the ward's private key with the printed recovery key and gets a copy.

    Raises crypto.RecoveryKeyMalformed, crypto.RecoveryKeyWrong.
    """
    # the chief's row is locked: a second click makes no second copy, and no copy is made for a key being reset
    chief = access(session, actor, Action.TIP_ACCESS_GRANT, Staff, actor.id)
    key = session.get(WardKey, chief.ward_id)
    if key is None or chief.public_key is None:
        raise GrantNotPossible()
    private = crypto.open_with_recovery(recovery_key, key.recovery_box)
    key.public_key = crypto.public_half(private)  # stored under the server's key again, in case that was lost
    if session.get(WardGrant, (key.ward_id, chief.id)) is None:
        _seal_copy(session, chief, private, granted_by=chief.id)
    _record(session, actor, "tip_access.restore", chief)


def renew_recovery_key(session: Session, actor: Actor, *, password: str) -> str:
    """A chief who can open the tips gets a new recovery key to print, shown once; the earlier one no longer works.

    The chief enters their password again, so that nobody can take the ward's key with an open session alone. The slow
    hashing comes before the first use of `session`, so it holds no connection.
    Raises NoTipAccess, crypto.WrongPassword, SignInLocked, PasswordsBusy.
    """
    require(actor, Action.TIP_ACCESS_GRANT, ward_id=actor.ward_id)
    assert actor.ward_id is not None
    with unit_of_work(read_only=True) as reading:
        open_ward_key(reading, actor, actor.ward_id)  # refused before the password is checked
    with passwords.hashing_slot():
        account = reauthentication.account_of(actor)
        reauthentication.check_password(actor, account, password, field="password")
    chief = reauthentication.locked_account(session, actor, account, field="password")
    private = open_ward_key(session, actor, actor.ward_id)
    key = session.get_one(WardKey, actor.ward_id, with_for_update=True)
    recovery = crypto.new_recovery_key()
    key.recovery_box = crypto.seal_to_recovery(recovery, private)
    _record(session, actor, "tip_access.renew_recovery_key", chief)
    return recovery.text


def drop_grants(session: Session, staff: Staff) -> None:
    """Delete every copy that a member of staff holds, because their key or their account is closed."""
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
