"""A published alert reaches every device it concerns, by whatever way that device has."""

from datetime import timedelta

from backend import clock
from backend.alerts import commands
from backend.alerts.cap import Severity
from backend.db import unit_of_work
from backend.localized import Localized
from backend.permissions import Role
from backend.push.address import DeviceKind, PushAddress
from backend.push.deliveries import BEFORE_FIRST
from backend.push.models import Device
from notifications.alerts import list_audience
from tests.alerts.facts import approve_and_publish, content, make_police, publish
from tests.doubles.fcm import FcmDouble
from tests.doubles.webpush import WebPushDouble
from tests.notifications import facts

Work = facts.WorkOff


def test_every_kind_of_device_gets_the_alert_in_its_language(
    work_off: Work, fcm: FcmDouble, browsers: WebPushDouble
) -> None:
    browser = browsers.subscribe()
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        phones = [facts.fcm_address(1), facts.fcm_address(2, "en"), PushAddress(DeviceKind.FCM_FID, facts.fid())]
        facts.add_devices(session, ward, [*phones, facts.webpush_address(browser.address())])
        alert = facts.publish_alert(
            session, ward, headline=Localized("Cháy ở chợ", "Fire at the market"), description=Localized("Tránh xa.")
        )

    work_off()

    assert browsers.refused == []
    assert {(a.kind, a.target) for a in fcm.accepted} == {
        ("token", phones[0].address), ("token", phones[1].address), ("fid", phones[2].address),
    }  # fmt: skip
    titles = {a.target: a.message["notification"]["title"] for a in fcm.accepted}
    assert titles[phones[0].address] == "Cháy ở chợ"
    assert titles[phones[1].address] == "Fire at the market"
    (received,) = browsers.received
    assert received.json() == {
        "title": "Cháy ở chợ", "body": "Tránh xa.", "kind": "alert", "url": f"/canh-bao/{alert.id}",
        "tag": str(alert.id), "alert_id": str(alert.id), "expires": f"{alert.expires:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    assert set(facts.states(alert.id).values()) == {"accepted"}


def test_a_message_collapses_by_alert_and_lives_no_longer_than_it(
    work_off: Work, fcm: FcmDouble, browsers: WebPushDouble
) -> None:
    browser = browsers.subscribe()
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        facts.add_devices(session, ward, [facts.fcm_address(), facts.webpush_address(browser.address())])
        alert = facts.publish_alert(session, ward, expires=clock.now() + timedelta(hours=2), severity=Severity.EXTREME)

    left = int((alert.expires - work_off()).total_seconds())

    message = fcm.accepted[0].message
    tag = str(alert.id)
    assert message["android"]["collapse_key"] == message["android"]["notification"]["tag"] == tag
    assert message["apns"]["headers"]["apns-collapse-id"] == tag
    assert message["apns"]["headers"]["apns-expiration"] == str(int(alert.expires.timestamp()))
    assert int(message["android"]["ttl"].rstrip("s").split(".")[0]) == left
    assert message["android"]["priority"] == "high"
    received = browsers.received[0]
    assert (received.ttl, received.urgency, received.topic) == (left, "high", alert.id.hex)


def test_an_alert_that_lasts_longer_than_push_services_keep_anything_is_told(
    work_off: Work, fcm: FcmDouble, browsers: WebPushDouble
) -> None:
    browser = browsers.subscribe()
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        facts.add_devices(session, ward, [facts.fcm_address(), facts.webpush_address(browser.address())])
        alert = facts.publish_alert(session, ward, expires=clock.now() + timedelta(days=30))

    work_off()

    assert set(facts.states(alert.id).values()) == {"accepted"}
    message, four_weeks = fcm.accepted[0].message, 28 * 24 * 3600
    assert message["android"]["ttl"] == f"{four_weeks}s"
    assert browsers.received[0].ttl == four_weeks
    # Apple's service knows a moment instead of a length, and the app shows the alert to its end
    assert message["apns"]["headers"]["apns-expiration"] == str(int(alert.expires.timestamp()))
    assert message["data"]["expires"] == browsers.received[0].json()["expires"] == f"{alert.expires:%Y-%m-%dT%H:%M:%SZ}"


def test_only_the_areas_of_the_alert_are_woken(work_off: Work, fcm: FcmDouble) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        other = facts.make_ward(session, "99002", name="Chiều Tà")
        here, there = facts.make_area(session, ward, 1), facts.make_area(session, ward, 2)
        near, far, somewhere, elsewhere = (facts.fcm_address(n) for n in range(4))
        facts.add_devices(session, ward, [near], here)
        facts.add_devices(session, ward, [far], there)
        facts.add_devices(session, ward, [somewhere])
        facts.add_devices(session, other, [elsewhere])
        facts.publish_alert(session, ward, area_ids=frozenset({here.id}))

    work_off()

    # who told no area may live in any of them
    assert set(fcm.counts) == {near.address, somewhere.address}


def test_a_later_message_takes_the_place_of_the_first(work_off: Work, fcm: FcmDouble) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        officer, chief = make_police(session, ward, Role.OFFICER), make_police(session, ward, Role.CHIEF)
        facts.add_devices(session, ward, [facts.fcm_address()])
        first = publish(session, officer, chief)
    work_off()
    with unit_of_work() as session:
        later = commands.all_clear_alert(session, officer, alert_id=first.id, content=content())
        approve_and_publish(session, officer, chief, later)
    work_off()

    tags = [a.message["android"]["notification"]["tag"] for a in fcm.accepted]
    assert tags == [str(first.id)] * 2
    assert fcm.accepted[1].message["notification"]["title"].startswith("Đã yên: ")


def test_an_alert_that_ended_before_it_was_told_is_not_told(work_off: Work, fcm: FcmDouble) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        facts.add_devices(session, ward, [facts.fcm_address()])
        facts.publish_alert(session, ward, expires=clock.now() + timedelta(minutes=30))

    with clock.frozen(clock.now() + timedelta(hours=1)):
        work_off()

    assert fcm.attempts == {}


def test_a_large_ward_is_told_in_chunks_each_device_once(work_off: Work, fcm: FcmDouble) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        addresses = [facts.fcm_address(number) for number in range(6200)]  # more than one step of the listing
        facts.add_devices(session, ward, addresses)
        alert = facts.publish_alert(session, ward)

    work_off()

    assert fcm.counts == {address.address: 1 for address in addresses}
    assert set(facts.states(alert.id).values()) == {"accepted"}


def test_a_device_that_left_meanwhile_is_not_told(work_off: Work, fcm: FcmDouble) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        stays, leaves = facts.fcm_address(1), facts.fcm_address(2)
        facts.add_devices(session, ward, [stays, leaves])
        alert = facts.publish_alert(session, ward)
    list_audience(alert.id, BEFORE_FIRST)
    with unit_of_work() as session:
        session.query(Device).where(Device.address == leaves.address).delete()

    work_off()

    assert set(fcm.counts) == {stays.address}
    assert sorted(facts.states(alert.id).values()) == ["accepted", "gone"]
