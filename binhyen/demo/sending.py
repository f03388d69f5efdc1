"""The demo's alerts and tips, at the hours they are told to have come, in the order of time as a log has it."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from itertools import cycle
from uuid import UUID, uuid4

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands as alerts
from backend.alerts.cap import ReceiptEvent
from backend.db import unit_of_work
from backend.permissions import NOBODY, Actor
from backend.tips import commands as tips
from backend.tips import staff_commands
from backend.tips.life import CLOSED, Status
from backend.tips.photos import PhotoFile, clean_photos
from backend.tips.sealed import Location
from backend.wards.queries import areas_of_ward
from binhyen.demo import ward
from binhyen.demo.alerts import ALERTS, Notice
from binhyen.demo.tips import TIPS, Told
from binhyen.demo.waiting import WAITING

READERS = 60
# of the drawn photos: five of one tip are five
GROUNDS = ("#14513E", "#3E4A5C", "#5C4A3E", "#44553A", "#4B3E5C")
LAMP = "#F2C877"


@dataclass(frozen=True)
class Office:
    """Who does the ward's work in the demo."""

    officers: tuple[Actor, ...]
    chief: Actor


Act = Callable[[Session], None]
Step = tuple[datetime, Act]


def play(office: Office) -> None:
    """Everything that has happened in the ward so far."""
    steps = [step for notice in ALERTS for step in _alert_steps(notice, office)]
    steps += [step for notice, sent in WAITING for step in _waiting_steps(notice, office, sent=sent)]
    hands = cycle(office.officers)
    steps += [step for told in TIPS for step in TipPlay(told, next(hands), office.chief).steps()]
    for moment, act in sorted(steps, key=lambda step: step[0]):
        with _at(moment) as session:
            act(session)


def _alert_steps(notice: Notice, office: Office) -> Iterator[Step]:
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


def _waiting_steps(notice: Notice, office: Office, *, sent: bool) -> Iterator[Step]:
    """One that is still being written, or waits for a chief."""
    written = clock.now() - timedelta(hours=notice.hours_ago)

    def write(session: Session) -> None:
        author, content = office.officers[-1], notice.content(written, _areas(session, notice))
        draft = alerts.draft_alert(session, author, content=content)
        if sent:
            alerts.submit_alert(session, author, alert_id=draft.id)

    yield written, write


def _areas(session: Session, notice: Notice) -> frozenset[UUID]:
    codes = _area_ids(session)
    return frozenset(codes[code] for code in notice.area_codes)


class TipPlay:
    """One tip: sent as a phone would, then worked on by the ward, step by step."""

    def __init__(self, told: Told, officer: Actor, chief: Actor) -> None:
        self._told, self._officer, self._chief = told, officer, chief
        self._tip_id, self._receipt = UUID(int=0), ""

    def steps(self) -> Iterator[Step]:
        """What happens to it, and when."""
        told = self._told
        sent_at = clock.now() - timedelta(hours=told.hours_ago)
        pause = timedelta(hours=min(2.0, told.hours_ago / (len(told.becomes) + 4)))
        moment = sent_at + pause
        yield sent_at, self._send
        if told.becomes:
            yield moment, self._open
        for status, reason in told.becomes:
            moment += pause
            yield moment, self._move_to(status, reason)
            if status is Status.VERIFYING:
                yield moment + pause / 4, self._assign
        if told.answer:
            yield moment + pause / 2, self._answer
        if told.reporter_adds:
            yield sent_at + timedelta(hours=told.hours_ago * 0.9), self._add

    def _send(self, session: Session) -> None:
        told = self._told
        draft = tips.TipDraft(
            ward_id=ward.WARD,
            category=told.category,
            text=told.text,
            occurred=told.occurred,
            area_id=_area_ids(session)[told.area_code] if told.area_code else None,
            location=Location(*told.at) if told.at else None,
            name=told.name,
            phone=ward.RESIDENT_PHONES[0] if told.name else None,
        )
        photos = clean_photos([_photo(number) for number in range(told.photos)])
        sent = tips.send_tip(session, NOBODY, draft=draft, photos=photos)
        self._tip_id, self._receipt = sent.tip.id, sent.receipt.text

    def _open(self, session: Session) -> None:
        staff_commands.open_tip(session, self._officer, tip_id=self._tip_id)

    def _move_to(self, status: Status, reason: str) -> Act:
        def move(session: Session) -> None:
            if status is Status.ACKNOWLEDGED:
                staff_commands.acknowledge_tip(session, self._officer, tip_id=self._tip_id, reason=reason)
            elif status in CLOSED:
                staff_commands.close_tip(session, self._chief, tip_id=self._tip_id, outcome=status, reason=reason)
            else:
                staff_commands.verify_tip(session, self._officer, tip_id=self._tip_id, reason=reason)

        return move

    def _assign(self, session: Session) -> None:
        staff_commands.assign_tip(session, self._chief, tip_id=self._tip_id, staff_id=self._officer.id)

    def _answer(self, session: Session) -> None:
        staff_commands.reply_to_tip(session, self._officer, tip_id=self._tip_id, text=self._told.answer or "")

    def _add(self, session: Session) -> None:
        tips.write_message(session, NOBODY, receipt=self._receipt, text=self._told.reporter_adds or "")


def _photo(number: int) -> PhotoFile:
    """A plain picture, drawn here: a street in the evening."""
    picture = Image.new("RGB", (1280, 960), GROUNDS[number % len(GROUNDS)])
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((0, 620, 1280, 960), fill="#1B1F1A")
    for place in range(6):
        left, top = 60 + place * 205, 330 - 40 * ((place + number) % 3)
        drawing.rectangle((left, top, left + 160, 620), fill="#0C2A22")
        drawing.rectangle((left + 55, top + 110, left + 105, top + 190), fill=LAMP if place != number else "#2F3A34")
    written = BytesIO()
    picture.save(written, "JPEG", quality=85)
    return PhotoFile(f"pho-buoi-toi-{number + 1}.jpg", written.getvalue())


def _area_ids(session: Session) -> dict[str, UUID]:
    return {area.code: area.id for area in areas_of_ward(session, NOBODY, code=ward.WARD)}


@contextmanager
def _at(moment: datetime) -> Iterator[Session]:
    with clock.frozen(moment), unit_of_work() as session:
        yield session
