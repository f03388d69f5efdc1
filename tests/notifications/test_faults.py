"""What a push service's failures do to an alert's way: nobody is forgotten, nobody is told twice without need."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend import clock
from backend.alerts import commands
from backend.db import unit_of_work
from backend.localized import Localized
from backend.permissions import Role
from backend.push.address import PushAddress
from backend.push.deliveries import BEFORE_FIRST
from backend.push.models import Device
from notifications.alerts import list_audience
from tests.alerts.facts import make_police, publish
from tests.doubles import webpush
from tests.doubles.fcm import Fault, FaultKind, FcmDouble
from tests.doubles.webpush import WebPushDouble
from tests.notifications import facts

Work = facts.WorkOff


def is_pruned(address: PushAddress) -> bool:
    with unit_of_work(read_only=True) as session:
        return session.scalars(select(Device).where(Device.address == address.address)).one().gone_at is not None


@pytest.mark.parametrize("kind", ["quota", "internal", "unavailable", "drop", "half", "garbage", "redirect"])
def test_who_failed_for_now_is_told_later_and_the_others_only_once(
    work_off: Work, fcm: FcmDouble, kind: FaultKind
) -> None:
    lucky, unlucky = facts.fcm_address(1), facts.fcm_address(2)
    fcm.script(unlucky.address, Fault(kind))
    alert = facts.alert_for([lucky, unlucky])

    work_off()
    assert (facts.state_of(alert.id, lucky), facts.state_of(alert.id, unlucky)) == ("accepted", "pending")
    facts.make_due()
    work_off()

    assert fcm.counts == {lucky.address: 1, unlucky.address: 1}
    assert fcm.attempts == {lucky.address: 1, unlucky.address: 2}
    assert facts.state_of(alert.id, unlucky) == "accepted"
    assert not is_pruned(unlucky)


@pytest.mark.parametrize("kind", ["unregistered", "not_found"])
def test_an_address_that_is_gone_is_pruned(work_off: Work, fcm: FcmDouble, kind: FaultKind) -> None:
    gone = facts.fcm_address()
    fcm.script(gone.address, Fault(kind))
    alert = facts.alert_for([gone, facts.fcm_address()])

    worked_at = work_off()

    assert facts.state_of(alert.id, gone) == "gone"
    assert is_pruned(gone)
    assert facts.waits(worked_at) == []


@pytest.mark.parametrize("kind", ["invalid_argument", "sender_mismatch", "third_party_auth"])
def test_a_refused_message_prunes_nobody(work_off: Work, fcm: FcmDouble, kind: FaultKind) -> None:
    refused = facts.fcm_address()
    fcm.script(refused.address, Fault(kind))
    alert = facts.alert_for([refused])

    work_off()

    assert facts.state_of(alert.id, refused) == "invalid"
    assert not is_pruned(refused)
    assert fcm.attempts[refused.address] == 1


def test_retry_after_is_honoured_for_whom_it_was_said(work_off: Work, fcm: FcmDouble) -> None:
    throttled, stumbled = facts.fcm_address(1), facts.fcm_address(2)
    fcm.script(throttled.address, Fault("quota", retry_after="90"))
    fcm.script(stumbled.address, Fault("internal"))
    facts.alert_for([throttled, stumbled])

    first = work_off()
    (wait,) = facts.waits(first)
    assert 5 <= wait <= 6  # the other one's first pause, and a little that spreads the chunks
    with unit_of_work() as session:
        session.execute(facts.text("UPDATE procrastinate_jobs SET scheduled_at = NULL"))
        session.execute(
            facts.text("UPDATE deliveries SET not_before = NULL WHERE not_before < :soon"),
            {"soon": first + timedelta(seconds=30)},
        )
    work_off()

    assert fcm.counts == {stumbled.address: 1}
    assert fcm.attempts[throttled.address] == 1
    (wait,) = facts.waits(first)
    assert 90 <= wait <= 108
    facts.make_due()
    work_off()
    assert fcm.counts[throttled.address] == 1


def test_nothing_is_tried_past_the_end_of_the_alert(work_off: Work, fcm: FcmDouble) -> None:
    address = facts.fcm_address()
    fcm.script(address.address, Fault("unavailable", retry_after="7200"))
    alert = facts.alert_for([address], expires=clock.now() + timedelta(hours=1))

    worked_at = work_off()

    assert facts.state_of(alert.id, address) == "failed"
    assert facts.waits(worked_at) == []


def test_an_alert_withdrawn_between_two_tries_is_not_told(work_off: Work, fcm: FcmDouble) -> None:
    address = facts.fcm_address()
    fcm.script(address.address, Fault("unavailable"))
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        facts.add_devices(session, ward, [address])
        officer, chief = make_police(session, ward, Role.OFFICER), make_police(session, ward, Role.CHIEF)
        alert = publish(session, officer, chief)
    work_off()
    with unit_of_work() as session:
        withdrawal = commands.cancel_alert(session, officer, alert_id=alert.id, reason=Localized("Tin nhầm."))
        commands.approve_and_publish_alert(session, chief, alert_id=withdrawal.id, content_hash=withdrawal.content_hash)
    facts.make_due()
    work_off()

    assert facts.state_of(alert.id, address) == "expired"
    titles = [accepted.message["notification"]["title"] for accepted in fcm.accepted]
    assert len(titles) == 1
    assert titles[0].startswith("Rút lại: Giả danh")


def test_a_refused_token_is_fetched_anew_and_nobody_is_lost(work_off: Work, fcm: FcmDouble) -> None:
    first, second = facts.fcm_address(1), facts.fcm_address(2)
    fcm.script(second.address, Fault("unauthenticated"))
    facts.alert_for([first, second])
    issued = fcm.tokens_issued

    work_off()

    assert fcm.counts == {first.address: 1, second.address: 1}
    assert fcm.tokens_issued > issued


def test_credentials_that_are_refused_postpone_everybody(work_off: Work, fcm: FcmDouble) -> None:
    address = facts.fcm_address()
    alert = facts.alert_for([address])
    fcm.token_faults.append(Fault("invalid_argument"))

    work_off()
    assert facts.state_of(alert.id, address) == "pending"
    facts.make_due()
    work_off()

    assert facts.state_of(alert.id, address) == "accepted"


def test_a_dropped_answer_is_the_only_reason_to_tell_twice(work_off: Work, fcm: FcmDouble) -> None:
    address = facts.fcm_address()
    fcm.script(address.address, Fault("drop_after"))  # taken over, but the answer is lost
    facts.alert_for([address])

    work_off()
    facts.make_due()
    work_off()

    assert fcm.counts[address.address] == 2
    keys = {accepted.message["android"]["collapse_key"] for accepted in fcm.accepted}
    assert len(keys) == 1  # the second takes the place of the first


def test_at_random_everything_still_arrives(work_off: Work, fcm: FcmDouble) -> None:
    kinds: list[FaultKind] = ["quota", "internal", "unavailable", "drop", "half"]
    fcm.chances = [(0.05, Fault(kind)) for kind in kinds]
    addresses = [facts.fcm_address(number) for number in range(600)]
    alert = facts.alert_for(addresses)

    while facts.waits(work_off()):
        facts.make_due()

    assert set(facts.states(alert.id).values()) == {"accepted"}
    assert fcm.counts == {address.address: 1 for address in addresses}


@pytest.mark.parametrize(
    ("kind", "state", "pruned"),
    [
        ("gone", "gone", True),
        ("not_found", "gone", True),
        ("too_large", "invalid", False),
        ("bad_request", "invalid", False),
        ("unauthorized", "invalid", False),
        ("forbidden", "invalid", False),
        ("too_many", "pending", False),
        ("internal", "pending", False),
        ("unavailable", "pending", False),
        ("drop", "pending", False),
        ("redirect", "pending", False),
    ],
)
def test_a_browsers_push_service_fails_in_its_own_ways(
    work_off: Work, browsers: WebPushDouble, kind: webpush.FaultKind, state: str, pruned: bool
) -> None:
    browser = browsers.subscribe()
    browsers.script(browser, webpush.Fault(kind))
    address = facts.webpush_address(browser.address())
    alert = facts.alert_for([address])

    work_off()
    assert (facts.state_of(alert.id, address), is_pruned(address)) == (state, pruned)
    facts.make_due()
    work_off()

    assert browsers.followed_redirects == 0
    assert len(browsers.received) == (1 if state == "pending" else 0)


def test_a_listing_that_is_run_twice_lists_once(work_off: Work, fcm: FcmDouble) -> None:
    addresses = [facts.fcm_address(number) for number in range(1100)]
    alert = facts.alert_for(addresses)
    for _ in range(3):
        list_audience(alert.id, BEFORE_FIRST)

    work_off()

    assert fcm.counts == {address.address: 1 for address in addresses}
