"""Idempotency keys: a POST that a phone may repeat is carried out once.

Key and reply are stored in the same transaction as the change. The server keeps only a hash of the key, and encrypts
the reply under a key derived from it. A reply may hold a receipt, and whoever steals the database has no client's key.
"""

import hmac
import json
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from sqlalchemy import LargeBinary, Table, bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend import clock, crypto
from backend.db import Base
from backend.errors import N_, DomainError, Kind

KEPT_DAYS = 2


class IdempotencyKeyMissing(DomainError):
    """The request has no Idempotency-Key, or one that is no UUID; send a random UUID with each new thing."""

    kind = Kind.UNPROCESSABLE
    code = "idempotency_key_missing"
    text = N_("Thiếu hoặc sai đầu mục Idempotency-Key: cần một UUID ngẫu nhiên cho mỗi lần gửi.")


class IdempotencyKeyReused(DomainError):
    """The Idempotency-Key was used for another content; send this one with a new key."""

    kind = Kind.UNPROCESSABLE
    code = "idempotency_key_reused"
    text = N_("Khóa gửi lại này đã dùng cho một nội dung khác. Hãy gửi lại với khóa mới.")


class IdempotentReply(Base):
    """One request that was carried out. Only the day is stored, because the time of a tip must stay unknown."""

    __tablename__ = "idempotent_replies"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    reply: Mapped[bytes | None] = mapped_column(LargeBinary)


# built once, because sending a tip runs both
_table = cast("Table", IdempotentReply.__table__)
_CLAIM = (
    insert(_table)
    .values({name: bindparam(name) for name in ("key_hash", "day", "fingerprint")})
    .on_conflict_do_nothing()
    .returning(_table.c.key_hash)
)
_KEEP = update(_table).where(_table.c.key_hash == bindparam("claimed")).values(reply=bindparam("sealed"))


def once(
    session: Session, *, scope: str, key: str | None, fingerprint: bytes, act: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Call `act` at most once for `key` within `scope`, and return its reply (JSON values).

    A second request with the same key waits for the first and gets its reply. `fingerprint` identifies the request's
    content. Raises IdempotencyKeyMissing (absent or not a UUID), IdempotencyKeyReused (same key, other content).
    """
    key = _canonical(key)
    key_hash, mac = _marks(scope, key, fingerprint)
    connection = session.connection()
    claim = {"key_hash": key_hash, "day": clock.now().date(), "fingerprint": mac}
    if connection.execute(_CLAIM, claim).first() is None:
        return _replay(session, key, key_hash, mac)
    reply = act()
    sealed = crypto.seal_reply(key, json.dumps(reply).encode(), context=key_hash)
    connection.execute(_KEEP, {"claimed": key_hash, "sealed": sealed})
    return reply


def earlier(session: Session, *, scope: str, key: str | None, fingerprint: bytes) -> dict[str, Any] | None:
    """The reply that was stored for `key`, None if there is none. Raises the same errors as `once`."""
    key = _canonical(key)
    key_hash, mac = _marks(scope, key, fingerprint)
    return _replay(session, key, key_hash, mac) if session.get(IdempotentReply, key_hash) else None


def _marks(scope: str, key: str, fingerprint: bytes) -> tuple[bytes, bytes]:
    """The stored forms of a key and of the content it was used for."""
    mac = hmac.new(key.encode(), scope.encode() + b"\0" + fingerprint, sha256).digest()
    return sha256(f"{scope}\0{key}".encode()).digest(), mac


def _canonical(key: str | None) -> str:
    try:
        return str(UUID(key or ""))
    except ValueError:
        raise IdempotencyKeyMissing(field="Idempotency-Key") from None


def _replay(session: Session, key: str, key_hash: bytes, mac: bytes) -> dict[str, Any]:
    row = session.get(IdempotentReply, key_hash)
    if row is None or not hmac.compare_digest(row.fingerprint, mac) or row.reply is None:
        raise IdempotencyKeyReused(field="Idempotency-Key")
    reply: dict[str, Any] = json.loads(crypto.open_reply(key, row.reply, context=key_hash))
    return reply


def forget_old(session: Session) -> int:
    """Delete the replies that are older than KEPT_DAYS; returns how many."""
    limit = clock.now().date() - timedelta(days=KEPT_DAYS)
    old = delete(_table).where(_table.c.day < limit)
    return session.connection().execute(old).rowcount
