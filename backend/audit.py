"""The log that nobody can change: append-only, one hash chain per ward, reads of tips included.

A trigger refuses UPDATE, DELETE and TRUNCATE. If somebody gets around it, the hash chain or the seal of its end no
longer fits, and `examine` shows where.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, LargeBinary, Select, String, select, union
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend import clock, crypto
from backend.db import Base, UtcDateTime
from backend.pages import Order, Page, page_of, values_or_start
from backend.permissions import Action, Actor, require

SYSTEM_CHAIN = "-"
HEAD = "audit-head"
_START = bytes(32)


class AuditEntry(Base):
    """One act of one person. `details` holds no personal data and no word of a tip."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ux_audit_entries_chain", "chain", "seq", unique=True),
        Index("ix_audit_entries_subject", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    chain: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str | None] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(60))
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)

    def seal(self) -> None:
        """Set the hash: HMAC-SHA-256 over the entry's canonical JSON and the hash before it, under the server's key.

        Keyed, so that whoever can only write to the database cannot make a whole new chain that fits.
        """
        self.hash = crypto.keyed_hash("audit", self._hashed())

    def has_valid_hash(self) -> bool:
        """Whether the entry is as it was written, by the hash under any key that the server has had."""
        return crypto.is_hash_of(self.hash, "audit", self._hashed())

    def _hashed(self) -> bytes:
        fact = [
            self.chain, self.seq, self.at.isoformat(), self.actor_kind, str(self.actor_id), self.actor_name,
            self.action, self.subject_type, self.subject_id, self.details,
        ]  # fmt: skip
        return self.previous + json.dumps(fact, sort_keys=True, ensure_ascii=False).encode()


