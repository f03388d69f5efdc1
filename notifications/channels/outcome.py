"""What a push service made of one message."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol, TypeVar

from backend.push.address import PushAddress


class Recipient(Protocol):
    """Whoever has a push address."""

    @property
    def address(self) -> PushAddress: ...


R = TypeVar("R", bound=Recipient)


class Verdict(Enum):
    """What an outcome means for the message and for the address."""

    ACCEPTED = "accepted"
    GONE = "gone"  # the address no longer exists: never use it again
    INVALID = "invalid"  # refused for good, but the address may be sound: keep it
    TEMPORARY = "temporary"  # try again later


@dataclass(frozen=True, slots=True)
class Outcome:
    """`retry_after` (seconds) is what the service asked for; `reason` is for the log and holds no personal data.

    `sent` is False for a message that was not even sent, because the service had been given up before.
    """

    verdict: Verdict
    reason: str = ""
    retry_after: float | None = None
    sent: bool = True


ACCEPTED = Outcome(Verdict.ACCEPTED)


def temporary(reason: str, retry_after: float | None = None) -> Outcome:
    return Outcome(Verdict.TEMPORARY, reason, retry_after)


def invalid(reason: str) -> Outcome:
    return Outcome(Verdict.INVALID, reason)


def gone(reason: str) -> Outcome:
    return Outcome(Verdict.GONE, reason)


class CircuitBreaker:
    """Gives up a service that fails `limit` times in a row, so that a chunk ends soon and is tried again later.

    A definite outcome (accepted, gone, invalid) starts the count anew.
    """

    def __init__(self, limit: int = 50) -> None:
        self.limit = limit
        self.failures = 0
        self.worst: Outcome | None = None

    def record(self, outcome: Outcome) -> None:
        """Count one outcome. Of failures in a row the one that asked for the longest wait is remembered."""
        if outcome.verdict is Verdict.TEMPORARY:
            self.failures += 1
            if self.worst is None or (outcome.retry_after or 0) >= (self.worst.retry_after or 0):
                self.worst = outcome
        else:
            self.failures = 0
            self.worst = None

    def rejection(self) -> Outcome | None:
        """The outcome of a message that is not even sent, because the service is given up; None while it is not."""
        if self.failures < self.limit or self.worst is None:
            return None
        return replace(self.worst, sent=False)
