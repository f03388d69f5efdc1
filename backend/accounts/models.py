"""Tables of residents, their sessions and the codes that sign them in."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, UtcDateTime


class Resident(Base):
    """A person with the app. `phone` is E.164."""

    __tablename__ = "residents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    phone: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    ward_id: Mapped[str | None] = mapped_column(ForeignKey("wards.code"), index=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def owner_id(self) -> UUID:
        """Residents own their own row."""
        return self.id


class ResidentSession(Base):
    """One signed-in phone; the token itself is never stored."""

    __tablename__ = "resident_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    resident_id: Mapped[UUID] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    device_name: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OtpChallenge(Base):
    """The one-time code that was sent to a phone, and how many were. Phone and code are stored as keyed hashes."""

    __tablename__ = "otp_challenges"

    phone_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    window_started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_in_window: Mapped[int] = mapped_column(default=0)
