"""What the ward's police do with a tip: open, acknowledge, verify, reply, assign, close. The log records each act."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import acts, audit, clock, crypto, jobs
from backend.access import access
from backend.audit import AuditEntry
from backend.errors import NotFound
from backend.packing import pack
from backend.permissions import Action, Actor, require
from backend.staff.models import StaffSession
from backend.staff.ward_keys import has_tip_access
from backend.text import clean_text
from backend.tips import opening, rules
from backend.tips.commands import add_entry
from backend.tips.errors import AssigneeWithoutAccess, TipNotOpened, TipStateConflict
from backend.tips.life import OUTCOMES, EntryAuthor, EntryKind, Status
from backend.tips.messages import TipUpdated
from backend.tips.models import Tip
from backend.tips.rules import NEEDS, TipAct
from backend.tips.sealed import unpack_address
from backend.tips.views import OpenedTip
from backend.wards.queries import deadlines_of


def open_tip(session: Session, actor: Actor, *, tip_id: UUID) -> OpenedTip:
    """Open a sealed tip for an officer. The log records who read it. Raises NoTipAccess, NotFound."""
    tip = access(session, actor, Action.TIP_READ, Tip, tip_id)
    key = opening.open_for_ward(session, actor, tip)
    _record(session, actor, "tip.read", tip)
    return opening.opened(session, actor, tip, key)


def view_photo(session: Session, actor: Actor, *, tip_id: UUID, photo_id: UUID, size: str) -> bytes:
    """The JPEG bytes of a photo, for an officer who has opened the tip since they signed in.

    Raises TipNotOpened (the log has no such reading), NotFound.
    """
    tip = access(session, actor, Action.TIP_READ, Tip, tip_id, lock=False)
    read = select(AuditEntry.id).where(
        AuditEntry.subject_type == "tip",
        AuditEntry.subject_id == str(tip.id),
        AuditEntry.action == "tip.read",
        AuditEntry.actor_id == actor.id,
        # a reading in an earlier session does not count
        AuditEntry.at >= select(StaffSession.created_at).where(StaffSession.id == actor.session_id).scalar_subquery(),
    )
    if session.scalar(read.limit(1)) is None:
        raise TipNotOpened()
    key = opening.open_for_ward(session, actor, tip)
    picture = opening.photo_of(session, tip, key, photo_id=photo_id, size=size)
    if picture is None:
        raise NotFound()
    return picture


def acknowledge_tip(session: Session, actor: Actor, *, tip_id: UUID, reason: str) -> Tip:
    """Tell the reporter that the ward has the tip. The deadline of verification counts from the hour of receipt."""
    tip, key = _begin(session, actor, TipAct.ACKNOWLEDGE, tip_id)
    _move(session, actor, tip, key, Status.ACKNOWLEDGED, reason=reason)
    return _notify_reporter(session, tip, key)


def acknowledge_new_tips(
    session: Session, actor: Actor, *, tip_ids: Collection[UUID], reasons: Mapping[str, str]
) -> int:
    """Acknowledge those of these tips that are new, all or none; returns how many.

    `reasons`: a text for each language, at least "vi". Each reporter gets it in the language they wrote in. Only this
    language is taken from the sealed content and nobody reads it, so no reading is recorded. Vietnamese is used if the
    content does not open or there is no text in its language.

    All tips are locked before the first entry in the log. The log's lock comes last, as everywhere, so that a colleague
    who opens one of the tips at the same time causes no deadlock.
    """
    require(actor, Action.TIP_ACKNOWLEDGE, ward_id=actor.ward_id)
    new = select(Tip.id).where(Tip.ward_id == actor.ward_id, Tip.id.in_(tip_ids), Tip.status == Status.RECEIVED)
    found = session.scalars(new.order_by(Tip.id).with_for_update()).all()
    for tip_id in found:
        tip, key = _begin(session, actor, TipAct.ACKNOWLEDGE, tip_id)
        reason = reasons.get(opening.language_of(tip, key) or "vi", reasons["vi"])
        _move(session, actor, tip, key, Status.ACKNOWLEDGED, reason=reason)
        _notify_reporter(session, tip, key)
    return len(found)


def verify_tip(session: Session, actor: Actor, *, tip_id: UUID, reason: str) -> Tip:
    """Start verification, or resume it when the missing information has come."""
    tip, key = _begin(session, actor, TipAct.VERIFY, tip_id)
    _move(session, actor, tip, key, Status.VERIFYING, reason=reason)
    return _notify_reporter(session, tip, key)


def reply_and_verify_tip(session: Session, actor: Actor, *, tip_id: UUID, text: str, reason: str) -> Tip:
    """Reply and start verification in one step, so that the reporter's phone is notified once."""
    require(actor, Action.TIP_VERIFY, ward_id=actor.ward_id)
    tip, key = _begin(session, actor, TipAct.REPLY, tip_id)
    acts.check(rules.refusal(TipAct.VERIFY, tip.status))
    _answer(session, actor, tip, key, text=text)
    _move(session, actor, tip, key, Status.VERIFYING, reason=reason)
    return _notify_reporter(session, tip, key)


