"""Hashes under the server's key: they find a thing again, and cannot be guessed back from the database.

A stored hash is the id of its key and 32 bytes of HMAC-SHA256; the first release stored the 32 bytes alone.
"""

from hashlib import sha256
from hmac import compare_digest, digest

from backend.crypto.derive import KEY_ID_BYTES, server_keys

HASH_BYTES = KEY_ID_BYTES + 32


def keyed_hash(purpose: str, data: bytes) -> bytes:
    """36 bytes to store for `data` (a phone number, an address), different for every purpose."""
    key = server_keys("hash/" + purpose)[0]
    return key.id + digest(key.secret, data, sha256)


def keyed_hashes(purpose: str, data: bytes) -> list[bytes]:
    """Every form in which the hash of `data` may be stored: `keyed_hash`, then with former keys, then without id."""
    found = [(key.id, digest(key.secret, data, sha256)) for key in server_keys("hash/" + purpose)]
    return [key_id + mac for key_id, mac in found] + [mac for _, mac in found]


def is_hash_of(stored: bytes, purpose: str, data: bytes) -> bool:
    """Whether `stored` is the keyed hash of `data`, under any key that the server knows."""
    return any(compare_digest(stored, one) for one in keyed_hashes(purpose, data))


def is_current_hash(stored: bytes, purpose: str) -> bool:
    """Whether `stored` was made with the server's current key."""
    return len(stored) == HASH_BYTES and stored.startswith(server_keys("hash/" + purpose)[0].id)
