"""When a message that could not be delivered is tried again. Pure: no session, no clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

PUSH_BYTES = 4096
"""The largest push message: the limit of FCM and of the browsers' push services (RFC 8030 §7.2)."""
PUSH_RESERVED = 500
"""The part of it that holds no text of ours: links, ids, the characters of JSON, the push service's record."""
FIRST_WAIT = timedelta(seconds=5)
MOST_DOUBLINGS = 16
LEAST_BETWEEN = timedelta(minutes=1)
"""The pauses grow to this even if a push service asks for a shorter one."""
LONGEST_TTL = timedelta(days=28)
"""The longest time that push services keep a message for a phone that is off. They refuse a longer one."""


@dataclass(frozen=True)
class RetryPolicy:
    """The pauses double up to `longest`. `most`: how many tries there are; None: as many as fit before its end."""

    longest: timedelta
    most: int | None = None


PUSH_RETRIES = RetryPolicy(timedelta(minutes=15))
URGENT_PUSH_RETRIES = RetryPolicy(timedelta(minutes=2))
"""For alerts of extreme severity, where every minute counts."""
SMS_RETRIES = RetryPolicy(timedelta(minutes=15), most=16)
"""A gateway may have sent an SMS that it did not confirm, and each one costs money, so there are few tries."""
TIP_UPDATE_RETRIES = RetryPolicy(timedelta(hours=1), most=80)
"""This goes on for about three days."""


def next_try(
    *, now: datetime, tries: int, policy: RetryPolicy, retry_after: float | None, expires: datetime
) -> datetime | None:
    """When to try again after `tries` temporary failures; None when no further try makes sense.

    `retry_after` (seconds): the push service asked for this pause, so it is never shortened. Tries come closer together
    before `expires`, so that a phone that is back just before the end still gets the message.
    """
    if policy.most is not None and tries >= policy.most:
        return None
    doubled = FIRST_WAIT * 2 ** min(max(tries - 1, 0), MOST_DOUBLINGS)
    if retry_after is not None:
        wait = max(timedelta(seconds=retry_after), min(doubled, LEAST_BETWEEN))
    else:
        wait = min(doubled, policy.longest, max((expires - now) / 2, FIRST_WAIT))
    at = now + wait
    return at if at < expires else None
