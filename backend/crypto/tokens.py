"""What is sealed for a browser's session, for the worker, as a setting at rest, for a repeated request."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from hashlib import sha256
from hmac import digest
from secrets import token_urlsafe

from backend.crypto.boxes import SealBroken, open_box, seal
from backend.crypto.derive import derive, server_key

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
    return seal(server_key(purpose), data, context=purpose.encode())


def open_setting(purpose: str, box: bytes) -> bytes:
    """What was sealed as a setting; raises SealBroken."""
    return open_box(server_key(purpose), box, context=purpose.encode())


def keyed_hash(purpose: str, data: bytes) -> bytes:
    """32 bytes that find `data` again but cannot be guessed back from the database (phone numbers, addresses)."""
    return digest(server_key("hash/" + purpose), data, sha256)


def reply_key(idempotency_key: str) -> bytes:
    """The key of a stored reply: only who sent the Idempotency-Key, on this installation, reads it again."""
    return derive(_utf8(idempotency_key), "idempotent-reply", salt=server_key("idempotent-reply"))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
