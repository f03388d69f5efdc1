"""The receipt: the one secret that finds and opens a tip. Shown once, never stored."""

from dataclasses import dataclass, field
from hashlib import sha256
from hmac import digest
from secrets import compare_digest, token_bytes

from backend.crypto import codes
from backend.crypto.boxes import open_box, seal
from backend.crypto.derive import derive, receipt_pepper
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
        """32 bytes under which the tip is found; made of the receipt and the installation's pepper together."""
        return digest(receipt_pepper(), b"binhyen/receipt-lookup" + self.secret, sha256)

    def key(self) -> bytes:
        """The 32-byte key that the tip's data key is sealed to.

        The pepper goes in as salt, so a stolen database gives nothing to try 80-bit guesses against.
        """
        return derive(self.secret, "receipt-key", salt=receipt_pepper())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Receipt) and compare_digest(self.secret, other.secret)

    def __hash__(self) -> int:
        return hash(self.secret)


def new_receipt() -> Receipt:
    """A fresh receipt; two are never alike."""
    return Receipt(token_bytes(codes.SECRET_BYTES))


def seal_key_to_receipt(receipt: Receipt, data_key: bytes) -> bytes:
    """The tip's data key, for whoever holds the receipt."""
    return seal(receipt.key(), data_key, context=_CONTEXT)


def open_key_with_receipt(receipt: Receipt, box: bytes) -> bytes:
    """The data key; raises SealBroken when the box is another receipt's."""
    return open_box(receipt.key(), box, context=_CONTEXT)