class AuditHead(Base):
    """The last entry of each chain. Writers lock this row, so that a ward's entries follow one another."""

    __tablename__ = "audit_heads"

    chain: Mapped[str] = mapped_column(String(16), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    seal: Mapped[bytes] = mapped_column(LargeBinary)

    def has_valid_seal(self) -> bool:
        """Whether this server sealed this end. Whoever can only write to the database cannot seal a shortened chain."""
        return crypto.is_hash_of(self.seal, HEAD, _end(self.chain, self.seq, self.hash))

    def advance_to(self, entry: AuditEntry) -> None:
        """Make `entry` the end. A broken seal stays broken, or the next entry would hide that the end was changed."""
        was_valid = self.has_valid_seal()
        self.seq, self.hash = entry.seq, entry.hash
        if was_valid:
            self.renew_seal()

    def renew_seal(self) -> None:
        """Seal this end under the server's current key."""
        self.seal = crypto.keyed_hash(HEAD, _end(self.chain, self.seq, self.hash))


_NEWEST = Order((AuditEntry.seq,), descending=True)


@dataclass(frozen=True)
class Chain:
    """How far a chain holds: the number and hash of its last good entry, and the first that does not fit, if any."""

    name: str
    number: int
    hash: bytes
    broken_at: int | None


def _end(chain: str, seq: int, end: bytes) -> bytes:
    """What the seal of a chain's end is made over, under the server's key, which is in no table."""
    return f"{chain}:{seq}:".encode() + end


def record(
    session: Session,
    actor: Actor,
    action: str,
    *,
    ward_id: str | None,
    subject_type: str,
    subject_id: object,
    details: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append what `actor` did to the chain of `ward_id` (None: the chain of the whole system).

    Staff are recorded by name, residents and people without an account are not. Of a resident's act only the hour is
    kept (see clock.this_hour).
    """
    head = _locked_head(session, ward_id or SYSTEM_CHAIN)
    is_staff = actor.kind == "staff"
    entry = AuditEntry(
        chain=head.chain,
        seq=head.seq + 1,
        at=clock.this_hour() if actor.kind == "resident" else clock.now(),
        actor_kind=actor.kind,
        actor_id=actor.id if is_staff else None,
        actor_name=actor.name if is_staff else None,
        action=action,
        subject_type=subject_type,
        subject_id=str(subject_id),
        details=details or {},
        previous=head.hash,
    )
    entry.seal()
    session.add(entry)
    head.advance_to(entry)
    session.flush()  # a second entry of this transaction must see the new head
    return entry


def _locked_head(session: Session, chain: str) -> AuditHead:
    query = select(AuditHead).where(AuditHead.chain == chain).with_for_update()
    query = query.execution_options(populate_existing=True)
    head = session.scalars(query).one_or_none()
    if head is None:
        seal = crypto.keyed_hash(HEAD, _end(chain, 0, _START))
        start = insert(AuditHead).values(chain=chain, seq=0, hash=_START, seal=seal)
        session.execute(start.on_conflict_do_nothing())
        head = session.scalars(query).one()
    return head


def list_entries(session: Session, actor: Actor, *, cursor: str | None = None, limit: int = 50) -> Page[AuditEntry]:
    """The log of the actor's own ward, the newest first."""
    require(actor, Action.AUDIT_READ, ward_id=actor.ward_id)
    after = values_or_start(cursor, _NEWEST.types)
    query = select(AuditEntry).where(AuditEntry.chain == (actor.ward_id or SYSTEM_CHAIN))
    return page_of(session, query, _NEWEST, make=lambda entry: entry, after=after, limit=limit)


def check_log(session: Session, actor: Actor) -> int | None:
    """The number of the first entry of the actor's own ward that does not fit, None when the whole log holds."""
    require(actor, Action.AUDIT_READ, ward_id=actor.ward_id)
    return verify(session, actor.ward_id)


def latest_entries(session: Session, ward_id: str | None, *, limit: int = 50) -> Sequence[AuditEntry]:
    """The newest entries of a ward's chain (None: of the whole system's), for the command line, which has no actor."""
    query = select(AuditEntry).where(AuditEntry.chain == (ward_id or SYSTEM_CHAIN))
    return session.scalars(query.order_by(AuditEntry.seq.desc()).limit(limit)).all()


def verify(session: Session, ward_id: str | None) -> int | None:
    """The number of the first entry of the chain that does not fit, or None when the whole chain holds."""
    return examine(session, ward_id or SYSTEM_CHAIN).broken_at


def examine(session: Session, chain: str) -> Chain:
    """Recompute a chain from its start, and hold its end against the head and the head's seal."""
    head = session.scalars(_heads(chain)).one_or_none()  # first: entries written from now on come after it
    previous, seq = _START, 0
    while page := session.scalars(_after(chain, seq, head.seq if head else None)).all():
        for entry in page:
            if entry.seq != seq + 1 or entry.previous != previous or not entry.has_valid_hash():
                return Chain(chain, seq, previous, broken_at=seq + 1)
            previous, seq = entry.hash, entry.seq
    if head is None:
        holds = seq == 0
    else:
        ends_there = (head.seq, head.hash) == (seq, previous) and head.has_valid_seal()
        holds = ends_there and not session.scalar(_beyond_head(chain))
    return Chain(chain, seq, previous, broken_at=None if holds else seq + 1)


def _heads(chain: str) -> Select[AuditHead]:
    return select(AuditHead).where(AuditHead.chain == chain).execution_options(populate_existing=True)


def _after(chain: str, seq: int, upto: int | None) -> Select[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.seq > seq)
    if upto is not None:
        query = query.where(AuditEntry.seq <= upto)
    return query.order_by(AuditEntry.seq).limit(1000).execution_options(populate_existing=True)


def _beyond_head(chain: str) -> Select[bool]:
    """Whether entries come after the head: in one statement, which sees each entry together with the head it moved."""
    beyond = select(AuditEntry.id).join(AuditHead, AuditHead.chain == AuditEntry.chain)
    return select(beyond.where(AuditEntry.chain == chain, AuditEntry.seq > AuditHead.seq).exists())


def renew_seals(session: Session) -> int:
    """Seal every valid end under the server's current key; returns how many were under another."""
    heads = session.scalars(select(AuditHead).order_by(AuditHead.chain).with_for_update())
    old = [head for head in heads if head.has_valid_seal() and not crypto.is_current_hash(head.seal, HEAD)]
    for head in old:
        head.renew_seal()
    return len(old)


def hash_of_entry(session: Session, chain: str, number: int) -> bytes | None:
    """The hash of one entry of a chain, None when there is none of that number."""
    return session.scalar(select(AuditEntry.hash).where(AuditEntry.chain == chain, AuditEntry.seq == number))


def chains(session: Session) -> Sequence[str]:
    """Every chain, also one whose head somebody has removed."""
    query = union(select(AuditHead.chain), select(AuditEntry.chain))
    return session.scalars(query.order_by(query.selected_columns.chain)).all()
