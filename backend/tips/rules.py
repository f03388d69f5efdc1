"""Decisions about tips: pure, no session, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from backend.errors import DomainError
from backend.permissions import Action
from backend.tips.errors import TipClosed, TipStateConflict
from backend.tips.life import CLOSED, OPEN, OUTCOMES, TRANSITIONS, Status

MOST_PHOTOS = 5
LONGEST_TEXT = 5000
LONGEST_MESSAGE = 2000
LONGEST_REASON = 1000
MOST_ENTRIES = 200


class TipAct(StrEnum):
    """What the ward's police do with a tip; each act is named like its command."""

    ACKNOWLEDGE = "acknowledge"
    VERIFY = "verify"
    REPLY = "reply"
    ASSIGN = "assign"
    CLOSE = "close"


NEEDS: Mapping[TipAct, Action] = {
    TipAct.ACKNOWLEDGE: Action.TIP_ACKNOWLEDGE,
    TipAct.VERIFY: Action.TIP_VERIFY,
    TipAct.REPLY: Action.TIP_REPLY,
    TipAct.ASSIGN: Action.TIP_ASSIGN,
    TipAct.CLOSE: Action.TIP_CLOSE,
}

_LEADS_TO = {
    TipAct.ACKNOWLEDGE: frozenset({Status.ACKNOWLEDGED}),
    TipAct.VERIFY: frozenset({Status.VERIFYING}),
    TipAct.CLOSE: OUTCOMES,
}


def refusal(act: TipAct, status: Status) -> DomainError | None:
    """Why a tip with this status does not allow the act; None when it does (see backend.acts)."""
    if act is TipAct.REPLY:
        return None if is_dialogue_open(status) else TipClosed()
    is_possible = status in OPEN if act is TipAct.ASSIGN else bool(_LEADS_TO[act] & TRANSITIONS[status])
    return None if is_possible else TipStateConflict()


def is_dialogue_open(status: Status) -> bool:
    """Whether reporter and ward can write: while the tip is open, and while information is missing."""
    return status not in CLOSED or status is Status.NOT_ENOUGH


class DeadlineKind(StrEnum):
    """What must be done by a deadline."""

    ACKNOWLEDGE = "acknowledge"
    VERIFY = "verify"


@dataclass(frozen=True)
class Deadline:
    """The deadline that reporter and officer both see."""

    kind: DeadlineKind
    by: datetime
    overdue: bool


def acknowledge_by(received: datetime, hours: int) -> datetime:
    """TTLT 01/2017 as amended: recorded, checked and acknowledged within 24 h (48 h in remote communes)."""
    return received + timedelta(hours=hours)


def verify_by(received: datetime, days: int) -> datetime:
    """Criminal Procedure Code 2015, Art. 147 (amended 2025): 20 days by default, a setting."""
    return received + timedelta(days=days)


def starts_verification_clock(status: Status, wanted: Status) -> bool:
    """Whether the change starts the deadline of verification: acknowledging does, and so does resuming the tip."""
    return wanted is Status.ACKNOWLEDGED or (status is Status.NOT_ENOUGH and wanted is Status.VERIFYING)


def deadline(status: Status, due: datetime | None, now: datetime) -> Deadline | None:
    """The present deadline, None if the tip is closed."""
    if status in CLOSED or due is None:
        return None
    kind = DeadlineKind.ACKNOWLEDGE if status is Status.RECEIVED else DeadlineKind.VERIFY
    return Deadline(kind, due, now > due)
