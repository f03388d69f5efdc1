"""The demo's outbox: each SMS and push message as its recipient would see it. Empty outside demo mode."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from backend import clock
from backend.push.models import OutboxEntry

KEPT = 500


@dataclass(frozen=True)
class OutboxMessage:
    """A message that was sent. `to`: a phone number, or a few characters of a device's address."""

    channel: str
    to: str
    title: str
    body: str
    link: str | None = None


def add_to_outbox(session: Session, entries: Iterable[OutboxMessage]) -> None:
    """Keep what was sent, so that the demo can show it; only the newest KEPT messages stay."""
    now = clock.now()
    rows = [
        {
            "id": uuid4(),
            "channel": entry.channel,
            "to": entry.to,
            "title": entry.title,
            "body": entry.body,
            "link": entry.link,
            "created_at": now,
        }
        for entry in entries
    ]
    if rows:
        session.execute(insert(OutboxEntry), rows)
        newest = select(OutboxEntry.id).order_by(OutboxEntry.created_at.desc(), OutboxEntry.id.desc()).limit(KEPT)
        session.execute(delete(OutboxEntry).where(OutboxEntry.id.not_in(newest)))


def latest_outbox(session: Session, *, limit: int = 100) -> Sequence[OutboxEntry]:
    """The newest messages first."""
    query = select(OutboxEntry).order_by(OutboxEntry.created_at.desc(), OutboxEntry.id.desc()).limit(limit)
    return session.scalars(query).all()
