"""Reading tips: the reporter by receipt, officers in a queue. The queue shows only what is stored in clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from backend import audit, clock
from backend.errors import NotFound
from backend.pages import Order, Page, page_of, values_or_start
from backend.permissions import Action, Actor, require
from backend.staff.models import Staff
from backend.tips import opening
from backend.tips.life import Category, Status
from backend.tips.models import Tip
from backend.tips.views import OpenedTip
from backend.wards.models import Area

SOON = timedelta(hours=24)
PAGE = 50
LARGEST_NUMBER = 2**31 - 1  # what the column holds


def open_by_receipt(session: Session, actor: Actor, *, receipt: str) -> OpenedTip:
    """The tip that a receipt opens, with its dialogue. Raises crypto.ReceiptMalformed, ReceiptUnknown."""
    require(actor, Action.TIP_OPEN)
    tip, key = opening.find_by_receipt(session, receipt)
    return opening.opened(session, actor, tip, key)


def photo_by_receipt(session: Session, actor: Actor, *, receipt: str, photo_id: UUID, size: str) -> bytes:
    """JPEG bytes of one of the reporter's own photos."""
    require(actor, Action.TIP_OPEN)
    tip, key = opening.find_by_receipt(session, receipt)
    picture = opening.photo_of(session, tip, key, photo_id=photo_id, size=size)
    if picture is None:
        raise NotFound()
    return picture


class View(StrEnum):
    """The views of the queue."""

    OPEN = "open"
    TO_ACKNOWLEDGE = "to_acknowledge"
    OVERDUE = "overdue"
    SOON = "soon"
    ANSWERS = "answers"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    CLOSED = "closed"


NEWEST_FIRST = frozenset({View.CLOSED, View.ANSWERS})


@dataclass(frozen=True)
class QueueFilter:
    """Which tips an officer wants to see."""

    view: View = View.OPEN
    status: Status | None = None
    category: Category | None = None
    area_id: UUID | None = None


@dataclass(frozen=True)
class QueueRow:
    """One row of the queue."""

    tip: Tip
    area_name: str | None
    assignee_name: str | None


BY_DEADLINE = Order((Tip.due_at, Tip.number))
BY_NUMBER = Order((Tip.number,), descending=True)


def list_tips(
    session: Session, actor: Actor, *, wanted: QueueFilter, cursor: str | None = None, limit: int = PAGE
) -> Page[QueueRow]:
    """A page of the ward's queue, the nearest deadline first; in the views NEWEST_FIRST the newest first."""
    require(actor, Action.TIP_LIST, ward_id=actor.ward_id)
    query = _filtered(actor, wanted, select(Tip, Area.name, Staff.name).outerjoin(Area).outerjoin(Staff))
    order = BY_NUMBER if wanted.view in NEWEST_FIRST else BY_DEADLINE
    after = values_or_start(cursor, order.types)
    return page_of(session, query, order, make=QueueRow, after=after, limit=limit)


def count_waiting(session: Session, actor: Actor) -> int:
    """How many tips nobody has acknowledged yet: the figure that every page of the panel shows."""
    require(actor, Action.TIP_LIST, ward_id=actor.ward_id)
    waiting = select(func.count()).where(Tip.ward_id == actor.ward_id, *_view(actor, View.TO_ACKNOWLEDGE))
    return session.scalar(waiting) or 0


def count_views(session: Session, actor: Actor) -> dict[str, int]:
    """How many tips there are in each view, and in each status (under "status:…")."""
    require(actor, Action.TIP_LIST, ward_id=actor.ward_id)
    counts = [func.count().filter(*_view(actor, view)).label(view) for view in View]
    row = session.execute(select(*counts).where(Tip.ward_id == actor.ward_id)).one()
    by_status = select(Tip.status, func.count()).where(Tip.ward_id == actor.ward_id).group_by(Tip.status)
    return dict(row._mapping) | {f"status:{status}": count for status, count in session.execute(by_status)}


def log_of_tip(session: Session, actor: Actor, *, tip_id: UUID, limit: int = 100) -> Sequence[audit.AuditEntry]:
    """The log's entries about one tip, the newest first."""
    require(actor, Action.TIP_LIST, ward_id=actor.ward_id)
    query = select(audit.AuditEntry).where(
        audit.AuditEntry.subject_type == "tip",
        audit.AuditEntry.subject_id == str(tip_id),
        audit.AuditEntry.chain == actor.ward_id,
    )
    return session.scalars(query.order_by(audit.AuditEntry.seq.desc()).limit(limit)).all()


def find_by_number(session: Session, actor: Actor, *, number: int) -> UUID | None:
    """The id of the ward's tip with that number, None if there is none."""
    require(actor, Action.TIP_LIST, ward_id=actor.ward_id)
    if number > LARGEST_NUMBER:
        return None
    return session.scalar(select(Tip.id).where(Tip.ward_id == actor.ward_id, Tip.number == number))


def has_new_words(session: Session, actor: Actor, *, number: int, seen: int) -> bool:
    """Whether the reporter of the tip with that number waits for a reply, and it has more than `seen` entries.

    Both are stored in clear. Nothing sealed is opened, so no reading is recorded.
    """
    require(actor, Action.TIP_LIST, ward_id=actor.ward_id)
    if number > LARGEST_NUMBER:
        return False
    mine = select(Tip.id).where(Tip.ward_id == actor.ward_id, Tip.number == number)
    return session.scalar(mine.where(*_view(actor, View.ANSWERS), Tip.entry_count > seen)) is not None


def _view(actor: Actor, view: View) -> list[ColumnElement[bool]]:
    now = clock.now()
    is_open = Tip.closed_at.is_(None)
    match view:
        case View.TO_ACKNOWLEDGE:
            return [is_open, Tip.status == Status.RECEIVED]
        case View.OVERDUE:
            return [is_open, Tip.due_at < now]
        case View.SOON:
            return [is_open, Tip.due_at >= now, Tip.due_at < now + SOON]
        case View.ANSWERS:
            return [Tip.has_answer.is_(True)]
        case View.MINE:
            return [is_open, Tip.assignee_id == actor.id]
        case View.UNASSIGNED:
            return [is_open, Tip.assignee_id.is_(None)]
        case View.CLOSED:
            return [Tip.closed_at.is_not(None)]
        case View.OPEN:
            return [is_open]


def _filtered(actor: Actor, wanted: QueueFilter, query: Select[Tip, str, str]) -> Select[Tip, str, str]:
    query = query.where(Tip.ward_id == actor.ward_id, *_view(actor, wanted.view))
    if wanted.status is not None:
        query = query.where(Tip.status == wanted.status)
    if wanted.category is not None:
        query = query.where(Tip.category == wanted.category)
    if wanted.area_id is not None:
        query = query.where(Tip.area_id == wanted.area_id)
    return query
