"""Passwords of staff: which are accepted, how they are hashed and compared, and how many at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend import crypto
from backend.concurrency import slot
from backend.staff.errors import PasswordsBusy, PasswordTooCommon, PasswordTooLong, PasswordTooShort
from backend.staff.models import Staff
from backend.text import fold

LEAST = 12
MOST = 200
# what people in this country try first, folded
COMMON = ("password", "matkhau", "congan", "binhyen", "iloveyou", "anhyeuem", "admin")
# counting, the alphabet and the rows of a keyboard: a key that continues one of these, up or down, is easy to guess
ROWS = ("12345678901", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
NEXT_KEYS = {pair for row in (*ROWS, *(row[::-1] for row in ROWS)) for pair in pairwise(row)}

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)

AT_ONCE = 4
IN_LINE = 12
LONGEST_WAIT = 5.0
_line = BoundedSemaphore(IN_LINE)
_running = BoundedSemaphore(AT_ONCE)


@contextmanager
def hashing_slot() -> Iterator[None]:
    """Hold it while a password is hashed or compared: Argon2 takes 64 MiB and a processor, and anybody can ask for it.

    It comes before the first use of the request's session, so that whoever waits or hashes holds no connection.
    Raises PasswordsBusy: at once if too many wait already, which keeps the server's other threads free, or after 5 s.
    """
    busy = PasswordsBusy(retry_after=5)
    with slot(_line, busy=busy), slot(_running, wait=LONGEST_WAIT, busy=busy):
        yield


@dataclass(frozen=True, repr=False)
class Credentials:
    """A password's hash and the private key encrypted under the password, to be stored in a later transaction."""

    password_hash: str
    kdf_salt: bytes
    wrapped_private_key: bytes

    def store_on(self, staff: Staff) -> None:
        """Make it the account's password."""
        staff.password_hash = self.password_hash
        staff.kdf_salt, staff.wrapped_private_key = self.kdf_salt, self.wrapped_private_key


def new_credentials(password: str, private_key: bytes) -> Credentials:
    """What to store for a new password. Slow: call it within hashing_slot()."""
    return Credentials(hashed(password), *crypto.wrap_private_key(private_key, password))


def check_new(password: str, *, username: str) -> None:
    """Refuse a weak password. Raises PasswordTooShort, PasswordTooLong, PasswordTooCommon."""
    if len(password) < LEAST:
        raise PasswordTooShort(least=LEAST, field="password")
    if len(password) > MOST:
        raise PasswordTooLong(most=MOST, field="password")
    plain = fold(password).replace(" ", "")
    rest = plain
    for common in (fold(username), *COMMON):
        rest = rest.replace(common, "")
    to_guess = [key for before, key in pairwise(" " + rest) if key != before and (before, key) not in NEXT_KEYS]
    if len(to_guess) < LEAST // 2 or len(set(plain)) < 6:
        raise PasswordTooCommon(field="password")


def hashed(password: str) -> str:
    """The Argon2id hash of a password. Slow: call it within hashing_slot()."""
    return _hasher.hash(normalize("NFC", password))


def matches(password: str, kept: str | None) -> bool:
    """Whether the password has this hash; without a hash it has not, after the same time. Call in hashing_slot()."""
    try:
        return _hasher.verify(kept or _dummy_hash(), normalize("NFC", password[:MOST])) and kept is not None
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _dummy_hash() -> str:
    """A well-formed hash of no password. Comparing with it takes as long as with a real one."""
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${costs}${'A' * 22}${'A' * 43}"
