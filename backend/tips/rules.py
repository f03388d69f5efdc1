"""Decisions about tips: pure, no session, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.tips.life import CLOSED, Status

MOST_PHOTOS = 5
LONGEST_TEXT = 5000
LONGEST_MESSAGE = 2000
LONGEST_REASON = 1000
MOST_ENTRIES = 200


def may_be_talked_about(status: Status) -> bool:
    """Reporter and ward write while the tip is open, and as long as something is missing."""
    return status not in CLOSED or status is Status.NOT_ENOUGH


@dataclass(frozen=True)
class Deadline:
    """The clock that reporter and officer both see. `kind`: acknowledge | verify."""

    kind: str
    by: datetime
    overdue: bool


def acknowledge_by(received: datetime, hours: int) -> datetime:
    """TTLT 01/2017 as amended: recorded, checked and acknowledged within 24 h (48 h in remote communes)."""
    return received + timedelta(hours=hours)


def verify_by(received: datetime, days: int) -> datetime:
    """Criminal Procedure Code 2015, Art. 147 (amended 2025): 20 days by default, a setting."""
    return received + timedelta(days=days)


def starts_verification_clock(status: Status, wanted: Status) -> bool:
    """It starts when the ward acknowledges, and anew when a tip that lacked something is taken up again."""
    return wanted is Status.ACKNOWLEDGED or (status is Status.NOT_ENOUGH and wanted is Status.VERIFYING)


def deadline(status: Status, due: datetime | None, now: datetime) -> Deadline | None:
    """The deadline in force, None once the tip is closed."""
    if status in CLOSED or due is None:
        return None
    return Deadline("acknowledge" if status is Status.RECEIVED else "verify", due, now > due)
