"""What of a tip is sealed, and how it is packed: JSON under the tip's data key (backend.packing).

A new field is one line in its shape, with a default: what was sealed before takes that. The shapes have no repr, so
that no log line, assertion or crash report can show what a person said.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend import crypto
from backend.packing import pack, unpack
from backend.push.address import PushAddress


@dataclass(frozen=True, repr=False)
class Identity:
    """A reporter who chose to be known. `verified`: the phone is that of the signed-in account."""

    name: str
    phone: str
    verified: bool = False


@dataclass(frozen=True, repr=False)
class Location:
    """A pin that the reporter set: WGS 84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, repr=False)
class PhotoName:
    """What a photo was called on the phone, and the size of the picture kept (pixels)."""

    id: UUID
    name: str
    width: int
    height: int


@dataclass(frozen=True, repr=False)
class Content:
    """All that the reporter said."""

    text: str
    received_at: datetime
    occurred: str | None = None
    location: Location | None = None
    identity: Identity | None = None
    language: str = "vi"
    photos: tuple[PhotoName, ...] = field(default=())


@dataclass(frozen=True, repr=False)
class Words:
    """The words of one entry: a message, or the reason of a change."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    """What of an entry is in clear; bound to its words, so that the database alone cannot change who said what."""

    id: UUID
    seq: int
    kind: str
    author: str
    status: str | None

    def context(self) -> bytes:
        """The associated data of the seal."""
        return f"entry:{self.id}:{self.seq}:{self.kind}:{self.author}:{self.status or ''}".encode()


def pack_content(key: bytes, tip_id: UUID, content: Content) -> bytes:
    """`content` sealed under the tip's data key."""
    return crypto.seal(key, pack(content), context=b"content:" + tip_id.bytes)


def unpack_content(key: bytes, tip_id: UUID, box: bytes) -> Content:
    """The reverse; raises crypto.SealBroken, ContentTooNew."""
    return unpack(Content, crypto.open_box(key, box, context=b"content:" + tip_id.bytes))


def pack_words(key: bytes, entry: Entry, words: Words) -> bytes:
    """One entry's words sealed under the tip's data key; they open only beside the `entry` they were sealed with."""
    return crypto.seal(key, pack(words), context=entry.context())


def unpack_words(key: bytes, entry: Entry, box: bytes) -> Words:
    """The reverse; raises crypto.SealBroken, ContentTooNew."""
    return unpack(Words, crypto.open_box(key, box, context=entry.context()))


def pack_address(key: bytes, tip_id: UUID, address: PushAddress) -> bytes:
    """The push address of a reporter who wants to be woken."""
    return crypto.seal(key, pack(address), context=b"push:" + tip_id.bytes)


def unpack_address(key: bytes, tip_id: UUID, box: bytes) -> PushAddress:
    """The reverse; raises crypto.SealBroken, ContentTooNew."""
    return unpack(PushAddress, crypto.open_box(key, box, context=b"push:" + tip_id.bytes))


def pack_photo(key: bytes, photo_id: UUID, size: str, picture: bytes) -> bytes:
    """A cleaned picture, sealed; `size`: large | small."""
    return crypto.seal_stream(key, picture, context=b"photo:" + size.encode() + photo_id.bytes)


def unpack_photo(key: bytes, photo_id: UUID, size: str, blob: bytes) -> bytes:
    """JPEG bytes; raises crypto.SealBroken."""
    return crypto.open_stream(key, blob, context=b"photo:" + size.encode() + photo_id.bytes)
