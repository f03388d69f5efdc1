"""A push service, or the line to it, is away for long: everybody is told once it is back, and it is not stormed."""

from datetime import timedelta
from types import SimpleNamespace

from backend import clock
from backend.alerts.cap import Severity
from notifications.sending.retry import MAX_CRASHES, JobRetry, SendAgain
from tests.doubles.fcm import Fault, FcmDouble
from tests.notifications import facts

Work = facts.WorkOff


def test_a_service_that_is_down_is_not_asked_by_everybody(work_off: Work, fcm: FcmDouble) -> None:
    addresses = [facts.fcm_address(number) for number in range(1000)]
    fcm.chances = [(1.0, Fault("unavailable", retry_after="30"))]
    alert = facts.alert_for(addresses)

    worked_at = work_off()
    assert sum(fcm.attempts.values()) < 700
    (wait,) = facts.waits(worked_at)
    assert 30 <= wait <= 36
    fcm.chances = []
    facts.make_due()
    work_off()

    assert set(fcm.counts.values()) == {1}
    assert len(fcm.counts) == 1000
    assert set(facts.states(alert.id).values()) == {"accepted"}


def test_who_was_never_sent_anything_has_not_been_tried_and_is_the_next(work_off: Work, fcm: FcmDouble) -> None:
    fcm.chances = [(1.0, Fault("unavailable"))]
    alert = facts.alert_for([facts.fcm_address(number) for number in range(1000)])

    for _ in range(2):
        work_off()
        assert sum(facts.tries(alert.id).values()) == sum(fcm.attempts.values())
        facts.make_due()

    assert max(fcm.attempts.values()) == 1 or len(fcm.attempts) == 1000


def test_an_outage_of_hours_loses_nobody(work_off: Work, fcm: FcmDouble) -> None:
    address = facts.fcm_address()
    fcm.chances = [(1.0, Fault("unavailable"))]
    alert = facts.alert_for([address], expires=clock.now() + timedelta(days=7))

    for _ in range(14):
        worked_at = work_off()
        (wait,) = facts.waits(worked_at)
        assert wait <= 30 * 60
        facts.make_due()
    fcm.chances = []
    work_off()

    assert fcm.attempts[address.address] == 15
    assert facts.state_of(alert.id, address) == "accepted"


def test_in_an_emergency_the_pauses_stay_short(work_off: Work, fcm: FcmDouble) -> None:
    fcm.chances = [(1.0, Fault("unavailable"))]
    facts.alert_for([facts.fcm_address()], severity=Severity.EXTREME)

    for _ in range(10):
        (wait,) = facts.waits(work_off())
        assert wait <= 3 * 60
        facts.make_due()


def test_a_crash_after_many_tries_does_not_end_the_job() -> None:
    tried = SimpleNamespace(id=1, task_name="alert_chunk", attempts=500)
    retry = JobRetry()
    crashes = [retry.get_retry_decision(exception=OSError(), job=tried) for _ in range(MAX_CRASHES)]
    assert [decision is None for decision in crashes] == [False] * (MAX_CRASHES - 1) + [True]

    # only crashes one after the other are counted
    again = SendAgain(clock.now())
    for _ in range(MAX_CRASHES):
        assert retry.get_retry_decision(exception=OSError(), job=tried) is not None
        assert retry.get_retry_decision(exception=again, job=tried) is not None
