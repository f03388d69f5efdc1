"""Tables of tips. Only ward, area, category, status, hour of receipt, deadlines and sizes are stored in clear."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, UtcDateTime, closed_set
from backend.tips.errors import TipStateConflict
from backend.tips.life import CLOSED, Category, EntryAuthor, EntryKind, Status, may_become


class Tip(Base):
    """One tip. What its reporter said is encrypted under a data key that only the ward and the receipt can open."""

    __tablename__ = "tips"
    __table_args__ = (
        Index("ux_tips_ward_number", "ward_id", "number", unique=True),
        Index("ix_tips_open", "ward_id", "due_at", "number", postgresql_where=text("closed_at IS NULL")),
        Index("ix_tips_closed", "ward_id", "number", postgresql_where=text("closed_at IS NOT NULL")),
        Index("ix_tips_answers", "ward_id", "number", postgresql_where=text("has_answer IS TRUE")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    number: Mapped[int]
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"))
    category: Mapped[Category] = mapped_column(closed_set(Category))
    status: Mapped[Status] = mapped_column(closed_set(Status))
    received_hour: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    photo_count: Mapped[int]
    entry_count: Mapped[int] = mapped_column(default=0)
    has_answer: Mapped[bool] = mapped_column(default=False)
    has_pin: Mapped[bool] = mapped_column(default=False)
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    lookup: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    key_for_ward: Mapped[bytes] = mapped_column(LargeBinary)
    key_for_receipt: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    push_address: Mapped[bytes | None] = mapped_column(LargeBinary)

    def become(self, status: Status, *, at: datetime, due_at: datetime | None = None) -> None:
        """Change the status. Raises TipStateConflict if there is no such transition."""
        if not may_become(self.status, status):
            raise TipStateConflict()
        self.status = status
        closed = status in CLOSED
        self.closed_at = at if closed else None
        self.due_at = None if closed else due_at or self.due_at


class TipEntry(Base):
    """A change of status with its reason, or a message. Its text and exact time are sealed."""

    __tablename__ = "tip_entries"
    __table_args__ = (Index("ux_tip_entries_order", "tip_id", "seq", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    tip_id: Mapped[UUID] = mapped_column(ForeignKey("tips.id", ondelete="CASCADE"))
    seq: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(closed_set(EntryKind))
    author: Mapped[EntryAuthor] = mapped_column(closed_set(EntryAuthor))
    status: Mapped[Status | None] = mapped_column(closed_set(Status))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class TipPhoto(Base):
    """One photo in two sizes: the keys of sealed blobs. The file's own name is in the tip's sealed content."""

    __tablename__ = "tip_photos"
    __table_args__ = (Index("ux_tip_photos_order", "tip_id", "seq", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"))
    tip_id: Mapped[UUID] = mapped_column(ForeignKey("tips.id", ondelete="CASCADE"))
    seq: Mapped[int]
    large: Mapped[str] = mapped_column(String(80))
    small: Mapped[str] = mapped_column(String(80))
