"""Keys made from other secrets: HKDF-SHA256 with one label per use, so that no key serves two purposes."""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.config import settings

KEY_BYTES = 32


def derive(secret: bytes, label: str, *, salt: bytes = b"") -> bytes:
    """32 bytes from a secret that is already strong (never a password), different for every label."""
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"binhyen/" + label.encode())
    return hkdf.derive(secret)


def server_key(label: str) -> bytes:
    """A key of this installation: `BINHYEN_SECRET_KEY` is in neither the database nor its backups."""
    return _server_key(settings().secret_key.get_secret_value(), label)


@lru_cache(maxsize=64)
def _server_key(secret: str, label: str) -> bytes:
    return derive(secret.encode(), "server/" + label)


def receipt_pepper() -> bytes:
    """The installation's second secret, bound into every receipt; absent from the database and its backups."""
    return settings().receipt_pepper.get_secret_value().encode()
