"""The only clock of the domain; tests can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class FrozenClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def tick(self, delta: timedelta) -> None:
        """Move the clock by `delta`."""
        self.at += delta


_frozen: FrozenClock | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.at if _frozen else datetime.now(UTC)


def hour_of(moment: datetime) -> datetime:
    """`moment` without minutes: all that is stored in clear of when a tip was sent."""
    return moment.replace(minute=0, second=0, microsecond=0)


def this_hour() -> datetime:
    """The present hour: all that is stored of when a resident used the app.

    The minute, compared with that of a tip, would tell who was awake and may have sent it.
    """
    return hour_of(now())


@contextmanager
def frozen(at: datetime) -> Iterator[FrozenClock]:
    """Stop the clock at `at` (aware) for the length of the block; the yielded clock can `tick`."""
    global _frozen
    before, _frozen = _frozen, FrozenClock(at)
    try:
        yield _frozen
    finally:
        _frozen = before
