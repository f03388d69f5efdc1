"""The demo's alerts: published ones that some phones have read, one that waits for a chief, one still being written."""

import random
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands as alerts
from backend.alerts.cap import ReceiptEvent
from backend.permissions import NOBODY
from binhyen.demo.alerts.notices import ALERTS, Notice
from binhyen.demo.alerts.waiting import WAITING
from binhyen.demo.timeline import Act, Office, Step, area_ids

READERS = 60


def steps(office: Office) -> Iterator[Step]:
    """Everything that happened to the ward's alerts, and when."""
    for notice in ALERTS:
        yield from _published(notice, office)
    for notice, sent in WAITING:
        yield _waiting(notice, office, sent=sent)


def _published(notice: Notice, office: Office) -> Iterator[Step]:
    """Draft, submit, approve by another and publish; some phones say that they have read it."""
    published = clock.now() - timedelta(hours=notice.hours_ago)
    chance = random.Random(f"{notice.hours_ago}")  # noqa: S311 - the same picture at every start

    def publish(session: Session) -> None:
        author, content = office.officers[0], notice.content(published, _areas(session, notice))
        draft = alerts.draft_alert(session, author, content=content)
        alerts.submit_alert(session, author, alert_id=draft.id)
        content_hash = draft.content_hash
        alerts.approve_and_publish_alert(session, office.chief, alert_id=draft.id, content_hash=content_hash)
        made.append(draft.id)

    def read(event: ReceiptEvent) -> Act:
        return lambda session: alerts.record_receipt(session, NOBODY, alert_id=made[0], event=event, reader=uuid4())

    made: list[UUID] = []
    yield published, publish
    for _ in range(chance.randint(READERS // 3, READERS)):
        hours = min(chance.expovariate(0.6), notice.hours_ago * 0.9)
        event = chance.choice((ReceiptEvent.RECEIVED, ReceiptEvent.OPENED, ReceiptEvent.READ, ReceiptEvent.READ))
        yield published + timedelta(hours=hours), read(event)


def _waiting(notice: Notice, office: Office, *, sent: bool) -> Step:
    """One that is still being written, or waits for a chief."""
    written = clock.now() - timedelta(hours=notice.hours_ago)

    def write(session: Session) -> None:
        author, content = office.officers[-1], notice.content(written, _areas(session, notice))
        draft = alerts.draft_alert(session, author, content=content)
        if sent:
            alerts.submit_alert(session, author, alert_id=draft.id)

    return written, write


def _areas(session: Session, notice: Notice) -> frozenset[UUID]:
    codes = area_ids(session)
    return frozenset(codes[code] for code in notice.area_codes)
