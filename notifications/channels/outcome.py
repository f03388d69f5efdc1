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
    ACCEPTED = "accepted"
    GONE = "gone"  # the address no longer exists: never use it again
    INVALID = "invalid"  # refused for good, but the address may be sound: keep it
    TEMPORARY = "temporary"  # try again later


@dataclass(frozen=True, slots=True)
class Outcome:
    """`retry_after` (seconds) is what the service asked for; `reason` is for the log and holds no personal data.

    `sent` is False for what was not even tried, because the service had been given up before.
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


class Patience:
    """Gives up on a service that fails many times in a row, so that a chunk ends soon and is tried again later.

    A definite answer (accepted, gone, invalid) starts the count anew.
    """

    def __init__(self, limit: int = 50) -> None:
        self.limit = limit
        self.failures = 0
        self.last: Outcome | None = None

    def note(self, outcome: Outcome) -> None:
        if outcome.verdict is Verdict.TEMPORARY:
            self.failures += 1
            if self.last is None or (outcome.retry_after or 0) >= (self.last.retry_after or 0):
                self.last = outcome
        else:
            self.failures = 0
            self.last = None

    def lost(self) -> Outcome | None:
        """What every further message would get, once the service is given up."""
        if self.failures < self.limit or self.last is None:
            return None
        return replace(self.last, sent=False)
