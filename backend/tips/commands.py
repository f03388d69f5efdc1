"""What residents do with a tip: send it, write messages, ask for notifications."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend import clock, crypto
from backend.accounts.errors import PhoneInvalid
from backend.accounts.models import Resident
from backend.accounts.phone_numbers import read_phone
from backend.numbers import next_number
from backend.permissions import Action, Actor, require
from backend.push.address import PushAddress
from backend.staff.ward_keys import ReceivingWard, receiving_ward
from backend.text import clean_line, clean_text
from backend.tips import opening, rules, sealed
from backend.tips.errors import AreaNotInWard, DialogueFull, TipClosed, WardNotActive
from backend.tips.life import Category, EntryAuthor, EntryKind, Occurred, Status
from backend.tips.models import Tip, TipEntry
from backend.tips.photos import CheckedPhoto, seal_photos
from backend.tips.views import TrailStep
from backend.wards.queries import has_areas


@dataclass(frozen=True)
class SentTip:
    """A tip that was sent. `receipt` is shown once and not stored."""

    receipt: crypto.Receipt
    tip: Tip
    received_at: datetime
    photos: Sequence[CheckedPhoto]


@dataclass(frozen=True, repr=False)
class TipDraft:
    """What the reporter wrote. `name` and `phone` come together; without them the reporter is anonymous."""

    ward_id: str
    category: Category
    text: str
    occurred: Occurred | None = None
    area_id: UUID | None = None
    location: sealed.Location | None = None
    name: str | None = None
    phone: str | None = None
    push: PushAddress | None = None
    language: str = "vi"


def send_tip(session: Session, actor: Actor, *, draft: TipDraft, photos: Sequence[CheckedPhoto] = ()) -> SentTip:
    """Store a tip, sealed to its ward and to a new receipt.

    Photos that were refused are left out, the rest is stored. No account, network address or device is stored with it.
    Raises WardNotActive, AreaNotInWard and the errors of backend.text.
    """
    require(actor, Action.TIP_SEND)
    text = clean_text(draft.text, max_length=rules.LONGEST_TEXT, field="text")
    identity = _identity(session, actor, draft)
    ward = _receiving_ward(session, draft)
    now, tip_id, data_key, receipt = clock.now(), uuid4(), crypto.new_data_key(), crypto.new_receipt()
    photo_rows, photo_names = seal_photos(draft.ward_id, tip_id, data_key, photos)
    content = sealed.Content(
        text=text, received_at=now, occurred=draft.occurred, location=draft.location, identity=identity,
        language=draft.language, photos=photo_names,
    )  # fmt: skip
    received_hour = clock.hour_of(now)
    tip = Tip(
        id=tip_id,
        ward_id=draft.ward_id,
        number=next_number(session, Tip, ward_id=draft.ward_id),
        area_id=draft.area_id,
        category=draft.category,
        status=Status.RECEIVED,
        received_hour=received_hour,
        due_at=rules.acknowledge_by(received_hour, ward.deadlines.acknowledge_hours),
        photo_count=len(photo_rows),
        has_pin=draft.location is not None,
        lookup=receipt.lookup(),
        key_for_ward=crypto.seal_to(ward.public_key, data_key),
        key_for_receipt=crypto.seal_key_to_receipt(receipt, data_key),
        content=sealed.pack_content(data_key, tip_id, content),
        push_address=sealed.pack_address(data_key, tip_id, draft.push) if draft.push else None,
    )
    session.add(tip)
    session.flush()  # the photos refer to it
    session.add_all(photo_rows)
    return SentTip(receipt, tip, now, photos)


def _identity(session: Session, actor: Actor, draft: TipDraft) -> sealed.Identity | None:
    if draft.name is None and draft.phone is None:
        return None
    name = clean_line(draft.name or "", max_length=120, field="identity.name")
    phone = _as_e164(clean_line(draft.phone or "", max_length=30, field="identity.phone"))
    account = session.get(Resident, actor.id) if actor.kind == "resident" else None
    return sealed.Identity(name, phone, verified=account is not None and account.phone == phone)


def _as_e164(phone: str) -> str:
    """A mobile number as E.164; any other number, such as a shop's landline, as it was written."""
    try:
        return read_phone(phone)
    except PhoneInvalid:
        return phone


def _receiving_ward(session: Session, draft: TipDraft) -> ReceivingWard:
    ward = receiving_ward(session, draft.ward_id)
    if ward is None:
        raise WardNotActive(field="ward_code")
    if draft.area_id is not None and not has_areas(session, draft.ward_id, {draft.area_id}):
        raise AreaNotInWard(field="area_id")
    return ward


def write_message(session: Session, actor: Actor, *, receipt: str, text: str) -> TrailStep:
    """Add the reporter's message. Raises TipClosed, DialogueFull, ReceiptUnknown, crypto.ReceiptMalformed."""
    require(actor, Action.TIP_OPEN)
    text = clean_text(text, max_length=rules.LONGEST_MESSAGE, field="text")
    tip, key = opening.find_by_receipt(session, receipt, lock=True)
    if not rules.is_dialogue_open(tip.status):
        raise TipClosed()
    step = add_entry(session, tip, key, kind=EntryKind.MESSAGE, author=EntryAuthor.REPORTER, text=text)
    tip.has_answer = True
    return step


def add_entry(
    session: Session,
    tip: Tip,
    key: bytes,
    *,
    kind: EntryKind,
    author: EntryAuthor,
    text: str,
    status: Status | None = None,
) -> TrailStep:
    """Add a sealed entry to a locked tip. Raises DialogueFull for the reporter; staff can always write."""
    if author is EntryAuthor.REPORTER and tip.entry_count >= rules.MOST_ENTRIES:
        raise DialogueFull()
    tip.entry_count += 1
    entry = sealed.Entry(uuid4(), tip.entry_count, kind, author, status)
    words = sealed.Words(text, clock.now())
    content = sealed.pack_words(key, entry, words)
    session.add(TipEntry(ward_id=tip.ward_id, tip_id=tip.id, content=content, **asdict(entry)))
    return TrailStep(entry.id, kind, author, words.at, status, text)


def set_push(session: Session, actor: Actor, *, receipt: str, push: PushAddress | None) -> None:
    """Notify this phone of news about the tip from now on, or nobody."""
    require(actor, Action.TIP_OPEN)
    tip, key = opening.find_by_receipt(session, receipt, lock=True)
    tip.push_address = sealed.pack_address(key, tip.id, push) if push else None
