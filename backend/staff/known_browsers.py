"""Browsers in which somebody has signed in all the way: strangers' guesses do not keep their owner out there.

The cookie holds a random number and a keyed hash of it with each account that has been used there: no name, no secret,
nothing that opens anything. A hash holds for one enrolment: after a reset an account knows no browser.
"""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC
from secrets import token_bytes

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import crypto
from backend.staff.enums import SessionStage
from backend.staff.models import Staff, StaffSession
from backend.staff.throttle import STRANGERS

PART_BYTES = 16
MOST_ACCOUNTS = 8
COOKIE = re.compile(rf"[A-Za-z0-9_-]{{22}}(\.[A-Za-z0-9_-]{{22}}){{1,{MOST_ACCOUNTS}}}")


def recognise(cookie: str, staff: Staff | None) -> bytes:
    """The number of a browser that this account has been used in; STRANGERS for any other, and for no account."""
    if staff is None or staff.enrolled_at is None or not COOKIE.fullmatch(cookie):
        return STRANGERS
    browser, *marks = cookie.split(".")
    mine = _mark(browser, staff)
    return _number(browser) if any(hmac.compare_digest(mine, mark) for mark in marks) else STRANGERS


def remember(session: Session, *, token: str, cookie: str) -> str:
    """The cookie's new value, once the session with this token is open: the last MOST_ACCOUNTS are kept."""
    query = select(Staff).join(StaffSession, StaffSession.staff_id == Staff.id)
    staff = session.scalars(
        query.where(StaffSession.token_hash == crypto.token_hash(token), StaffSession.stage == SessionStage.OPEN)
    ).one()
    browser, *marks = cookie.split(".") if COOKIE.fullmatch(cookie) else [_text(token_bytes(PART_BYTES))]
    mine = _mark(browser, staff)
    others = [mark for mark in marks if mark != mine]
    return ".".join([browser, *others[-(MOST_ACCOUNTS - 1) :], mine])


def _mark(browser: str, staff: Staff) -> str:
    assert staff.enrolled_at is not None
    enrolment = f"{browser}/{staff.id}/{staff.enrolled_at.astimezone(UTC).isoformat()}"
    return _text(crypto.keyed_hash("known-browser", enrolment.encode())[:PART_BYTES])


def _text(part: bytes) -> str:
    return urlsafe_b64encode(part).decode().rstrip("=")


def _number(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")
