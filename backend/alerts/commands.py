"""What staff do with alerts, and what phones report about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend import acts, audit, clock, crypto, jobs
from backend.access import access
from backend.alerts import rules
from backend.alerts.cap import AUTHORING, ENDS_AS, PUBLIC_STATES, Act, MessageType, ReceiptEvent, State
from backend.alerts.content import Content
from backend.alerts.errors import (
    AlertAreaUnknown,
    AlertChanged,
    AlertNotApproved,
    AlertNotInForce,
)
from backend.alerts.messages import AlertPublished
from backend.alerts.models import Alert, AlertEdit, AlertReceipt
from backend.alerts.rules import AlertAct
from backend.config import settings
from backend.errors import NotFound
from backend.localized import Localized
from backend.numbers import next_number
from backend.permissions import Action, Actor, require
from backend.text import clean_line, clean_text
from backend.wards.queries import has_areas


def draft_alert(session: Session, actor: Actor, *, content: Content) -> Alert:
    """Write a new alert for the actor's ward. Raises what is wrong with the content, with its field."""
    require(actor, Action.ALERT_DRAFT, ward_id=actor.ward_id)
    return _draft(session, actor, content, MessageType.ALERT, refers_to=None)


def edit_alert(session: Session, actor: Actor, *, alert_id: UUID, content: Content, seen_hash: str) -> Alert:
    """Change the content of an alert. It becomes a draft again, because an approval is valid for its own version only.

    `seen_hash`: the version on which the editor was opened. Raises AlertChanged if a colleague has saved since.
    """
    alert = access(session, actor, Action.ALERT_EDIT, Alert, alert_id)
    _refuse_other_version(alert, seen_hash)
    content = _checked(session, alert.ward_id, content)
    if content == alert.content():
        return alert
    _check(alert, AlertAct.EDIT)
    alert.become(State.DRAFT, at=clock.now())
    alert.set_content(content)
    _record(session, actor, alert, Act.EDITED)
    return alert


def submit_alert(session: Session, actor: Actor, *, alert_id: UUID) -> Alert:
    """Ask for approval of the alert as it stands. Raises AlertStateConflict unless it is a draft, AlertExpired."""
    alert = access(session, actor, Action.ALERT_SUBMIT, Alert, alert_id)
    _check(alert, AlertAct.SUBMIT)
    alert.become(State.SUBMITTED, at=clock.now())
    _record(session, actor, alert, Act.SUBMITTED)
    return alert


def approve_alert(session: Session, actor: Actor, *, alert_id: UUID, content_hash: str) -> Alert:
    """Approve the version with this hash, the one that the actor has read.

    Raises AlertStateConflict (it does not wait for approval), AlertOwnContent (the actor wrote or edited a version),
    AlertExpired, AlertChanged (there is another version now).
    """
    alert = access(session, actor, Action.ALERT_APPROVE, Alert, alert_id)
    _approve(session, actor, alert, content_hash)
    _record(session, actor, alert, Act.APPROVED)
    return alert


def reject_alert(session: Session, actor: Actor, *, alert_id: UUID, reason: str) -> Alert:
    """Send an alert back to its author, with a reason."""
    alert = access(session, actor, Action.ALERT_APPROVE, Alert, alert_id)
    _check(alert, AlertAct.REJECT)
    alert.become(State.DRAFT, at=clock.now())
    alert.approved_hash = alert.approved_by = None
    _record(session, actor, alert, Act.REJECTED, reason=clean_line(reason, rules.LONGEST_REASON, field="reason"))
    return alert


def publish_alert(session: Session, actor: Actor, *, alert_id: UUID) -> Alert:
    """Publish an approved alert and notify everyone it concerns.

    Raises AlertNotApproved (also if another version was approved), AlertExpired, AlertNotInForce (another message has
    already ended the one it refers to).
    """
    alert = access(session, actor, Action.ALERT_PUBLISH, Alert, alert_id)
    _publish(session, alert)
    _record(session, actor, alert, Act.PUBLISHED)
    return alert


