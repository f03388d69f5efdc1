"""When it makes sense to try again."""

from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import pytest

from backend.push.rules import PUSH_RETRIES, SMS_RETRIES, TIP_UPDATE_RETRIES, URGENT_PUSH_RETRIES, RetryPolicy, next_try

NOW = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=7)
POLICIES = [URGENT_PUSH_RETRIES, PUSH_RETRIES, SMS_RETRIES, TIP_UPDATE_RETRIES]


def wait(
    tries: int, retry_after: float | None = None, expires: datetime = LATER, policy: RetryPolicy = PUSH_RETRIES
) -> float | None:
    at = next_try(now=NOW, tries=tries, policy=policy, retry_after=retry_after, expires=expires)
    return None if at is None else (at - NOW).total_seconds()


def tried_at(policy: RetryPolicy, *, lasts: timedelta) -> list[datetime]:
    """Every moment at which a message is tried that fails for as long as it `lasts`."""
    moments = [NOW]
    for tries in count(1):
        at = next_try(now=moments[-1], tries=tries, policy=policy, retry_after=None, expires=NOW + lasts)
        if at is None:
            break
        moments.append(at)
    return moments


@pytest.mark.parametrize("policy", POLICIES)
def test_the_pauses_grow_up_to_a_bound(policy: RetryPolicy) -> None:
    assert [wait(tries, policy=policy) for tries in (1, 2, 3, 4)] == [5, 10, 20, 40]
    assert wait(12, policy=policy) == policy.longest.total_seconds()


def test_a_device_is_tried_until_the_alert_ends() -> None:
    moments = tried_at(PUSH_RETRIES, lasts=timedelta(days=7))
    assert moments[-1] > NOW + timedelta(days=7) - timedelta(seconds=30)
    assert wait(30_000) == PUSH_RETRIES.longest.total_seconds()
    assert max(b - a for a, b in pairwise(moments)) <= timedelta(minutes=30)


def test_in_an_emergency_nobody_waits_long() -> None:
    assert URGENT_PUSH_RETRIES.longest <= timedelta(minutes=2)
    assert wait(30_000, policy=URGENT_PUSH_RETRIES) == URGENT_PUSH_RETRIES.longest.total_seconds()


def test_the_tries_come_closer_before_the_end() -> None:
    # the next pause would be ten minutes long, and the alert ends in eight
    assert wait(8, expires=NOW + timedelta(minutes=8)) == 240
    assert wait(8, expires=NOW + timedelta(seconds=8)) == 5
    assert wait(8, expires=NOW + timedelta(seconds=5)) is None


@pytest.mark.parametrize("asked", [5, 40, 90, 7200])
def test_what_the_service_asks_for_is_what_it_gets(asked: float) -> None:
    assert wait(1, asked) == asked
    assert wait(4, asked) == max(asked, 40)
    assert wait(1000, asked) == max(asked, 60)


def test_a_service_that_asks_for_no_pause_is_not_tried_without_one() -> None:
    assert [wait(tries, 0) for tries in (1, 2, 3, 1000)] == [5, 10, 20, 60]


def test_nothing_is_tried_past_the_end() -> None:
    assert wait(1, 60, NOW + timedelta(seconds=60)) is None
    assert wait(1, 59, NOW + timedelta(seconds=60)) == 59


def test_an_sms_is_not_paid_for_without_end_and_an_update_grows_old() -> None:
    assert len(tried_at(SMS_RETRIES, lasts=timedelta(days=7))) == SMS_RETRIES.most
    spent = tried_at(TIP_UPDATE_RETRIES, lasts=timedelta(days=30))[-1] - NOW
    assert timedelta(days=2) < spent < timedelta(days=4)
