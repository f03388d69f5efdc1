"""Tables of alerts."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, LargeBinary, SmallInteger, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.alerts.cap import (
    SEVERITY_RANK,
    Act,
    AlertKind,
    Category,
    Certainty,
    MessageType,
    ReceiptEvent,
    Severity,
    State,
    Urgency,
    may_become,
)
from backend.alerts.content import COLUMNS, Content, as_columns, content_hash, from_columns
from backend.alerts.errors import AlertStateConflict
from backend.db import Base, UtcDateTime, closed_set


class Alert(Base):
    """One message to the public of a ward. Texts are {"vi": …, "en": …|null}."""

    __tablename__ = "alerts"
    __table_args__ = (
        Index("ux_alerts_ward_number", "ward_id", "number", unique=True),
        Index(
            "ix_alerts_in_force", "ward_id", "expires", postgresql_where=text("state = 'published'"),
        ),
        Index(
            "ix_alerts_public", "ward_id", text("published_at DESC"), text("id DESC"),
            postgresql_where=text("published_at IS NOT NULL"),
        ),
        Index("ix_alerts_waiting", "ward_id", "expires", postgresql_where=text("state = 'submitted'")),
        Index(
            "ix_alerts_uncounted", "expires",
            postgresql_where=text("published_at IS NOT NULL AND receipt_counts IS NULL"),
        ),
        Index("ix_alerts_staff", "ward_id", text("updated_at DESC"), text("id DESC")),
        Index(
            "ix_alerts_unpublished", "ward_id", text("updated_at DESC"), text("id DESC"),
            postgresql_where=text("state IN ('draft', 'submitted', 'approved')"),
        ),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    number: Mapped[int | None]
    state: Mapped[State] = mapped_column(closed_set(State), default=State.DRAFT)

    message_type: Mapped[MessageType] = mapped_column(closed_set(MessageType), default=MessageType.ALERT)
    refers_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("alerts.id"), index=True)
    first_id: Mapped[UUID | None] = mapped_column(ForeignKey("alerts.id"))
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("alerts.id"))

    category: Mapped[Category] = mapped_column(closed_set(Category))
    kind: Mapped[AlertKind] = mapped_column(closed_set(AlertKind))
    urgency: Mapped[Urgency] = mapped_column(closed_set(Urgency))
    severity: Mapped[Severity] = mapped_column(closed_set(Severity))
    severity_rank: Mapped[int] = mapped_column(SmallInteger)
    certainty: Mapped[Certainty] = mapped_column(closed_set(Certainty))
    headline: Mapped[dict[str, Any]] = mapped_column(JSONB)
    description: Mapped[dict[str, Any]] = mapped_column(JSONB)
    instructions: Mapped[dict[str, Any]] = mapped_column(JSONB)
    said: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    truth: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    effective: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires: Mapped[datetime] = mapped_column(UtcDateTime)
    is_drill: Mapped[bool] = mapped_column(default=False)
    content_hash: Mapped[str] = mapped_column(String(64))

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_hash: Mapped[str | None] = mapped_column(String(64))
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # event → how many phones; kept when the receipts themselves are deleted, long after the alert's end
    receipt_counts: Mapped[dict[str, int] | None] = mapped_column(JSONB(none_as_null=True))

    area_links: Mapped[list["AlertArea"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def area_ids(self) -> frozenset[UUID]:
        """The residential groups that it is for; empty: the whole ward."""
        return frozenset(link.area_id for link in self.area_links)

    @property
    def tag(self) -> UUID:
        """The id of the matter's first message. A phone shows only the latest message with the same tag."""
        return self.first_id or self.id

    def become(self, state: State, *, at: datetime) -> None:
        """Change the state. Raises AlertStateConflict if there is no such transition."""
        if not may_become(self.state, state):
            raise AlertStateConflict()
        self.state = state
        self.updated_at = at

    def set_content(self, content: Content) -> None:
        """Set what the alert says; an earlier approval ends."""
        for column, value in as_columns(content).items():
            setattr(self, column, value)
        self.severity_rank = SEVERITY_RANK[content.severity]
        kept = [link for link in self.area_links if link.area_id in content.area_ids]
        fresh = content.area_ids - {link.area_id for link in kept}
        self.area_links = kept + [AlertArea(area_id=area_id, ward_id=self.ward_id) for area_id in sorted(fresh)]
        self.content_hash = self.computed_hash()
        self.approved_hash = self.approved_by = None

    def content(self) -> Content:
        """What the alert says now."""
        return from_columns({name: getattr(self, name) for name in COLUMNS}, area_ids=self.area_ids)

    def computed_hash(self) -> str:
        """The hash of the row's present content, computed anew: the column could have been changed."""
        return content_hash(
            self.content(), ward_id=self.ward_id, message_type=self.message_type, refers_to=self.refers_to_id
        )


class AlertArea(Base):
    """One residential group that an alert is for."""

    __tablename__ = "alert_areas"

    alert_id: Mapped[UUID] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("areas.id"), primary_key=True, index=True)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))


class AlertEdit(Base):
    """One act of one member of staff on one version of an alert. Approval depends on this trail."""

    __tablename__ = "alert_edits"
    __table_args__ = (Index("ix_alert_edits_alert", "alert_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    alert_id: Mapped[UUID] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    act: Mapped[Act] = mapped_column(closed_set(Act))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(500))


class AlertReceipt(Base):
    """What a phone reported. The reader is hashed together with the alert, so nobody can be followed across alerts."""

    __tablename__ = "alert_receipts"

    alert_id: Mapped[UUID] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True)
    event: Mapped[ReceiptEvent] = mapped_column(closed_set(ReceiptEvent), primary_key=True)
    reader_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
