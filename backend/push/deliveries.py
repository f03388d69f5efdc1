"""Deliveries of an alert: who gets it is listed once, in chunks, and each delivery is kept until it is settled.

The worker calls these functions and has no actor: the permission was checked when the alert was published.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend import clock, jobs
from backend.push.address import PushAddress
from backend.push.enums import Channel, DeliveryState
from backend.push.messages import AudienceWaiting, ChunkReady, SmsChunkReady
from backend.push.models import Delivery, Device, Dispatch

CHUNK = 1000
CHUNKS_PER_STEP = 5
KEEP_GONE = timedelta(days=30)
BEFORE_FIRST = UUID(int=0)


@dataclass(frozen=True)
class Audience:
    """Whom an alert is for: a ward, or some of its areas (empty: all of them)."""

    ward_id: str
    area_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class DueDevice:
    """A device that waits for the alert; `tries`: how many have failed so far."""

    device_id: UUID
    address: PushAddress
    tries: int


@dataclass(frozen=True)
class Retry:
    """When a delivery that failed for now is due again, and how many tries have failed."""

    at: datetime
    tries: int


def list_audience(session: Session, *, alert_id: UUID, audience: Audience, after: UUID) -> int:
    """List the next devices of the audience as pending, and put one job for each chunk of them.

    Running it again for the same `after` changes nothing, so its job may run twice. Returns how many were listed.
    """
    now = clock.now()
    first = insert(Dispatch).values(
        alert_id=alert_id, ward_id=audience.ward_id, listed_upto=BEFORE_FIRST, audience=0, started_at=now
    )
    session.execute(first.on_conflict_do_nothing())
    dispatch = session.scalars(select(Dispatch).where(Dispatch.alert_id == alert_id).with_for_update()).one()
    if dispatch.listed_at is not None or dispatch.listed_upto != after:
        return 0
    listed = 0
    for _ in range(CHUNKS_PER_STEP):
        ids = _list_chunk(session, alert_id, audience, dispatch.listed_upto, now)
        if ids:
            jobs.put(session, ChunkReady(str(alert_id), str(dispatch.listed_upto), str(ids[-1])))
            dispatch.listed_upto = ids[-1]
            dispatch.audience += len(ids)
            listed += len(ids)
        if len(ids) < CHUNK:
            dispatch.listed_at = now
            return listed
    jobs.put(session, AudienceWaiting(str(alert_id), str(dispatch.listed_upto)))
    return listed


def _list_chunk(session: Session, alert_id: UUID, audience: Audience, after: UUID, now: datetime) -> Sequence[UUID]:
    page = (
        select(Device.id)
        .where(Device.ward_id == audience.ward_id, Device.gone_at.is_(None), Device.id > after, *in_audience(audience))
        .order_by(Device.id)
        .limit(CHUNK)
    )
    ids = session.scalars(page).all()
    _insert_pending(session, alert_id, ids, Channel.PUSH, now)
    return ids


def in_audience(audience: Audience) -> list[ColumnElement[bool]]:
    """Which devices the audience includes. A device without an area is always one of them: it may be anywhere."""
    if not audience.area_ids:
        return []
    return [or_(Device.area_id.in_(sorted(audience.area_ids)), Device.area_id.is_(None))]


def _insert_pending(session: Session, alert_id: UUID, ids: Sequence[UUID], channel: Channel, now: datetime) -> None:
    if not ids:
        return
    session.execute(
        text(
            "INSERT INTO deliveries (alert_id, device_id, channel, state, tries, updated_at)"
            " SELECT :alert_id, id, :channel, 'pending', 0, :now FROM unnest(CAST(:ids AS uuid[])) AS id"
            " ON CONFLICT DO NOTHING"
        ),
        {"alert_id": alert_id, "channel": channel.value, "now": now, "ids": list(ids)},
    )


def list_sms_recipients(session: Session, *, alert_id: UUID, pages: Iterable[Sequence[UUID]]) -> None:
    """List the residents who get an SMS, one job for each page of them. Call it after `list_audience`.

    `pages`: their ids, ascending. They are listed once for each alert; another call does not read `pages`.
    """
    dispatch = session.scalars(select(Dispatch).where(Dispatch.alert_id == alert_id).with_for_update()).one()
    if dispatch.texts_listed_at is not None:
        return
    dispatch.texts_listed_at = clock.now()
    after = BEFORE_FIRST
    for ids in pages:
        _insert_pending(session, alert_id, ids, Channel.SMS, dispatch.texts_listed_at)
        jobs.put(session, SmsChunkReady(str(alert_id), str(after), str(ids[-1])))
        after = ids[-1]


def due_devices(session: Session, *, alert_id: UUID, after: UUID, upto: UUID) -> list[DueDevice]:
    """The devices of a chunk that are due, those with the fewest tries first; without those unregistered meanwhile."""
    query = (
        select(
            Delivery.device_id, Delivery.tries, Device.kind, Device.address, Device.p256dh, Device.auth, Device.language
        )
        .join(Device, Device.id == Delivery.device_id)
        .where(*_due(alert_id, after, upto, Channel.PUSH), Device.gone_at.is_(None))
        .order_by(Delivery.tries)
    )
    rows = session.execute(query).mappings()
    return [DueDevice(row["device_id"], _address(row), row["tries"]) for row in rows]


def _pending(alert_id: UUID, after: UUID, upto: UUID, channel: Channel) -> list[ColumnElement[bool]]:
    return [
        Delivery.alert_id == alert_id, Delivery.device_id > after, Delivery.device_id <= upto,
        Delivery.channel == channel, Delivery.state == DeliveryState.PENDING,
    ]  # fmt: skip


def _due(alert_id: UUID, after: UUID, upto: UUID, channel: Channel) -> list[ColumnElement[bool]]:
    due = or_(Delivery.not_before.is_(None), Delivery.not_before <= clock.now())
    return [*_pending(alert_id, after, upto, channel), due]


def _address(row: RowMapping) -> PushAddress:
    return PushAddress(row["kind"], row["address"], row["p256dh"], row["auth"], row["language"])


def due_residents(session: Session, *, alert_id: UUID, after: UUID, upto: UUID) -> dict[UUID, int]:
    """The residents of a chunk whose SMS is due and their failed tries, those with the fewest first."""
    due = _due(alert_id, after, upto, Channel.SMS)
    query = select(Delivery.device_id, Delivery.tries).where(*due).order_by(Delivery.tries)
    return {row.device_id: row.tries for row in session.execute(query)}


def settle(session: Session, *, alert_id: UUID, ids: Collection[UUID], state: DeliveryState) -> None:
    """Record the final state of these deliveries. A device that is gone gets no more alerts."""
    if not ids:
        return
    session.execute(
        text(
            "UPDATE deliveries SET state = :state, tries = tries + 1, updated_at = :now"
            " WHERE alert_id = :alert_id AND device_id = ANY(CAST(:ids AS uuid[])) AND state = 'pending'"
        ),
        {"state": state.value, "now": clock.now(), "alert_id": alert_id, "ids": list(ids)},
    )
    if state is DeliveryState.GONE:
        session.execute(update(Device).where(Device.id.in_(list(ids))).values(gone_at=clock.now()))


def postpone(session: Session, *, alert_id: UUID, until: Mapping[UUID, Retry]) -> None:
    """Try these again, each at its own time: they failed for now, or were not tried at all."""
    if not until:
        return
    session.execute(
        text(
            "UPDATE deliveries SET tries = LEAST(later.tries, 32767), not_before = later.at, updated_at = :now"
            " FROM unnest(CAST(:ids AS uuid[]), CAST(:moments AS timestamptz[]), CAST(:tries AS int[]))"
            " AS later(id, at, tries)"
            " WHERE alert_id = :alert_id AND device_id = later.id AND state = 'pending'"
        ),
        {
            "now": clock.now(), "alert_id": alert_id, "ids": list(until),
            "moments": [later.at for later in until.values()], "tries": [later.tries for later in until.values()],
        },
    )  # fmt: skip


def next_due(session: Session, *, alert_id: UUID, after: UUID, upto: UUID, channel: Channel) -> datetime | None:
    """When the next pending delivery of a chunk is due; None when none is pending."""
    query = select(func.min(func.coalesce(Delivery.not_before, clock.now())))
    return session.scalar(query.where(*_pending(alert_id, after, upto, channel)))


def close_chunk(
    session: Session, *, alert_id: UUID, after: UUID, upto: UUID, channel: Channel, state: DeliveryState
) -> None:
    """Give all pending deliveries of a chunk this final state."""
    session.execute(
        update(Delivery).where(*_pending(alert_id, after, upto, channel)).values(state=state, updated_at=clock.now())
    )


def close_unregistered(session: Session, *, alert_id: UUID, after: UUID, upto: UUID) -> None:
    """Close the deliveries to devices that were unregistered after they had been listed."""
    there = select(Device.id).where(Device.id == Delivery.device_id, Device.gone_at.is_(None)).exists()
    session.execute(
        update(Delivery)
        .where(*_pending(alert_id, after, upto, Channel.PUSH), ~there)
        .values(state=DeliveryState.GONE, updated_at=clock.now())
    )


def delete_gone_devices(session: Session) -> int:
    """Delete the devices that have been gone for a month; returns how many."""
    long_gone = delete(Device).where(Device.gone_at < clock.now() - KEEP_GONE).returning(Device.id)
    return len(session.scalars(long_gone).all())


def forget_deliveries(session: Session, alert_ids: Collection[UUID]) -> None:
    """Replace the deliveries of these alerts, which ended long ago, by their counts."""
    dispatches = select(Dispatch).where(Dispatch.alert_id.in_(list(alert_ids))).with_for_update()
    for dispatch in session.scalars(dispatches).all():
        counts = {channel.value: settled_counts(session, dispatch, channel) for channel in Channel}
        dispatch.settled = {name: {state.value: n for state, n in found.items()} for name, found in counts.items()}
        session.execute(delete(Delivery).where(Delivery.alert_id == dispatch.alert_id))


def settled_counts(session: Session, dispatch: Dispatch, channel: Channel) -> dict[DeliveryState, int]:
    """How many deliveries of an alert are in each state; from the kept counts once they have been deleted."""
    if dispatch.settled is not None:
        return {DeliveryState(state): count for state, count in dispatch.settled[channel.value].items()}
    query = (
        select(Delivery.state, func.count())
        .where(Delivery.alert_id == dispatch.alert_id, Delivery.channel == channel)
        .group_by(Delivery.state)
    )
    return dict(session.execute(query).all())
