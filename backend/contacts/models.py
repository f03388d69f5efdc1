"""The table of the wards' contacts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, UtcDateTime


class WardContacts(Base):
    """One ward's contacts; a ward that has told none has no row. `duty_phone` is E.164."""

    __tablename__ = "ward_contacts"

    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"), primary_key=True)
    duty_phone: Mapped[str | None] = mapped_column(String(20))
    address: Mapped[str | None] = mapped_column(String(200))
    hours_vi: Mapped[str | None] = mapped_column(String(200))
    hours_en: Mapped[str | None] = mapped_column(String(200))
    greeting_vi: Mapped[str | None] = mapped_column(String(200))
    greeting_en: Mapped[str | None] = mapped_column(String(200))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
