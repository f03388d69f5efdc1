"""Keys made from other secrets: HKDF-SHA256 with one label per use, so that no key serves two purposes.

The server's secrets can be changed. What is new is made with the current one; former ones open what is old. A short id
in front of a box or a hash tells which secret it was made with.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.config import settings

KEY_BYTES = 32
KEY_ID_BYTES = 4
# entries of the log are never written anew, so they are also checked with secrets that open nothing else any more
LOG = "hash/audit"


@dataclass(frozen=True, slots=True)
class Key:
    """A key for one use. `id` tells which of the server's secrets it was made from, and nothing about that secret."""

    id: bytes
    secret: bytes = field(repr=False)


def derive(secret: bytes, label: str, *, salt: bytes = b"") -> bytes:
    """32 bytes from a secret that is already strong (never a password), different for every label."""
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"binhyen/" + label.encode())
    return hkdf.derive(secret)


def server_keys(label: str) -> tuple[Key, ...]:
    """Keys of this installation for one use, the current one first.

    `BINHYEN_SECRET_KEY` and those before it are in neither the database nor its backups.
    """
    given = settings()
    return _server_keys(given.log_secrets if label == LOG else given.secrets, label)


@lru_cache(maxsize=4096)  # each ward and each member of staff has a label
def _server_keys(secrets: tuple[bytes, ...], label: str) -> tuple[Key, ...]:
    return tuple(Key(_key_id(secret), derive(secret, "server/" + label)) for secret in secrets)


def receipt_peppers() -> tuple[Key, ...]:
    """The installation's second secret, bound into every receipt, the current one first; in no table and no backup."""
    return _receipt_peppers(settings().peppers)


@lru_cache(maxsize=1)
def _receipt_peppers(peppers: tuple[bytes, ...]) -> tuple[Key, ...]:
    return tuple(Key(_key_id(pepper), pepper) for pepper in peppers)


@lru_cache(maxsize=16)
def _key_id(secret: bytes) -> bytes:
    return derive(secret, "key-id")[:KEY_ID_BYTES]
