"""Tables of push: devices, deliveries of alerts, and the demo's outbox."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, UtcDateTime, closed_set
from backend.push.address import DeviceKind
from backend.push.enums import Channel, DeliveryState


class Device(Base):
    """One installation of the app that wants alerts, with or without an account."""

    __tablename__ = "devices"
    __table_args__ = (
        # serves the listing of an alert's audience, page by page
        Index("ix_devices_audience", "ward_id", "id", postgresql_where=text("gone_at IS NULL")),
        Index("ix_devices_resident", "resident_id", postgresql_where=text("resident_id IS NOT NULL")),
        Index("ix_devices_gone", "gone_at", postgresql_where=text("gone_at IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    resident_id: Mapped[UUID | None] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"))
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[DeviceKind] = mapped_column(closed_set(DeviceKind))
    address: Mapped[str] = mapped_column(Text)
    p256dh: Mapped[str | None] = mapped_column(String(100))
    auth: Mapped[str | None] = mapped_column(String(30))
    language: Mapped[str] = mapped_column(String(2))
    platform: Mapped[str | None] = mapped_column(String(40))
    address_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Dispatch(Base):
    """How far the audience of one alert has been listed. The row is locked for each step, so no step happens twice."""

    __tablename__ = "dispatches"

    alert_id: Mapped[UUID] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    listed_upto: Mapped[UUID]
    audience: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    texts_listed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # channel → state → how many deliveries; kept when the deliveries themselves are deleted, long after the alert's end
    settled: Mapped[dict[str, dict[str, int]] | None] = mapped_column(JSONB(none_as_null=True))


class Delivery(Base):
    """One alert for one device (channel "push") or one resident (channel "sms").

    `device_id` has no foreign key, because a delivery still counts when its device has been deleted.
    """

    __tablename__ = "deliveries"
    # half-full pages leave room to update the state in place, without a change of the index (HOT)
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    alert_id: Mapped[UUID] = mapped_column(primary_key=True)
    device_id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(closed_set(Channel))
    state: Mapped[DeliveryState] = mapped_column(closed_set(DeliveryState))
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OutboxEntry(Base):
    """Demo only: an SMS or push message as its recipient would see it."""

    __tablename__ = "outbox_entries"
    __table_args__ = (Index("ix_outbox_entries_created", "created_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str] = mapped_column(String(16))
    to: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
