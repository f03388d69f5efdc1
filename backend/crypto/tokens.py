"""What is sealed for a browser's session, for the worker, as a setting at rest, for a repeated request."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Iterator
from hashlib import sha256
from secrets import token_urlsafe

from backend.crypto.boxes import SealBroken, is_under, open_box, open_under, seal, seal_under
from backend.crypto.derive import Key, derive, server_keys

TOKEN_BYTES = 32


def session_token() -> str:
    """256 random bits, safe in a cookie and a header."""
    return token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """32 bytes: what the database keeps of a token; a token is random, so it needs no slow hash."""
    return sha256(_utf8(token)).digest()


def seal_for_session(token: str, secret: bytes) -> bytes:
    """`secret` so that only the browser's cookie opens it: the server keeps the box and only a hash of the token."""
    return seal(derive(_utf8(token), "session"), secret, context=b"session")


def open_from_session(token: str, box: bytes) -> bytes:
    """What was sealed for this session; raises SealBroken."""
    return open_box(derive(_utf8(token), "session"), box, context=b"session")


def seal_for_worker(purpose: str, data: bytes) -> str:
    """`data` as base64url text that may lie in a job's arguments; opens with the same purpose, on this server only."""
    return urlsafe_b64encode(seal_setting(purpose, data)).decode()


def open_for_worker(purpose: str, text: str) -> bytes:
    """What was sealed for the worker; raises SealBroken."""
    try:
        return open_setting(purpose, urlsafe_b64decode(text))
    except (BadBase64, ValueError):
        raise SealBroken from None


def seal_setting(purpose: str, data: bytes) -> bytes:
    """`data` at rest under the server's key: the database alone does not show it (TOTP secrets, push addresses)."""
    return seal_under(server_keys(purpose)[0], data, context=purpose.encode())


def open_setting(purpose: str, box: bytes) -> bytes:
    """What was sealed as a setting; raises SealBroken."""
    return open_under(server_keys(purpose), box, context=purpose.encode())


def renewed_setting(purpose: str, box: bytes) -> bytes:
    """The box itself where it rests under the server's current key, else a new one; raises SealBroken."""
    return box if is_under(server_keys(purpose)[0], box) else seal_setting(purpose, open_setting(purpose, box))


def seal_reply(idempotency_key: str, reply: bytes, *, context: bytes) -> bytes:
    """A stored reply: only who sent the Idempotency-Key, on this installation, reads it again."""
    return seal_under(next(_reply_keys(idempotency_key)), reply, context=context)


def open_reply(idempotency_key: str, box: bytes, *, context: bytes) -> bytes:
    """What was sealed as the reply to this key; raises SealBroken."""
    return open_under(_reply_keys(idempotency_key), box, context=context)


def _reply_keys(idempotency_key: str) -> Iterator[Key]:
    for key in server_keys("idempotent-reply"):
        yield Key(key.id, derive(_utf8(idempotency_key), "idempotent-reply", salt=key.secret))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
