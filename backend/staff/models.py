"""Tables of staff, their sessions, and the keys of officers and wards."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from backend import crypto
from backend.db import Base, UtcDateTime, closed_set
from backend.permissions import Role
from backend.staff.enums import SessionStage

TOTP = "totp"  # what the seal of an authenticator's secret is for


class Staff(Base):
    """A person with a login to the panel. The X25519 private key is encrypted under Argon2id(password)."""

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(closed_set(Role))
    ward_id: Mapped[str | None] = mapped_column(ForeignKey("wards.code"), index=True)
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    enrol_code_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    enrol_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    last_totp_step: Mapped[int | None] = mapped_column(BigInteger)
    vouched_public_key: Mapped[bytes | None] = mapped_column("public_key", LargeBinary)
    wrapped_private_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    kdf_salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    enrolled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def owner_id(self) -> UUID:
        """Members of staff own their own row."""
        return self.id

    @property
    def public_key(self) -> bytes | None:
        """The key to which copies of the ward's key are sealed. Raises crypto.SealBroken if it was replaced.

        It is stored under the server's key. Otherwise whoever can write to the database could get a copy of a ward's
        key.
        """
        kept = self.vouched_public_key
        return None if kept is None else crypto.open_setting(self._vouched_for, kept)

    @public_key.setter
    def public_key(self, key: bytes | None) -> None:
        self.vouched_public_key = None if key is None else crypto.seal_setting(self._vouched_for, key)

    @property
    def _vouched_for(self) -> str:
        return f"staff-key/{self.username}"

    @property
    def authenticator_secret(self) -> str | None:
        """What the authenticator app was given, in base32. Raises crypto.SealBroken."""
        return None if self.totp_secret is None else crypto.open_setting(TOTP, self.totp_secret).decode()

    @authenticator_secret.setter
    def authenticator_secret(self, secret: str) -> None:
        self.totp_secret = crypto.seal_setting(TOTP, secret.encode())

    def renew_seals(self) -> bool:
        """Rest under the server's current key; whether anything rested under another. Raises crypto.SealBroken."""
        before = self.vouched_public_key, self.totp_secret
        if self.vouched_public_key is not None:
            self.vouched_public_key = crypto.renewed_setting(self._vouched_for, self.vouched_public_key)
        if self.totp_secret is not None:
            self.totp_secret = crypto.renewed_setting(TOTP, self.totp_secret)
        return before != (self.vouched_public_key, self.totp_secret)


class SignInAttempts(Base):
    """Failed attempts to sign in with one name, stored as a keyed hash; there may be no account with it.

    `browser`: where the attempts were made, a known browser or an open session; empty for all unknown browsers
    together.
    """

    __tablename__ = "sign_in_attempts"

    name_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    browser: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, default=b"", server_default=text("''"))
    failed_count: Mapped[int]
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """A session of one browser, unfinished or open. Only the token in its cookie opens `sealed_private_key`."""

    __tablename__ = "staff_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    stage: Mapped[SessionStage] = mapped_column(closed_set(SessionStage))
    sealed_private_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WardKey(Base):
    """A ward's key pair. The private key is stored only sealed: to officers and to the printed recovery key."""

    __tablename__ = "ward_keys"

    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"), primary_key=True)
    vouched_public_key: Mapped[bytes] = mapped_column("public_key", LargeBinary)
    recovery_box: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def public_key(self) -> bytes:
        """The key to which tips are sealed. Raises crypto.SealBroken if it was replaced.

        It is stored under the server's key. Otherwise whoever can write to the database could read every new tip.
        """
        return crypto.open_setting(self._vouched_for, self.vouched_public_key)

    @public_key.setter
    def public_key(self, key: bytes) -> None:
        self.vouched_public_key = crypto.seal_setting(self._vouched_for, key)

    @property
    def _vouched_for(self) -> str:
        return f"ward-key/{self.ward_id}"

    def renew_seals(self) -> bool:
        """Rest under the server's current key; whether it rested under another. Raises crypto.SealBroken."""
        before = self.vouched_public_key
        self.vouched_public_key = crypto.renewed_setting(self._vouched_for, before)
        return before != self.vouched_public_key


class WardGrant(Base):
    """One officer's own copy of the ward's private key, sealed to their public key."""

    __tablename__ = "ward_grants"

    ward_id: Mapped[str] = mapped_column(ForeignKey("ward_keys.ward_id"), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    sealed_key: Mapped[bytes] = mapped_column(LargeBinary)
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
