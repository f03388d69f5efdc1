"""The receipt: the one secret that finds and opens a tip. Shown once, never stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import digest
from secrets import compare_digest, token_bytes

from backend.crypto import codes
from backend.crypto.boxes import open_under, seal_under
from backend.crypto.derive import Key, derive, receipt_peppers
from backend.errors import N_, DomainError, Kind

_CONTEXT = b"receipt/data-key"


class ReceiptMalformed(DomainError):
    """What was typed is no receipt; compare each character with the saved one.

    `group` (from 1) looks wrong, None when that cannot be told.
    """

    kind = Kind.UNPROCESSABLE
    code = "receipt_malformed"
    text = N_("Mã biên nhận chưa đúng. Mã có 18 ký tự, dạng XXXX-XXXX-XXXX-XXXX-XX. Hãy so lại với mã đã lưu.")

    def __init__(self, *, group: int | None, **params: object) -> None:
        super().__init__(group=group, **params)


@dataclass(frozen=True, slots=True, eq=False)
class Receipt:
    """80 random bits. Its text is secret: it never appears in a repr, a log line, a URL or an exception."""

    secret: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """A receipt as a person types it: case, spaces and hyphens do not matter; raises ReceiptMalformed."""
        try:
            return cls(codes.decode(codes.read(text)))
        except codes.CodeMalformed as malformed:
            raise ReceiptMalformed(group=malformed.group, field="receipt") from None

    @property
    def text(self) -> str:
        """For the reporter's eyes: "7QK4-M2XR-9TVB-3HNE-C5"."""
        return codes.grouped(codes.encode(self.secret))

    def lookup(self) -> bytes:
        """What a tip is stored under, to be found again: made of the receipt and the installation's pepper together."""
        pepper = receipt_peppers()[0]
        return pepper.id + self._found_by(pepper)

    def lookups(self) -> list[bytes]:
        """Every form of `lookup` under which the tip may be stored: with each pepper, with its id and without."""
        found = [(pepper.id, self._found_by(pepper)) for pepper in receipt_peppers()]
        return [key_id + mac for key_id, mac in found] + [mac for _, mac in found]

    def keys(self) -> Iterator[Key]:
        """What the tip's data key is sealed to: 32 bytes under each pepper, the current one first.

        The pepper goes in as salt, so a stolen database gives nothing to try 80-bit guesses against.
        """
        for pepper in receipt_peppers():
            yield Key(pepper.id, derive(self.secret, "receipt-key", salt=pepper.secret))

    def _found_by(self, pepper: Key) -> bytes:
        return digest(pepper.secret, b"binhyen/receipt-lookup" + self.secret, sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Receipt) and compare_digest(self.secret, other.secret)

    def __hash__(self) -> int:
        return hash(self.secret)


def new_receipt() -> Receipt:
    """A fresh receipt; two are never alike."""
    return Receipt(token_bytes(codes.SECRET_BYTES))


def seal_key_to_receipt(receipt: Receipt, data_key: bytes) -> bytes:
    """The tip's data key, for whoever holds the receipt."""
    return seal_under(next(receipt.keys()), data_key, context=_CONTEXT)


def open_key_with_receipt(receipt: Receipt, box: bytes) -> bytes:
    """The data key; raises SealBroken when the box is another receipt's."""
    return open_under(receipt.keys(), box, context=_CONTEXT)
