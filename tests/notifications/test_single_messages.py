"""Messages to one person: the code of a sign-in, the update of a tip, the SMS of an emergency."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from backend import clock, config, crypto, jobs
from backend.accounts.messages import OtpRequested
from backend.accounts.models import Resident
from backend.alerts.cap import Severity
from backend.db import unit_of_work
from backend.localized import Localized
from backend.packing import pack
from backend.push import deliveries
from backend.push.address import DeviceKind, PushAddress
from backend.push.outbox import latest_outbox
from backend.tips.messages import TipUpdated
from tests.doubles import webpush
from tests.doubles.fcm import FcmDouble
from tests.doubles.sms import SmsDouble
from tests.doubles.webpush import WebPushDouble
from tests.notifications import facts

Work = facts.WorkOff
Told = facts.Told
PHONE = "+84912345678"


def tip_updated(address: PushAddress) -> None:
    with unit_of_work() as session:
        sealed = crypto.seal_for_worker("tip-push", pack(address))
        jobs.put(session, TipUpdated(sealed_address=sealed))


def otp_requested(code: str, language: str = "vi", *, expires_in: timedelta = timedelta(minutes=5)) -> None:
    request = {"phone": PHONE, "code": code, "language": language, "expires": (clock.now() + expires_in).isoformat()}
    with unit_of_work() as session:
        jobs.put(session, OtpRequested(sealed=crypto.seal_for_worker("otp-sms", json.dumps(request).encode())))


def job_arguments() -> str:
    with unit_of_work(read_only=True) as session:
        return str(session.execute(facts.text("SELECT json_agg(args)::text FROM procrastinate_jobs")).scalar())


@pytest.mark.parametrize(("language", "words"), [("vi", "Bạn có cập nhật mới"), ("en", "You have an update")])
def test_the_push_of_a_tip_says_you_have_an_update_and_nothing_else(
    work_off: Work, browsers: WebPushDouble, language: str, words: str
) -> None:
    browser = browsers.subscribe()
    tip_updated(facts.webpush_address(browser.address(), language))
    assert browser.id not in job_arguments()

    work_off()

    (received,) = browsers.received
    fixed = f'{{"title":"{words}","body":"","kind":"update","url":"/tin","tag":"update"}}'
    assert received.plaintext.decode() == fixed
    assert (received.topic, received.urgency, received.ttl) == ("update", "normal", 3 * 24 * 3600)


def test_every_tip_is_pushed_the_same(work_off: Work, fcm: FcmDouble) -> None:
    kinds = [facts.fcm_address(1), facts.fcm_address(2)]
    for address in kinds:
        tip_updated(address)

    work_off()

    bodies = [{**accepted.message, "token": "", "apns": ""} for accepted in fcm.accepted]
    assert bodies[0] == bodies[1]
    assert bodies[0]["data"] == {"kind": "update", "url": "/tin", "tag": "update"}


def test_a_push_of_a_tip_that_fails_for_now_comes_back(work_off: Work, browsers: WebPushDouble) -> None:
    browser = browsers.subscribe()
    browsers.script(browser, webpush.Fault("too_many", retry_after="60"))
    tip_updated(facts.webpush_address(browser.address()))

    (wait,) = facts.waits(work_off())
    assert wait == 60
    facts.make_due()
    work_off()

    assert len(browsers.received) == 1


def test_an_address_sealed_for_something_else_is_left_alone(work_off: Work, browsers: WebPushDouble) -> None:
    browser = browsers.subscribe()
    address = facts.webpush_address(browser.address())
    with unit_of_work() as session:
        sealed = crypto.seal_for_worker("other", pack(address))
        jobs.put(session, TipUpdated(sealed_address=sealed))

    worked_at = work_off()

    assert browsers.attempts == {}
    assert facts.waits(worked_at) == []


def test_a_host_that_is_no_longer_allowed_is_not_asked(
    work_off: Work, browsers: WebPushDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browsers.subscribe()
    tip_updated(facts.webpush_address(browser.address()))
    monkeypatch.setenv("BINHYEN_PUSH_LOOPBACK", "0")
    monkeypatch.delenv("BINHYEN_FCM_CREDENTIALS")
    config.reset_settings()

    work_off()

    assert browsers.attempts == {}


@pytest.mark.parametrize(("language", "words"), [("vi", "Mã đăng nhập"), ("en", "sign-in code")])
def test_a_code_goes_out_by_sms(work_off: Work, gateway: SmsDouble, language: str, words: str) -> None:
    otp_requested("428196", language)
    assert "428196" not in job_arguments()
    assert PHONE[1:] not in job_arguments()

    work_off()

    (sms,) = gateway.sent
    assert sms.to == PHONE
    assert "428196" in sms.text
    assert words in sms.text


def test_a_code_that_is_over_is_not_sent(work_off: Work, gateway: SmsDouble) -> None:
    otp_requested("428196", expires_in=timedelta(seconds=-1))
    work_off()
    assert gateway.sent == []


@pytest.fixture
def no_gateway(pointed: config.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BINHYEN_SMS_URLS")
    config.reset_settings()


@pytest.mark.usefixtures("no_gateway")
def test_without_a_gateway_a_code_is_printed_on_the_workers_console(work_off: Work, told: Told) -> None:
    otp_requested("428196")

    worked_at = work_off()

    lines = told().splitlines()
    (line,) = [line for line in lines if "428196" in line]
    assert line.startswith("=== SMS not sent, BINHYEN_SMS_URLS is empty === to +84912345678: Mã đăng nhập")
    assert [line for line in lines if "sms_not_sent" in line]
    assert not [line for line in lines if "messages_sent" in line]
    assert facts.waits(worked_at) == []


@pytest.mark.usefixtures("no_gateway")
def test_without_a_gateway_an_emergency_is_printed_once_for_all(work_off: Work, told: Told) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        for number, language in enumerate(["vi", "vi", "en"]):
            session.add(
                Resident(
                    id=uuid4(), phone=f"+8491234567{number}", language=language, ward_id=ward.code,
                    created_at=clock.now(),
                )
            )  # fmt: skip
        alert = facts.publish_alert(
            session, ward, severity=Severity.EXTREME, headline=Localized("Cháy lớn", "Large fire")
        )

    work_off()

    printed = told()
    said = [line for line in printed.splitlines() if line.startswith("=== SMS not sent")]
    assert ["phones (2): Công an" in said[0], "phones (1): Ban Mai" in said[1]] == [True, True], said
    assert "8491234567" not in printed
    assert set(facts.states(alert.id).values()) == {"invalid"}


@pytest.mark.parametrize("fault", ["refuse", "internal", "drop"])
def test_a_gateway_that_fails_is_asked_again(work_off: Work, gateway: SmsDouble, told: Told, fault: str) -> None:
    gateway.faults.append(fault)  # type: ignore[arg-type]
    otp_requested("428196")

    work_off()
    assert gateway.sent == []
    printed = told()
    assert "428196" not in printed
    assert "messages_sent" not in printed
    facts.make_due()
    work_off()

    assert len(gateway.sent) == 1


def test_where_one_gateway_refuses_the_next_is_asked(
    work_off: Work, gateway: SmsDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BINHYEN_SMS_URLS", f"{gateway.apprise_url},{gateway.apprise_url}")
    config.reset_settings()
    gateway.faults.append("refuse")
    otp_requested("428196")

    work_off()

    assert len(gateway.sent) == 1


def test_an_extreme_alert_also_goes_by_sms_to_the_residents_of_its_areas(
    work_off: Work, gateway: SmsDouble, told: Told
) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        here, there = facts.make_area(session, ward, 1), facts.make_area(session, ward, 2)
        for number, area in enumerate([here, there, None]):
            session.add(
                Resident(
                    id=uuid4(), phone=f"+8491234567{number}", language="vi", ward_id=ward.code,
                    area_id=area.id if area else None, created_at=clock.now(),
                )
            )  # fmt: skip
        alert = facts.publish_alert(
            session, ward, severity=Severity.EXTREME, area_ids=frozenset({here.id}), headline=Localized("Cháy lớn")
        )

    work_off()

    assert {sms.to for sms in gateway.sent} == {"+84912345670", "+84912345672"}
    text = gateway.sent[0].text
    assert text.startswith("Công an phường Ban Mai: Khẩn cấp: Cháy lớn. ")
    assert text.endswith(f"/canh-bao/{alert.id}")
    assert len(text) <= 201
    assert "8491234567" not in told()  # no number in any log line


def test_a_ward_of_many_residents_is_listed_page_by_page(
    work_off: Work, gateway: SmsDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "CHUNK", 3)
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        for number in range(10):
            session.add(
                Resident(
                    id=uuid4(), phone=f"+8491234567{number}", language="vi", ward_id=ward.code, created_at=clock.now()
                )
            )
        alert = facts.publish_alert(session, ward, severity=Severity.EXTREME)

    work_off()

    assert sorted(sms.to for sms in gateway.sent) == [f"+8491234567{number}" for number in range(10)]
    assert set(facts.states(alert.id).values()) == {"accepted"}


@pytest.mark.parametrize("changes", [{"severity": Severity.SEVERE}, {"severity": Severity.EXTREME, "is_drill": True}])
def test_an_ordinary_alert_and_a_drill_send_no_sms(
    work_off: Work, gateway: SmsDouble, fcm: FcmDouble, changes: dict[str, object]
) -> None:
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        session.add(Resident(id=uuid4(), phone=PHONE, language="vi", ward_id=ward.code, created_at=clock.now()))
        facts.add_devices(session, ward, [facts.fcm_address()])
        facts.publish_alert(session, ward, **changes)

    work_off()

    assert len(fcm.accepted) == 1
    assert gateway.sent == []


def test_the_demo_shows_everything_in_its_outbox(work_off: Work, monkeypatch: pytest.MonkeyPatch, told: Told) -> None:
    for name in ("BINHYEN_FCM_CREDENTIALS", "BINHYEN_VAPID_PRIVATE_KEY", "BINHYEN_SMS_URLS"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("BINHYEN_DEMO", "1")
    config.reset_settings()
    console = PushAddress(DeviceKind.CONSOLE, str(uuid4()), language="en")
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        facts.add_devices(session, ward, [console, facts.fcm_address()])
        alert = facts.publish_alert(session, ward, headline=Localized("Cháy ở chợ", "Fire at the market"))
    tip_updated(console)
    otp_requested("428196")

    work_off()

    with unit_of_work(read_only=True) as session:
        shown = {(entry.channel, entry.title, entry.link) for entry in latest_outbox(session)}
        texts = [entry.body for entry in latest_outbox(session) if entry.channel == "sms"]
    assert shown == {
        ("console", "Fire at the market", f"/canh-bao/{alert.id}"),
        ("fcm_token", "Cháy ở chợ", f"/canh-bao/{alert.id}"),
        ("console", "You have an update", "/tin"),
        ("sms", "", None),
    }
    assert "428196" in texts[0]
    assert "428196" not in told()
    assert set(facts.states(alert.id).values()) == {"accepted"}
