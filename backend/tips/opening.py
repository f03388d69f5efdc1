"""Opening sealed tips, with the reporter's receipt or with the ward's key."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from backend import acts, clock, crypto
from backend.packing import ContentTooNew
from backend.permissions import Actor
from backend.staff.ward_keys import open_ward_key
from backend.storage import storage
from backend.tips.errors import ReceiptUnknown
from backend.tips.models import Tip, TipEntry, TipPhoto
from backend.tips.rules import NEEDS, deadline, is_dialogue_open, refusal
from backend.tips.sealed import Entry, unpack_content, unpack_photo, unpack_words
from backend.tips.views import OpenedTip, TrailStep
from backend.wards.models import Area, Ward

# built once, because reporters open their tips often
_BY_LOOKUP = select(Tip).where(Tip.lookup.in_(bindparam("lookups", expanding=True)))
_NAMES = (
    select(Ward.full_name, Area.name)
    .join_from(Ward, Area, Area.id == bindparam("area"), isouter=True)
    .where(Ward.code == bindparam("ward"))
)
_TRAIL = select(TipEntry).where(TipEntry.tip_id == bindparam("tip")).order_by(TipEntry.seq)


def find_by_receipt(session: Session, text: str, *, lock: bool = False) -> tuple[Tip, bytes]:
    """The tip that `text` opens and its data key. Raises crypto.ReceiptMalformed, ReceiptUnknown."""
    receipt = crypto.Receipt.parse(text)
    query = _BY_LOOKUP.with_for_update() if lock else _BY_LOOKUP
    tip = session.scalars(query, {"lookups": receipt.lookups()}).one_or_none()
    if tip is None:
        raise ReceiptUnknown(field="receipt")
    return tip, crypto.open_key_with_receipt(receipt, tip.key_for_receipt)


def open_for_ward(session: Session, actor: Actor, tip: Tip) -> bytes:
    """The tip's data key, opened with the actor's copy of the ward's key. Raises NoTipAccess."""
    return crypto.open_sealed(open_ward_key(session, actor, tip.ward_id), tip.key_for_ward)


def opened(session: Session, actor: Actor, tip: Tip, key: bytes) -> OpenedTip:
    """The whole tip for this reader, in three queries whatever the length of the dialogue."""
    ward_name, area_name = session.execute(_NAMES, {"ward": tip.ward_id, "area": tip.area_id}).one()
    entries = session.scalars(_TRAIL, {"tip": tip.id})
    return OpenedTip(
        tip=tip,
        content=unpack_content(key, tip.id, tip.content),
        trail=[_step(entry, key) for entry in entries],
        deadline=deadline(tip.status, tip.due_at, clock.now()),
        allowed=acts.allowed(actor, tip, NEEDS, lambda act: refusal(act, tip.status)),
        can_write=is_dialogue_open(tip.status),
        wants_push=tip.push_address is not None,
        ward_name=ward_name,
        area_name=area_name,
    )


def language_of(tip: Tip, key: bytes) -> str | None:
    """The language the reporter wrote in; None if the content does not open."""
    try:
        return unpack_content(key, tip.id, tip.content).language
    except (crypto.SealBroken, ContentTooNew):
        return None


def _step(entry: TipEntry, key: bytes) -> TrailStep:
    shown = Entry(entry.id, entry.seq, entry.kind, entry.author, entry.status)
    words = unpack_words(key, shown, entry.content)
    return TrailStep(entry.id, entry.kind, entry.author, words.at, entry.status, words.text)


def photo_of(session: Session, tip: Tip, key: bytes, *, photo_id: UUID, size: str) -> bytes | None:
    """JPEG bytes of one photo of the tip (`size`: large | small), None when the tip has no such photo."""
    query = select(TipPhoto).where(TipPhoto.tip_id == tip.id, TipPhoto.id == photo_id)
    photo = session.scalars(query).one_or_none()
    if photo is None:
        return None
    blob = storage().get(photo.large if size == "large" else photo.small)
    return unpack_photo(key, photo.id, size, blob)
