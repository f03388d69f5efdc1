"""Wrong tries at signing in are counted for each name, whether or not anybody has it; every fifth locks it.

A name that nobody has locks like any other, for as long, in every process at once and after the same work: neither its
lock nor the time of an answer tells whether there is an account.

What strangers try is counted apart from what is tried in a browser that the owner has used before, and in each of
those by itself: whoever knows a name can lock it for strangers only, and nobody out of their own browser.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Update, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend import clock, crypto
from backend.db import separate_unit_of_work
from backend.staff.errors import SignInLocked
from backend.staff.models import SignInAttempts

TRIES = 5
LOCKED = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=4)
STRANGERS = b""


def claim(username: str, browser: bytes) -> bool:
    """Count a try before it is made, in a transaction of its own; whether it is the one that locks.

    Counted before and not after, so that a hundred tries sent at once are five; and apart, because a refusal rolls
    the request back. Every fifth locks, each time twice as long, up to 4 hours. Raises SignInLocked.
    """
    with separate_unit_of_work() as session:
        attempts = _locked(session, username, browser)
        left = (attempts.locked_until - clock.now()).total_seconds() if attempts.locked_until else 0
        if left > 0:
            raise SignInLocked(minutes=-int(-left // 60), retry_after=int(left) + 1)
        attempts.failed_count += 1
        rounds, rest = divmod(attempts.failed_count, TRIES)
        if rest == 0:
            attempts.locked_until = clock.now() + min(LOCKED * 2 ** (min(rounds, 10) - 1), LONGEST_LOCK)
        return rest == 0


def give_back(username: str, browser: bytes) -> None:
    """The try was right: it does not count. (Earlier wrong ones do until the sign-in is complete.)"""
    with separate_unit_of_work() as session:
        attempts = _locked(session, username, browser)
        attempts.failed_count = max(0, attempts.failed_count - 1)
        attempts.locked_until = None


def forget(session: Session, username: str, browser: bytes) -> None:
    """Whoever has the name has shown it there: what was tried there before does not count any more."""
    session.execute(_none_of(username).where(SignInAttempts.browser == browser))


def forget_all(session: Session, username: str) -> None:
    """The name begins anew everywhere: its owner gets a new way in, or somebody who may says so."""
    session.execute(_none_of(username))


def locked_names(session: Session, usernames: Iterable[str]) -> set[str]:
    """Those of the names that are locked now, for strangers or in one of their own browsers."""
    hashes = {_name_hash(name): name for name in usernames}
    query = select(SignInAttempts.name_hash).where(
        SignInAttempts.name_hash.in_(hashes), SignInAttempts.locked_until > clock.now()
    )
    return {hashes[found] for found in session.scalars(query)}


def _none_of(username: str) -> Update:
    none = update(SignInAttempts).where(SignInAttempts.name_hash == _name_hash(username))
    return none.values(failed_count=0, locked_until=None)


def _locked(session: Session, username: str, browser: bytes) -> SignInAttempts:
    now, key = clock.now(), [SignInAttempts.name_hash, SignInAttempts.browser]
    new = insert(SignInAttempts).values(name_hash=_name_hash(username), browser=browser, failed_count=0, last_at=now)
    made = new.on_conflict_do_update(index_elements=key, set_={"last_at": now})
    return session.scalars(made.returning(SignInAttempts), execution_options={"populate_existing": True}).one()


def _name_hash(username: str) -> bytes:
    return crypto.keyed_hash("sign-in-name", username.strip().lower().encode("utf-8", "surrogatepass"))
