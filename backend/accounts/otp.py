"""One-time codes. Attempts are counted in a transaction of their own, so that a failed request still counts."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend import clock, crypto, jobs
from backend.accounts.errors import OtpExpired, OtpLocked, OtpTooMany, OtpWrong
from backend.accounts.messages import OtpRequested
from backend.accounts.models import OtpChallenge
from backend.config import settings
from backend.db import separate_unit_of_work
from backend.errors import DomainError

LENGTH = 6
VALID = timedelta(minutes=5)
RESEND = timedelta(seconds=60)
WINDOW = timedelta(hours=1)
TRIES = 5
PHONE, CODE = "otp-phone", "otp-code"  # what the keyed hashes are for


@dataclass(frozen=True)
class CodeSent:
    """The answer to every request for a code, with or without an account. Times in seconds, `length` in digits."""

    expires_in: int = int(VALID.total_seconds())
    resend_in: int = int(RESEND.total_seconds())
    length: int = LENGTH


def send_code(phone: str, *, language: str) -> CodeSent:
    """Make a code for `phone` (E.164) and let the worker send it. Earlier codes stop working.

    Raises OtpTooMany: there must be 60 seconds between two codes, and only so many are sent in an hour.
    """
    with separate_unit_of_work() as session:
        challenge, now = _locked(session, phone), clock.now()
        wait = seconds_to_wait(challenge, now, most=settings().otp_per_phone_hour)
        if wait:
            raise OtpTooMany(retry_after=wait, field="phone")
        if now - challenge.window_started_at >= WINDOW:
            challenge.window_started_at, challenge.sent_in_window = now, 0
        code = f"{randbelow(10**LENGTH):0{LENGTH}d}"
        challenge.code_hash = crypto.keyed_hash(CODE, _code_of(phone, code))
        challenge.expires_at, challenge.tries = now + VALID, 0
        challenge.sent_at, challenge.sent_in_window = now, challenge.sent_in_window + 1
        jobs.put(session, OtpRequested(sealed=_sealed(phone, code, language, now + VALID)))
    return CodeSent()


def use_code(phone: str, code: str) -> None:
    """Check the code for `phone` and use it up; it works once.

    Raises OtpWrong, OtpExpired, OtpLocked; the attempt is counted before.
    """
    with separate_unit_of_work() as session:
        refusal = _try(_waiting(session, phone, lock=True), _code_of(phone, code), clock.now())
    if refusal is not None:
        raise refusal


def _try(challenge: OtpChallenge | None, given: bytes, now: datetime) -> DomainError | None:
    """Why the code is refused, None if it is right. Updates the row."""
    is_same = crypto.is_hash_of((challenge.code_hash if challenge else None) or b"", CODE, given)
    if challenge is None or challenge.code_hash is None or challenge.expires_at is None or challenge.expires_at <= now:
        return OtpExpired(field="code")
    if challenge.tries >= TRIES:
        return _locked_out(challenge, now)
    if is_same:
        challenge.code_hash = None
        return None
    challenge.tries += 1
    if challenge.tries >= TRIES:
        return _locked_out(challenge, now)
    return OtpWrong(field="code", tries_left=TRIES - challenge.tries)


def _locked_out(challenge: OtpChallenge, now: datetime) -> OtpLocked:
    wait = seconds_to_wait(challenge, now, most=settings().otp_per_phone_hour)
    return OtpLocked(field="code", retry_after=max(1, wait))


def seconds_to_wait(challenge: OtpChallenge, now: datetime, *, most: int) -> int:
    """Seconds until the next code can be sent, 0 if it can be now."""
    if challenge.sent_in_window == 0:
        return 0
    ready = challenge.sent_at + RESEND
    if challenge.sent_in_window >= most and now - challenge.window_started_at < WINDOW:
        ready = max(ready, challenge.window_started_at + WINDOW)
    return max(0, -int(-(ready - now).total_seconds() // 1))


def _locked(session: Session, phone: str) -> OtpChallenge:
    """The phone's row, locked, and created if there is none."""
    found = _waiting(session, phone, lock=True)
    if found is not None:
        return found
    now, key = clock.now(), crypto.keyed_hash(PHONE, phone.encode())
    new = insert(OtpChallenge).values(phone_hash=key, tries=0, sent_at=now, window_started_at=now, sent_in_window=0)
    session.execute(new.on_conflict_do_nothing())
    found = _waiting(session, phone, lock=True)
    assert found is not None  # made above, or by another at the same time
    return found


def _waiting(session: Session, phone: str, *, lock: bool = False) -> OtpChallenge | None:
    """The phone's row, also one that was made under a former key of the server; the latest where there are two."""
    query = select(OtpChallenge).where(OtpChallenge.phone_hash.in_(crypto.keyed_hashes(PHONE, phone.encode())))
    query = query.order_by(OtpChallenge.sent_at.desc()).limit(1)
    if lock:
        query = query.with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def _code_of(phone: str, code: str) -> bytes:
    """What a code's hash is made of: a code is worth something for its own phone only."""
    return f"{phone}:{code}".encode()


def _sealed(phone: str, code: str, language: str, expires: datetime) -> str:
    said = {"phone": phone, "code": code, "language": language, "expires": expires.isoformat()}
    return crypto.seal_for_worker("otp-sms", json.dumps(said).encode())


def sent_codes(session: Session, phone: str) -> OtpChallenge | None:
    """What is stored about codes sent to this phone."""
    return _waiting(session, phone)


def forget_phone(session: Session, phone: str) -> None:
    """Delete what is stored about a phone, because its account is deleted."""
    known = OtpChallenge.phone_hash.in_(crypto.keyed_hashes(PHONE, phone.encode()))
    session.execute(delete(OtpChallenge).where(known))
