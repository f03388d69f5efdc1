"""The public feed: alerts in force first, by severity and then the newest; then those that ended, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    SQLColumnExpression,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import rules
from backend.alerts.cap import PUBLIC_STATES, PublicState, State
from backend.alerts.models import Alert, AlertArea
from backend.db import UtcDateTime
from backend.errors import NotFound
from backend.numbers import RunningNumber, last_numbers
from backend.pages import Page, cursor_of, values_of
from backend.permissions import Action, Actor, require
from backend.wards.models import Area, Ward


@dataclass(frozen=True)
class AlertSummary:
    """One line of a ward's feed. `areas` empty: the whole ward. Texts are {"vi": …, "en": …|None}."""

    id: UUID
    ward_code: str
    ward_name: str
    issuer: dict[str, Any]
    message_type: str
    state: PublicState
    category: str
    kind: str
    urgency: str
    severity: str
    certainty: str
    headline: dict[str, Any]
    areas: Sequence[dict[str, str]]
    effective: datetime
    expires: datetime
    published_at: datetime
    is_drill: bool

    @property
    def good_until(self) -> datetime | None:
        """When it expires, and its state changes without anybody's act."""
        return self.expires if self.state is PublicState.IN_FORCE else None


@dataclass(frozen=True)
class PublicAlert(AlertSummary):
    """A published alert in full. `references` are the messages it follows, `replaced_by` the one that ended it."""

    description: dict[str, Any]
    instructions: dict[str, Any]
    said: dict[str, Any] | None
    truth: dict[str, Any] | None
    references: Sequence[UUID]
    replaced_by: UUID | None
    number: int
    version: int


@dataclass(frozen=True)
class FeedPage(Page[AlertSummary]):
    """`version`: of the ward's feed when it was read. `good_until`: when the first alert of the page expires."""

    version: int
    good_until: datetime | None


class _Place(NamedTuple):
    """Where a page ended. All pages are read as of the same moment, or an alert that expires could be seen twice."""

    as_of: datetime
    ended: int
    rank: int
    published_at: datetime
    id: UUID


_PLACE = (UtcDateTime, Integer(), Integer(), UtcDateTime, Uuid())


_LINE = (
    Alert.id, Alert.message_type, Alert.state, Alert.category, Alert.kind, Alert.urgency, Alert.severity,
    Alert.severity_rank, Alert.certainty, Alert.headline, Alert.effective, Alert.expires, Alert.published_at,
    Alert.is_drill,
)  # fmt: skip
_FULL = (
    Alert.description, Alert.instructions, Alert.said, Alert.truth, Alert.refers_to_id, Alert.replaced_by_id,
    Alert.number,
)  # fmt: skip
_OFFICE = (
    Ward.code, Ward.full_name, Ward.name, Ward.kind.label("ward_kind"),
    func.coalesce(RunningNumber.last, 0).label("version"),
)  # fmt: skip
# only a publication changes what the public sees, and it takes a number: the ward's last one is its feed's version
_IS_VERSION = and_(RunningNumber.ward_id == Ward.code, RunningNumber.counted == Alert.__tablename__)
_WARD, _MOST = bindparam("ward", type_=String), bindparam("most", type_=Integer)
_AS_OF = bindparam("as_of", type_=UtcDateTime)


def _areas(alert_id: SQLColumnExpression[UUID]) -> ColumnElement[Any]:
    """The areas of one alert in the form that the API gives out, in Vietnamese order."""
    line = func.jsonb_build_object("id", Area.id, "name", Area.name)
    query = select(func.jsonb_agg(aggregate_order_by(line, Area.sort_key, Area.id))).select_from(AlertArea)
    query = query.join(Area, Area.id == AlertArea.area_id).where(AlertArea.alert_id == alert_id)
    return query.scalar_subquery().label("areas")


