"""What staff see of the alerts of their ward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from backend import acts, clock
from backend.access import access
from backend.alerts import rules
from backend.alerts.cap import AUTHORING, PUBLIC_STATES, Act, PublicState, ReceiptEvent, State
from backend.alerts.content import Content
from backend.alerts.models import Alert, AlertEdit, AlertReceipt
from backend.alerts.rules import AlertAct
from backend.errors import DomainError
from backend.localized import Localized
from backend.pages import Order, Page, page_of, values_or_start
from backend.permissions import Action, Actor, require
from backend.staff.models import Staff
from backend.wards.models import Area, Ward


class View(StrEnum):
    """The views of the list of alerts, in the order in which staff work."""

    DRAFTS = "drafts"
    WAITING = "waiting"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    ENDED = "ended"
    ALL = "all"


LAST_CHANGED = Order((Alert.updated_at, Alert.id), descending=True)


@dataclass(frozen=True)
class StaffLine:
    """One line of the list. `expired`: its end has passed, whether or not it was published."""

    alert: Alert
    expired: bool


@dataclass(frozen=True)
class TrailEntry:
    """Who did what to an alert, when, and to which version (`content_hash`)."""

    act: Act
    at: datetime
    staff_id: UUID
    staff_name: str
    content_hash: str
    is_current: bool
    reason: str | None


@dataclass(frozen=True)
class OpenedAlert:
    """An alert as the panel shows it. `allowed`: what this reader may do with it now."""

    alert: Alert
    content: Content
    content_hash: str
    issuer: Localized
    public_state: PublicState | None
    area_names: Mapping[UUID, str]
    trail: Sequence[TrailEntry]
    allowed: frozenset[AlertAct]


@dataclass(frozen=True)
class ReceiptCounts:
    """How many phones reported each event; whoever opened an alert has also received it, and so on."""

    received: int = 0
    opened: int = 0
    read: int = 0
    safe: int = 0


def list_alerts(
    session: Session, actor: Actor, *, view: View = View.ALL, cursor: str | None = None, limit: int = 30
) -> Page[StaffLine]:
    """A page of the ward's alerts in a view, the last changed first."""
    require(actor, Action.ALERT_LIST, ward_id=actor.ward_id)
    now = clock.now()
    query = select(Alert).where(Alert.ward_id == actor.ward_id, _in_view(view, now))
    return page_of(
        session,
        query,
        LAST_CHANGED,
        make=lambda alert: StaffLine(alert, alert.expires <= now),
        after=values_or_start(cursor, LAST_CHANGED.types),
        limit=limit,
    )


def count_alerts(session: Session, actor: Actor) -> Mapping[View, int]:
    """How many alerts of the ward there are in each view."""
    require(actor, Action.ALERT_LIST, ward_id=actor.ward_id)
    now = clock.now()
    counts = [func.count(case((_in_view(view, now), 1))) for view in View]
    row = session.execute(select(*counts).where(Alert.ward_id == actor.ward_id)).one()
    return dict(zip(View, row, strict=True))


def count_to_approve(session: Session, actor: Actor) -> int:
    """How many alerts this person can approve now: the figure that every page of the panel shows."""
    require(actor, Action.ALERT_APPROVE, ward_id=actor.ward_id)
    own = select(AlertEdit.id).where(
        AlertEdit.alert_id == Alert.id, AlertEdit.staff_id == actor.id, AlertEdit.act.in_(AUTHORING)
    )
    waiting = select(func.count()).where(
        Alert.ward_id == actor.ward_id, _is(State.SUBMITTED), Alert.expires > clock.now(), ~own.exists()
    )
    return session.scalar(waiting) or 0


def open_alert(session: Session, actor: Actor, *, alert_id: UUID) -> OpenedAlert:
    """One alert with its trail. Raises NotFound."""
    alert = access(session, actor, Action.ALERT_LIST, Alert, alert_id, lock=False)
    trail = _trail(session, alert)
    is_public = alert.state in PUBLIC_STATES
    return OpenedAlert(
        alert=alert,
        content=alert.content(),
        content_hash=alert.computed_hash(),
        issuer=_issuer(session, alert.ward_id),
        public_state=rules.public_state(alert.state, alert.expires, clock.now()) if is_public else None,
        area_names=_area_names(session, alert),
        trail=trail,
        allowed=_allowed(actor, alert, trail),
    )


def _allowed(actor: Actor, alert: Alert, trail: Sequence[TrailEntry]) -> frozenset[AlertAct]:
    is_author = any(entry.staff_id == actor.id and entry.act in AUTHORING for entry in trail)
    has_expired = alert.expires <= clock.now()

    def refusal(act: AlertAct) -> DomainError | None:
        return rules.refusal(act, alert.state, alert.message_type, has_expired=has_expired, is_author=is_author)

    return acts.allowed(actor, alert, rules.NEEDS, refusal)


def count_receipts(session: Session, actor: Actor, *, alert_id: UUID) -> ReceiptCounts:
    """How many phones reported that they received, opened or read an alert, or that their owner is safe."""
    alert = access(session, actor, Action.ALERT_LIST, Alert, alert_id, lock=False)
    counted = alert.receipt_counts
    if counted is None:
        counted = {event.value: count for event, count in receipts_by_event(session, alert_id).items()}
    return ReceiptCounts(**{event.value: counted.get(event.value, 0) for event in ReceiptEvent})


def receipts_by_event(session: Session, alert_id: UUID) -> dict[ReceiptEvent, int]:
    """How many receipts of an alert are stored, by event."""
    query = select(AlertReceipt.event, func.count()).where(AlertReceipt.alert_id == alert_id)
    return dict(session.execute(query.group_by(AlertReceipt.event)).all())


def _in_view(view: View, now: datetime) -> ColumnElement[bool]:
    live = and_(Alert.state == State.PUBLISHED, Alert.expires > now)
    over = and_(Alert.state == State.PUBLISHED, Alert.expires <= now)
    ended = or_(over, Alert.state.in_((State.UPDATED, State.ALL_CLEAR, State.CANCELLED)))
    return {
        View.DRAFTS: _is(State.DRAFT),
        View.WAITING: _is(State.SUBMITTED),
        View.APPROVED: _is(State.APPROVED),
        View.IN_FORCE: live,
        View.ENDED: ended,
        View.ALL: Alert.state != State.DISCARDED,
    }[view]


def _is(state: State) -> ColumnElement[bool]:
    """A condition with the state written into the statement: with a parameter, PostgreSQL uses no partial index."""
    return Alert.state == literal(state, Alert.state.type, literal_execute=True)


def _trail(session: Session, alert: Alert) -> list[TrailEntry]:
    query = select(AlertEdit, Staff.name).join(Staff, Staff.id == AlertEdit.staff_id)
    rows = session.execute(query.where(AlertEdit.alert_id == alert.id).order_by(AlertEdit.id))
    return [
        TrailEntry(
            act=edit.act,
            at=edit.at,
            staff_id=edit.staff_id,
            staff_name=name,
            content_hash=edit.content_hash,
            is_current=edit.content_hash == alert.content_hash,
            reason=edit.reason,
        )
        for edit, name in rows
    ]


def _area_names(session: Session, alert: Alert) -> dict[UUID, str]:
    query = select(Area.id, Area.name).where(Area.id.in_(alert.area_ids)).order_by(Area.sort_key)
    return dict(session.execute(query).all())


def _issuer(session: Session, ward_id: str) -> Localized:
    kind, name = session.execute(select(Ward.kind, Ward.name).where(Ward.code == ward_id)).one()
    return rules.issuer(kind, name)
