"""Known browsers: somebody has signed in to the account there. Failed attempts elsewhere do not lock them.

The cookie holds a random number and, for each account used in this browser, a keyed hash of the number and the account.
It holds no name and no secret and opens nothing. A hash is valid for one enrolment, so an account that is reset has no
known browsers.
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
from backend.staff.throttle import UNKNOWN_BROWSER

PART_BYTES = 16
MOST_ACCOUNTS = 8
COOKIE = re.compile(rf"[A-Za-z0-9_-]{{22}}(\.[A-Za-z0-9_-]{{22}}){{1,{MOST_ACCOUNTS}}}")


def recognise(cookie: str, staff: Staff | None) -> bytes:
    """The number of a browser that this account knows; UNKNOWN_BROWSER for any other, and if there is no account."""
    if staff is None or staff.enrolled_at is None or not COOKIE.fullmatch(cookie):
        return UNKNOWN_BROWSER
    browser, *marks = cookie.split(".")
    mine = _marks(browser, staff)
    known = any(hmac.compare_digest(one, mark) for one in mine for mark in marks)
    return _number(browser) if known else UNKNOWN_BROWSER


def remember(session: Session, *, token: str, cookie: str) -> str:
    """The new value of the cookie for the open session with this token; it knows the last MOST_ACCOUNTS accounts."""
    query = select(Staff).join(StaffSession, StaffSession.staff_id == Staff.id)
    staff = session.scalars(
        query.where(StaffSession.token_hash == crypto.token_hash(token), StaffSession.stage == SessionStage.OPEN)
    ).one()
    browser, *marks = cookie.split(".") if COOKIE.fullmatch(cookie) else [_text(token_bytes(PART_BYTES))]
    mine = _marks(browser, staff)
    others = [mark for mark in marks if mark not in mine]
    return ".".join([browser, *others[-(MOST_ACCOUNTS - 1) :], mine[0]])


def _marks(browser: str, staff: Staff) -> list[str]:
    """What the cookie says of this account: the present form first, then those of former keys of the server."""
    assert staff.enrolled_at is not None
    enrolment = f"{browser}/{staff.id}/{staff.enrolled_at.astimezone(UTC).isoformat()}"
    return [_text(one[:PART_BYTES]) for one in crypto.keyed_hashes("known-browser", enrolment.encode())]


def _text(part: bytes) -> str:
    return urlsafe_b64encode(part).decode().rstrip("=")


def _number(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")
