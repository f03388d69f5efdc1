"""What becomes of a wake-up, and how long it makes sense to try again. Pure: no session, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

PUSH_BYTES = 4096
"""What one push may weigh: FCM's limit, and a push service's of browsers (RFC 8030 §7.2)."""
PUSH_RESERVED = 500
"""The part of it that carries no words: links, ids, JSON's own characters, a push service's record."""
FIRST_WAIT = timedelta(seconds=5)
MOST_DOUBLINGS = 16
LEAST_BETWEEN = timedelta(minutes=1)
"""What the pauses grow to even where a push service asks for none."""
LONGEST_TTL = timedelta(days=28)
"""How long the push services keep a message for a phone that is off: FCM refuses a longer time, browsers' services too.
"""


@dataclass(frozen=True)
class Pace:
    """How a message is tried again: the pauses double up to `longest`; `most` tries, or None: until its end."""

    longest: timedelta
    most: int | None = None


STEADY = Pace(timedelta(minutes=15))
EAGER = Pace(timedelta(minutes=2))
"""For alerts of which every minute counts."""
TEXTS = Pace(timedelta(minutes=15), most=16)
"""A gateway may have sent what it did not confirm: each SMS costs, and none takes the place of another."""
UPDATES = Pace(timedelta(hours=1), most=80)
"""About three days."""


def next_try(*, now: datetime, tries: int, pace: Pace, retry_after: float | None, expires: datetime) -> datetime | None:
    """When to try again after `tries` temporary failures; None when it makes no more sense.

    A push service's own Retry-After (seconds) is never undercut. Before the end the tries come closer together, so that
    who is reached again shortly before it is told.
    """
    if pace.most is not None and tries >= pace.most:
        return None
    doubled = FIRST_WAIT * 2 ** min(max(tries - 1, 0), MOST_DOUBLINGS)
    if retry_after is not None:
        wait = max(timedelta(seconds=retry_after), min(doubled, LEAST_BETWEEN))
    else:
        wait = min(doubled, pace.longest, max((expires - now) / 2, FIRST_WAIT))
    at = now + wait
    return at if at < expires else None
