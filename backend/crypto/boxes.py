"""Data under a key: short things in one box, files in a stream; both padded, both bound to what they belong to.

Layout, all sizes in bytes:
- box:    version 1 | nonce 24 | XChaCha20-Poly1305(length 8 | data | zeros)
- box under a key of the server: version 2 | key id 4 | nonce 24 | the same; the first release wrote version 1 there too
- stream: version 1 | header 24 | secretstream of the same padded layout: chunks of 65,536 (+ 17), the last tagged final
"""

import struct
from collections.abc import Iterable

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.utils import random as random_bytes

from backend.crypto.derive import KEY_BYTES, KEY_ID_BYTES, Key, derive

CHUNK = 64 * 1024
SMALLEST_STEP = 256

_VERSION = b"\x01"
_WITH_KEY_ID = b"\x02"
_LENGTH = struct.Struct("<Q")
_NONCE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_SEALED_CHUNK = CHUNK + bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


class SealBroken(Exception):
    """A box does not open: wrong key, wrong context, or bytes that were changed or cut.

    Never the reader's fault, so it is no DomainError.
    """

    def __init__(self) -> None:
        super().__init__("a sealed box does not open with this key and context")


def new_data_key() -> bytes:
    """32 random bytes: the key of one tip."""
    return random_bytes(KEY_BYTES)


def seal(data_key: bytes, plaintext: bytes, *, context: bytes) -> bytes:
    """Seal a short thing; it opens only with the same key and context (what it is and whose: b"tip/<id>/text")."""
    return _seal(_VERSION, data_key, plaintext, context)


def open_box(data_key: bytes, box: bytes, *, context: bytes) -> bytes:
    """What `seal` was given; raises SealBroken."""
    return _open(_VERSION, data_key, box, context)


def seal_under(key: Key, plaintext: bytes, *, context: bytes) -> bytes:
    """As `seal`, and the box names its key: the server's secrets change in the course of the years."""
    return _seal(_WITH_KEY_ID + key.id, key.secret, plaintext, context)


def open_under(keys: Iterable[Key], box: bytes, *, context: bytes) -> bytes:
    """What `seal_under` was given with one of `keys`, or `seal` in the first release; raises SealBroken."""
    for key in keys:
        head = _VERSION if box[:1] == _VERSION else _WITH_KEY_ID + key.id
        try:
            return _open(head, key.secret, box, context)
        except SealBroken:
            continue
    raise SealBroken


def is_under(key: Key, box: bytes) -> bool:
    """Whether the box says that it was sealed under `key`."""
    return box[: 1 + KEY_ID_BYTES] == _WITH_KEY_ID + key.id


def _seal(head: bytes, key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """`head` is what stands before the nonce: it tells how the box is to be opened, and is bound to it."""
    nonce = random_bytes(_NONCE)
    sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(pad(plaintext), head + context, nonce, key)
    return head + nonce + sealed


def _open(head: bytes, key: bytes, box: bytes, context: bytes) -> bytes:
    start = len(head) + _NONCE
    nonce = box[len(head) : start]
    if not box.startswith(head) or len(nonce) != _NONCE:
        raise SealBroken
    try:
        padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(box[start:], head + context, nonce, key)
    except (CryptoError, ValueError):
        raise SealBroken from None
    return unpad(padded)


def seal_stream(data_key: bytes, data: bytes, *, context: bytes) -> bytes:
    """Seal a file in chunks of 64 KiB; a missing, added or reordered chunk is noticed when it is opened."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, derive(data_key, "stream"))
    padded = pad(data)
    sealed = [_VERSION, header]
    for start in range(0, len(padded), CHUNK):
        tag = _FINAL if start + CHUNK >= len(padded) else _MESSAGE
        chunk = padded[start : start + CHUNK]
        sealed.append(bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, _VERSION + context, tag))
    return b"".join(sealed)


def open_stream(data_key: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """What `seal_stream` was given; raises SealBroken, also when chunks at the end are missing."""
    header = sealed[1 : 1 + _HEADER]
    if sealed[:1] != _VERSION or len(header) != _HEADER:
        raise SealBroken
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, header, derive(data_key, "stream"))
    chunks: list[bytes] = []
    for start in range(1 + _HEADER, len(sealed), _SEALED_CHUNK):
        last = start + _SEALED_CHUNK >= len(sealed)
        chunk, tag = _pull(state, sealed[start : start + _SEALED_CHUNK], _VERSION + context)
        if tag != (_FINAL if last else _MESSAGE):
            raise SealBroken
        chunks.append(chunk)
    return unpad(b"".join(chunks))


def _pull(
    state: bindings.crypto_secretstream_xchacha20poly1305_state, chunk: bytes, context: bytes
) -> tuple[bytes, int]:
    try:
        return bindings.crypto_secretstream_xchacha20poly1305_pull(state, chunk, context)
    except (CryptoError, ValueError):
        raise SealBroken from None


def pad(data: bytes) -> bytes:
    """Length, data and zeros up to a size that many other lengths share.

    Steps of 256 bytes; from 8 KiB on they grow as in Padmé (Nikitin et al., PETS 2019), which adds at most 12 % and
    lets a size of N bytes tell only O(log log N) bits.
    """
    size = _LENGTH.size + len(data)
    exponent = size.bit_length() - 1
    step = max(SMALLEST_STEP, 1 << (exponent - exponent.bit_length()))
    return _LENGTH.pack(len(data)) + data + bytes(-size % step)


def unpad(padded: bytes) -> bytes:
    """The data that `pad` was given; raises SealBroken."""
    if len(padded) < _LENGTH.size:
        raise SealBroken
    (length,) = _LENGTH.unpack_from(padded)
    if length > len(padded) - _LENGTH.size:
        raise SealBroken
    return padded[_LENGTH.size : _LENGTH.size + length]