def _page_query(*, live_after: bool = False, ended_after: bool = False) -> Select[Any]:
    """One query for a page: the ward, its feed's version, and its alerts in order, from a place on."""
    older = tuple_(Alert.published_at, Alert.id) < tuple_(
        bindparam("after_at", type_=UtcDateTime), bindparam("after_id", type_=Uuid)
    )
    rank = bindparam("after_rank", type_=Integer)
    live = select(*_LINE, literal(0).label("part")).where(
        Alert.ward_id == _WARD, Alert.state == State.PUBLISHED, Alert.expires > _AS_OF
    )
    if live_after:
        live = live.where(or_(Alert.severity_rank > rank, and_(Alert.severity_rank == rank, older)))
    over = or_(Alert.state != State.PUBLISHED, Alert.expires <= _AS_OF)
    ended = select(*_LINE, literal(1).label("part")).where(
        Alert.ward_id == _WARD, Alert.published_at.is_not(None), over
    )
    if ended_after:
        ended = ended.where(older)
    newest = (Alert.published_at.desc(), Alert.id.desc())
    parts = [ended.order_by(*newest).limit(_MOST).subquery()]
    if not ended_after:
        parts.insert(0, live.order_by(Alert.severity_rank, *newest).limit(_MOST).subquery())
    page = union_all(*(select(part) for part in parts)).subquery("page")
    in_order = (
        page.c.part, case((page.c.part == 0, page.c.severity_rank)), page.c.published_at.desc(), page.c.id.desc()
    )  # fmt: skip
    query = select(*_OFFICE, page, _areas(page.c.id)).outerjoin(RunningNumber, _IS_VERSION)
    return query.outerjoin(page, true()).where(Ward.code == _WARD).order_by(*in_order).limit(_MOST)


# built once: building them takes as long as reading a page
_FIRST = _page_query()
_AFTER_LIVE = _page_query(live_after=True)
_AFTER_ENDED = _page_query(ended_after=True)
_ONE = (
    select(*_LINE, *_FULL, *_OFFICE, _areas(Alert.id))
    .join(Ward, Ward.code == Alert.ward_id)
    .outerjoin(RunningNumber, _IS_VERSION)
    .where(Alert.id == bindparam("alert_id", type_=Uuid), Alert.state.in_(PUBLIC_STATES))
)


def public_feed(
    session: Session, actor: Actor, *, ward_id: str, cursor: str | None = None, limit: int = 20
) -> FeedPage:
    """One page of a ward's alerts. Raises NotFound (no such ward), CursorUnknown."""
    require(actor, Action.ALERT_READ)
    values = values_of(cursor or None, _PLACE)
    place = _Place(*values) if values else None
    as_of = place.as_of if place else clock.now()
    rows = _page(session, ward_id, as_of, place, limit + 1)
    if not rows:
        raise NotFound(field="ward")
    version = rows[0].version
    rows = [row for row in rows if row.id is not None]  # a ward without alerts is one row without an alert
    shown = rows[:limit]
    items = [AlertSummary(**_summary(row, as_of)) for row in shown]
    return FeedPage(
        items=items,
        next_cursor=cursor_of(_place_of(shown[-1], as_of)) if len(rows) > limit else None,
        version=version,
        good_until=min((item.good_until for item in items if item.good_until), default=None),
    )


def read_alert(session: Session, actor: Actor, *, alert_id: UUID) -> PublicAlert:
    """A published alert, in force or ended. Raises NotFound, also for one that is not public yet."""
    require(actor, Action.ALERT_READ)
    row = session.execute(_ONE, {"alert_id": alert_id}).one_or_none()
    if row is None:
        raise NotFound()
    return PublicAlert(
        **_summary(row, clock.now()),
        description=row.description,
        instructions=row.instructions,
        said=row.said,
        truth=row.truth,
        references=[row.refers_to_id] if row.refers_to_id else [],
        replaced_by=row.replaced_by_id,
        number=row.number,
        version=row.version,
    )


def feed_versions(session: Session) -> dict[str, int]:
    """The feed version of each ward that has published anything. The whole country has a few thousand wards."""
    return last_numbers(session, Alert)


def _page(session: Session, ward_id: str, as_of: datetime, after: _Place | None, most: int) -> list[Row[Any]]:
    params: dict[str, Any] = {"ward": ward_id, "as_of": as_of, "most": most}
    if after is None:
        return list(session.execute(_FIRST, params))
    params |= {"after_at": after.published_at, "after_id": after.id, "after_rank": after.rank}
    return list(session.execute(_AFTER_ENDED if after.ended else _AFTER_LIVE, params))


def _place_of(row: Row[Any], as_of: datetime) -> _Place:
    ended = rules.public_state(row.state, row.expires, as_of) is not PublicState.IN_FORCE
    return _Place(as_of, int(ended), row.severity_rank, row.published_at, row.id)


def _summary(row: Row[Any], as_of: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "ward_code": row.code,
        "ward_name": row.full_name,
        "issuer": rules.issuer(row.ward_kind, row.name).as_json(),
        "message_type": row.message_type,
        "state": rules.public_state(row.state, row.expires, as_of),
        "category": row.category,
        "kind": row.kind,
        "urgency": row.urgency,
        "severity": row.severity,
        "certainty": row.certainty,
        "headline": row.headline,
        "areas": row.areas or [],
        "effective": row.effective or row.published_at,
        "expires": row.expires,
        "published_at": row.published_at,
        "is_drill": row.is_drill,
    }