def close_tip(session: Session, actor: Actor, *, tip_id: UUID, outcome: Status, reason: str) -> Tip:
    """Close a tip with an outcome (resolved, not_enough, rejected) and a reason, which the reporter reads."""
    if outcome not in OUTCOMES:
        raise TipStateConflict()
    tip, key = _begin(session, actor, TipAct.CLOSE, tip_id)
    _move(session, actor, tip, key, outcome, reason=reason)
    return _notify_reporter(session, tip, key)


def _begin(session: Session, actor: Actor, act: TipAct, tip_id: UUID) -> tuple[Tip, bytes]:
    """The tip, locked, and its data key. Raises the errors of _locked, and NoTipAccess."""
    tip = _locked(session, actor, act, tip_id)
    return tip, opening.open_for_ward(session, actor, tip)


def _locked(session: Session, actor: Actor, act: TipAct, tip_id: UUID) -> Tip:
    """The tip, locked. Raises the errors of access(), and the one that refuses the act in the tip's present state."""
    tip = access(session, actor, NEEDS[act], Tip, tip_id)
    acts.check(rules.refusal(act, tip.status))
    return tip


def _move(session: Session, actor: Actor, tip: Tip, key: bytes, status: Status, *, reason: str) -> None:
    reason = clean_text(reason, max_length=rules.LONGEST_REASON, field="reason")
    tip.become(status, at=clock.now(), due_at=_due(session, tip, status))
    add_entry(session, tip, key, kind=EntryKind.STATUS, author=EntryAuthor.STAFF, text=reason, status=status)
    _record(session, actor, f"tip.{status}", tip)


def _due(session: Session, tip: Tip, status: Status) -> datetime | None:
    """The deadline after the change. It is set when verification starts; changed settings do not move it later."""
    if not rules.starts_verification_clock(tip.status, status):
        return tip.due_at
    return rules.verify_by(tip.received_hour, deadlines_of(session, tip.ward_id).verify_days)


def reply_to_tip(session: Session, actor: Actor, *, tip_id: UUID, text: str) -> Tip:
    """Reply to the reporter in the dialogue. Raises TipClosed."""
    tip, key = _begin(session, actor, TipAct.REPLY, tip_id)
    _answer(session, actor, tip, key, text=text)
    return _notify_reporter(session, tip, key)


def _answer(session: Session, actor: Actor, tip: Tip, key: bytes, *, text: str) -> None:
    text = clean_text(text, max_length=rules.LONGEST_MESSAGE, field="text")
    add_entry(session, tip, key, kind=EntryKind.MESSAGE, author=EntryAuthor.STAFF, text=text)
    tip.has_answer = False
    _record(session, actor, "tip.reply", tip)


def assign_tip(session: Session, actor: Actor, *, tip_id: UUID, staff_id: UUID | None) -> Tip:
    """Give an open tip to a colleague who can open it, or to nobody. Raises AssigneeWithoutAccess, TipStateConflict."""
    tip = _locked(session, actor, TipAct.ASSIGN, tip_id)
    if staff_id is not None and not has_tip_access(session, staff_id, tip.ward_id):
        raise AssigneeWithoutAccess(field="staff_id")
    tip.assignee_id = staff_id
    _record(session, actor, "tip.assign", tip, {"to": str(staff_id) if staff_id else None})
    return tip


def _record(session: Session, actor: Actor, act: str, tip: Tip, details: dict[str, str | None] | None = None) -> None:
    audit.record(
        session, actor, act, ward_id=tip.ward_id, subject_type="tip", subject_id=tip.id,
        details={"number": tip.number, **(details or {})},
    )  # fmt: skip


def _notify_reporter(session: Session, tip: Tip, key: bytes) -> Tip:
    if tip.push_address is not None:
        address = pack(unpack_address(key, tip.id, tip.push_address))
        jobs.put(session, TipUpdated(sealed_address=crypto.seal_for_worker("tip-push", address)))
    return tip
