"""Throttle: failed attempts to sign in are counted for each name, and every fifth locks the name for a while.

Names without an account are counted and locked in the same way and in the same time, so nobody learns which names have
one.

Attempts in unknown browsers are counted together, those in each known browser by themselves (see known_browsers). So
whoever knows a name can lock it in unknown browsers only; its owner can still sign in with their own.
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
UNKNOWN_BROWSER = b""


def count_attempt(username: str, browser: bytes) -> bool:
    """Count an attempt before it is checked; returns whether it is the one that locks the name. Raises SignInLocked.

    It counts first, so that of a hundred attempts sent at once only five are checked, and in a transaction of its own,
    because a refusal rolls the request back. Each lock is twice as long as the one before, up to 4 hours.
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


def uncount_attempt(username: str, browser: bytes) -> None:
    """Take the attempt back, because its password was right. Earlier ones count until the sign-in is complete."""
    with separate_unit_of_work() as session:
        attempts = _locked(session, username, browser)
        attempts.failed_count = max(0, attempts.failed_count - 1)
        attempts.locked_until = None


def reset(session: Session, username: str, browser: bytes) -> None:
    """Reset the count in one browser, because the owner of the name has signed in there."""
    session.execute(_reset(username).where(SignInAttempts.browser == browser))


def reset_all(session: Session, username: str) -> None:
    """Reset the counts in all browsers: the owner has enrolled, or somebody with the permission unlocks the name."""
    session.execute(_reset(username))


def locked_names(session: Session, usernames: Iterable[str]) -> set[str]:
    """Which of the names are locked now, in unknown browsers or in a known one."""
    hashes = {one: name for name in usernames for one in _name_hashes(name)}
    query = select(SignInAttempts.name_hash).where(
        SignInAttempts.name_hash.in_(hashes), SignInAttempts.locked_until > clock.now()
    )
    return {hashes[found] for found in session.scalars(query)}


def _reset(username: str) -> Update:
    attempts = update(SignInAttempts).where(SignInAttempts.name_hash.in_(_name_hashes(username)))
    return attempts.values(failed_count=0, locked_until=None)


def _locked(session: Session, username: str, browser: bytes) -> SignInAttempts:
    """The row of the name there, made if need be; what was counted under a former key of the server goes on."""
    now, hashes = clock.now(), _name_hashes(username)
    query = select(SignInAttempts).where(SignInAttempts.name_hash.in_(hashes), SignInAttempts.browser == browser)
    query = query.order_by(SignInAttempts.last_at.desc()).limit(1).with_for_update()
    found = session.scalars(query, execution_options={"populate_existing": True}).one_or_none()
    if found is not None:
        found.last_at = now
        return found
    key = [SignInAttempts.name_hash, SignInAttempts.browser]
    new = insert(SignInAttempts).values(name_hash=hashes[0], browser=browser, failed_count=0, last_at=now)
    made = new.on_conflict_do_update(index_elements=key, set_={"last_at": now})
    return session.scalars(made.returning(SignInAttempts), execution_options={"populate_existing": True}).one()


def _name_hashes(username: str) -> list[bytes]:
    return crypto.keyed_hashes("sign-in-name", username.strip().lower().encode("utf-8", "surrogatepass"))