def approve_and_publish_alert(session: Session, actor: Actor, *, alert_id: UUID, content_hash: str) -> Alert:
    """Approve and publish in one act. Raises the errors of both."""
    alert = access(session, actor, Action.ALERT_APPROVE, Alert, alert_id)
    require(actor, Action.ALERT_PUBLISH, ward_id=alert.ward_id)
    _approve(session, actor, alert, content_hash)
    _publish(session, alert)
    # the log's lock comes last, as everywhere, so that two publications never cause a deadlock
    _record(session, actor, alert, Act.APPROVED)
    _record(session, actor, alert, Act.PUBLISHED)
    return alert


def update_alert(session: Session, actor: Actor, *, alert_id: UUID, content: Content) -> Alert:
    """Draft an alert that will replace a published one. Raises AlertNotInForce."""
    earlier = _earlier_message(session, actor, alert_id, AlertAct.UPDATE)
    return _draft(session, actor, content, MessageType.UPDATE, refers_to=earlier)


def all_clear_alert(session: Session, actor: Actor, *, alert_id: UUID, content: Content) -> Alert:
    """Draft the all-clear of a published alert (rules.suggested proposes its content). Raises AlertNotInForce."""
    earlier = _earlier_message(session, actor, alert_id, AlertAct.ALL_CLEAR)
    return _draft(session, actor, content, MessageType.ALL_CLEAR, refers_to=earlier)


def cancel_alert(session: Session, actor: Actor, *, alert_id: UUID, reason: Localized) -> Alert:
    """Draft and submit the message that withdraws a published alert and says why; a second person approves it."""
    earlier = _earlier_message(session, actor, alert_id, AlertAct.CANCEL)
    english = clean_text(reason.en, rules.LONGEST_REASON, field="reason_en") if reason.en else None
    reason = Localized(clean_text(reason.vi, rules.LONGEST_REASON, field="reason"), english)
    content = rules.withdrawal(earlier.content(), reason, clock.now())
    alert = _draft(session, actor, content, MessageType.CANCEL, refers_to=earlier)
    alert.become(State.SUBMITTED, at=clock.now())
    _record(session, actor, alert, Act.SUBMITTED)
    return alert


def discard_alert(session: Session, actor: Actor, *, alert_id: UUID) -> Alert:
    """Discard an alert that was never published. Raises AlertStateConflict."""
    alert = access(session, actor, Action.ALERT_EDIT, Alert, alert_id)
    _check(alert, AlertAct.DISCARD)
    alert.become(State.DISCARDED, at=clock.now())
    alert.approved_hash = alert.approved_by = None
    _record(session, actor, alert, Act.DISCARDED)
    return alert


def record_receipt(session: Session, actor: Actor, *, alert_id: UUID, event: ReceiptEvent, reader: UUID) -> None:
    """Count that a phone received, opened or read a public alert, or that its owner is safe; once for each reader.

    `reader` is random for each installation. Only a keyed hash of it and the alert is stored, so that nobody can list
    what one phone has read. Receipts of an alert that ended long ago are not counted.
    """
    require(actor, Action.ALERT_RECEIPT)
    current, *former = crypto.keyed_hashes("alert receipt", alert_id.bytes + reader.bytes)
    counted = select(AlertReceipt.reader_hash).where(
        AlertReceipt.alert_id == alert_id,
        AlertReceipt.event == ReceiptEvent.RECEIVED,  # which every event implies
        AlertReceipt.reader_hash.in_(former),
    )
    public = select(Alert.ward_id, Alert.expires, counted.limit(1).scalar_subquery().label("counted_as"))
    found = session.execute(public.where(Alert.id == alert_id, Alert.state.in_(PUBLIC_STATES))).one_or_none()
    if found is None:
        raise NotFound()
    if clock.now() - found.expires > rules.RECEIPTS_COUNTED:
        return
    reader_hash = found.counted_as or current
    minute = clock.now().replace(second=0, microsecond=0)
    rows = [
        {"alert_id": alert_id, "event": implied, "reader_hash": reader_hash, "ward_id": found.ward_id, "at": minute}
        for implied in rules.IMPLIED[event]
    ]
    session.execute(insert(AlertReceipt).values(rows).on_conflict_do_nothing())


