"""Passwords of staff: what is taken, how it is kept, how it is compared, and how many at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend import crypto
from backend.staff.errors import PasswordsBusy, PasswordTooCommon, PasswordTooLong, PasswordTooShort
from backend.staff.models import Staff
from backend.text import fold

LEAST = 12
MOST = 200
# what people in this country type first, folded
COMMON = ("password", "matkhau", "congan", "binhyen", "iloveyou", "anhyeuem", "admin")
# counting, the alphabet and the rows of a keyboard: the next key, up or down, adds nothing to guess
ROWS = ("12345678901", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
NEXT_KEYS = {pair for row in (*ROWS, *(row[::-1] for row in ROWS)) for pair in pairwise(row)}

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)

AT_ONCE = 4
IN_LINE = 12
LONGEST_WAIT = 5.0
_line = BoundedSemaphore(IN_LINE)
_running = BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """A turn at the slow work: Argon2 takes 64 MiB and a processor each time, and anybody may ask for it.

    Asked for before the first question to the database: whoever waits for a turn, or hashes, holds no connection.
    Raises PasswordsBusy: at once when the line is full, so that the server's other threads stay free, or after 5 s.
    """
    if not _line.acquire(blocking=False):
        raise PasswordsBusy(retry_after=5)
    try:
        if not _running.acquire(timeout=LONGEST_WAIT):
            raise PasswordsBusy(retry_after=5)
        try:
            yield
        finally:
            _running.release()
    finally:
        _line.release()


@dataclass(frozen=True, repr=False)
class KeptPassword:
    """A password's hash, and the private key wrapped under it: made before a transaction, put down inside it."""

    password_hash: str
    kdf_salt: bytes
    wrapped_private_key: bytes

    def put_down(self, staff: Staff) -> None:
        """The account has this password from now on."""
        staff.password_hash = self.password_hash
        staff.kdf_salt, staff.wrapped_private_key = self.kdf_salt, self.wrapped_private_key


def keep(password: str, private_key: bytes) -> KeptPassword:
    """What the database is to hold of a new password. Slow: to be done in a turn()."""
    return KeptPassword(hashed(password), *crypto.wrap_private_key(private_key, password))


def check_new(password: str, *, username: str) -> None:
    """Raises PasswordTooShort, PasswordTooLong, PasswordTooCommon."""
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
    """Argon2id, for the database. Slow: to be done in a turn()."""
    return _hasher.hash(normalize("NFC", password))


def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password; takes as long when there is none to compare with. Slow: to be done in a turn()."""
    try:
        return _hasher.verify(kept or _nobodys(), normalize("NFC", password[:MOST])) and kept is not None
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def _nobodys() -> str:
    """A hash in form, and of nothing: it takes no time to make, and as long as any to compare with."""
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${costs}${'A' * 22}${'A' * 43}"
