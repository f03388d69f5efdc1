"""The demo's tips, sent as phones would send them and worked on by the ward, step by step."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import cycle
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session

from backend import clock
from backend.permissions import NOBODY, Actor
from backend.tips import commands as tips
from backend.tips import staff_commands
from backend.tips.life import CLOSED, Status
from backend.tips.photos import PhotoFile, clean_photos
from backend.tips.sealed import Location
from binhyen.demo import ward
from binhyen.demo.timeline import Act, Office, Step, area_ids
from binhyen.demo.tips.told import TIPS, Told

# of the drawn photos: five of one tip are five
GROUNDS = ("#14513E", "#3E4A5C", "#5C4A3E", "#44553A", "#4B3E5C")
LAMP = "#F2C877"


def steps(office: Office) -> Iterator[Step]:
    """Everything that happened to the ward's tips, and when; the officers take turns."""
    officers = cycle(office.officers)
    for told in TIPS:
        yield from TipPlay(told, next(officers), office.chief).steps()


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
            area_id=area_ids(session)[told.area_code] if told.area_code else None,
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
