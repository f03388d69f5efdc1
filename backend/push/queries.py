"""What is known of devices and of an alert's reach."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.permissions import Action, Actor, require
from backend.push.address import DeviceKind
from backend.push.deliveries import Audience, concerned, settled_counts
from backend.push.enums import Channel, DeliveryState
from backend.push.models import Device, Dispatch


@dataclass(frozen=True)
class Reach:
    """How far an alert's wake-ups have come: of `audience` devices, so many were `accepted` by their push service.

    `listed` tells whether the audience has been counted to its end; `gone` devices no longer exist, `failed` were
    refused or given up, `waiting` are still being tried. `texts` are the SMS that were handed over.
    """

    audience: int
    listed: bool
    accepted: int
    waiting: int
    gone: int
    failed: int
    texts: int


def reach(session: Session, actor: Actor, *, alert_id: UUID, ward_id: str) -> Reach:
    """The reach of an alert of `ward_id`, from its devices' side; how many opened it is the alerts' own knowledge."""
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
    """How many devices an alert would wake, by channel. `console` devices exist in the demo only."""

    fcm: int
    webpush: int
    console: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.fcm + self.webpush + self.console


def audience_size(session: Session, actor: Actor, *, ward_id: str, area_ids: frozenset[UUID]) -> AudienceSize:
    """The devices of a ward, or of some of its areas (empty: all of it), that an alert would wake now."""
    require(actor, Action.ALERT_LIST, ward_id=ward_id)
    concern = concerned(Audience(ward_id, area_ids))
    query = select(Device.kind, func.count()).where(Device.ward_id == ward_id, Device.gone_at.is_(None), *concern)
    counted = dict(session.execute(query.group_by(Device.kind)).all())
    return AudienceSize(
        fcm=counted.get(DeviceKind.FCM_TOKEN, 0) + counted.get(DeviceKind.FCM_FID, 0),
        webpush=counted.get(DeviceKind.WEBPUSH, 0),
        console=counted.get(DeviceKind.CONSOLE, 0),
    )


@dataclass(frozen=True)
class HeldDevice:
    """All that is held about a device; see models.Device for what the fields mean."""

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
