"""Reading devices and how far an alert has reached."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.permissions import Action, Actor, require
from backend.push.address import DeviceKind
from backend.push.deliveries import Audience, in_audience, settled_counts
from backend.push.enums import Channel, DeliveryState
from backend.push.models import Device, Dispatch


@dataclass(frozen=True)
class Reach:
    """Deliveries of an alert: how many of the `audience` devices their push service has `accepted`, and so on.

    `listed`: the whole audience has been counted. `gone` devices no longer exist, `failed` ones were refused or given
    up, `waiting` ones are still being tried. `texts`: SMS that the gateway took.
    """

    audience: int
    listed: bool
    accepted: int
    waiting: int
    gone: int
    failed: int
    texts: int


def reach(session: Session, actor: Actor, *, alert_id: UUID, ward_id: str) -> Reach:
    """The deliveries of an alert of `ward_id`. How many people opened it: see alerts.queries.count_receipts."""
    require(actor, Action.ALERT_LIST, ward_id=ward_id)
    dispatch = session.scalar(select(Dispatch).where(Dispatch.alert_id == alert_id, Dispatch.ward_id == ward_id))
    if dispatch is None:
        return Reach(0, False, 0, 0, 0, 0, 0)
    push = settled_counts(session, dispatch, Channel.PUSH)
    texts = settled_counts(session, dispatch, Channel.SMS)
    ended = (DeliveryState.FAILED, DeliveryState.INVALID, DeliveryState.EXPIRED)
    return Reach(
        audience=dispatch.audience,
        listed=dispatch.listed_at is not None,
        accepted=push.get(DeliveryState.ACCEPTED, 0),
        waiting=push.get(DeliveryState.PENDING, 0),
        gone=push.get(DeliveryState.GONE, 0),
        failed=sum(push.get(state, 0) for state in ended),
        texts=texts.get(DeliveryState.ACCEPTED, 0),
    )


@dataclass(frozen=True)
class AudienceSize:
    """How many devices would get an alert, by channel. `console` devices exist in the demo only."""

    fcm: int
    webpush: int
    console: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.fcm + self.webpush + self.console


def audience_size(session: Session, actor: Actor, *, ward_id: str, area_ids: frozenset[UUID]) -> AudienceSize:
    """How many devices would get an alert to this ward, or to some of its areas (empty: all of them), now."""
    require(actor, Action.ALERT_LIST, ward_id=ward_id)
    concern = in_audience(Audience(ward_id, area_ids))
    query = select(Device.kind, func.count()).where(Device.ward_id == ward_id, Device.gone_at.is_(None), *concern)
    counted = dict(session.execute(query.group_by(Device.kind)).all())
    return AudienceSize(
        fcm=counted.get(DeviceKind.FCM_TOKEN, 0) + counted.get(DeviceKind.FCM_FID, 0),
        webpush=counted.get(DeviceKind.WEBPUSH, 0),
        console=counted.get(DeviceKind.CONSOLE, 0),
    )


@dataclass(frozen=True)
class HeldDevice:
    """Everything that is stored about a device; models.Device says what the fields mean."""

    id: UUID
    kind: DeviceKind
    ward_id: str
    area_id: UUID | None
    address: str
    p256dh: str | None
    auth: str | None
    language: str
    platform: str | None
    created_at: datetime
    seen_at: datetime
    gone_at: datetime | None


def devices_of(session: Session, actor: Actor, *, resident_id: UUID) -> Sequence[HeldDevice]:
    """Every device of a resident's account, for their export."""
    require(actor, Action.ME_READ, owner_id=resident_id)
    columns = [getattr(Device, field.name) for field in fields(HeldDevice)]
    rows = session.execute(select(*columns).where(Device.resident_id == resident_id).order_by(Device.created_at))
    return [HeldDevice(*row) for row in rows]