def _draft(
    session: Session, actor: Actor, content: Content, message_type: MessageType, *, refers_to: Alert | None
) -> Alert:
    ward_id = refers_to.ward_id if refers_to else actor.ward_id
    assert ward_id is not None
    now = clock.now()
    content = _checked(session, ward_id, content)
    alert = Alert(
        ward_id=ward_id,
        state=State.DRAFT,
        message_type=message_type,
        refers_to_id=refers_to.id if refers_to else None,
        first_id=refers_to.tag if refers_to else None,
        created_at=now,
        updated_at=now,
    )
    alert.set_content(content)
    session.add(alert)
    session.flush()  # the trail needs alert.id
    _record(session, actor, alert, Act.WRITTEN)
    return alert


def _earlier_message(session: Session, actor: Actor, alert_id: UUID, act: AlertAct) -> Alert:
    alert = access(session, actor, Action.ALERT_DRAFT, Alert, alert_id)
    _check(alert, act)
    return alert


def _check(alert: Alert, act: AlertAct, *, is_author: bool = False) -> None:
    """Raise what refuses the act in the alert's present state. Only approval needs `is_author`."""
    has_expired = alert.expires <= clock.now()
    acts.check(rules.refusal(act, alert.state, alert.message_type, has_expired=has_expired, is_author=is_author))


def _checked(session: Session, ward_id: str, content: Content) -> Content:
    content = rules.normalised(content)
    rules.check_times(content, clock.now(), settings().alert_longest_days)
    if not has_areas(session, ward_id, content.area_ids):
        raise AlertAreaUnknown(field="area_ids")
    return content


def _refuse_other_version(alert: Alert, seen_hash: str) -> None:
    if alert.computed_hash() != seen_hash:
        raise AlertChanged()


def _approve(session: Session, actor: Actor, alert: Alert, content_hash: str) -> None:
    wrote = select(AlertEdit.id).where(
        AlertEdit.alert_id == alert.id, AlertEdit.staff_id == actor.id, AlertEdit.act.in_(AUTHORING)
    )
    _check(alert, AlertAct.APPROVE, is_author=bool(session.scalar(select(wrote.exists()))))
    _refuse_other_version(alert, content_hash)
    alert.become(State.APPROVED, at=clock.now())
    alert.approved_hash, alert.approved_by = content_hash, actor.id


def _publish(session: Session, alert: Alert) -> None:
    now = clock.now()
    _check(alert, AlertAct.PUBLISH)
    if alert.approved_hash != alert.computed_hash():
        raise AlertNotApproved()
    if alert.refers_to_id is not None:
        _end_earlier(session, alert, now)
    alert.become(State.PUBLISHED, at=now)
    alert.number = next_number(session, Alert, ward_id=alert.ward_id)
    alert.published_at = now
    jobs.put(session, AlertPublished(alert_id=str(alert.id)))


def _end_earlier(session: Session, alert: Alert, now: datetime) -> None:
    query = select(Alert).where(Alert.id == alert.refers_to_id).with_for_update()
    earlier = session.scalars(query.execution_options(populate_existing=True)).one()
    if not rules.may_be_followed(earlier.state, earlier.message_type):
        raise AlertNotInForce()
    earlier.become(ENDS_AS[alert.message_type], at=now)
    earlier.ended_at, earlier.replaced_by_id = now, alert.id


def _record(session: Session, actor: Actor, alert: Alert, act: Act, *, reason: str | None = None) -> None:
    """Record the act in the alert's own trail and in the ward's log."""
    entry = AlertEdit(
        ward_id=alert.ward_id,
        alert_id=alert.id,
        staff_id=actor.id,
        act=act,
        at=clock.now(),
        content_hash=alert.content_hash,
        reason=reason,
    )
    session.add(entry)
    details = {"content_hash": alert.content_hash, "message_type": alert.message_type.value}
    audit.record(
        session, actor, f"alert.{act.value}", ward_id=alert.ward_id, subject_type="alert", subject_id=alert.id,
        details=details,
    )  # fmt: skip
