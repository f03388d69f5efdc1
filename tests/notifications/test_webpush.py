"""Web Push: the encryption is the RFC's, the signature is checked, and only push services are posted to."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend import clock, config
from backend.push import vapid
from backend.push.address import PushAddress
from notifications.channels.outcome import Outcome, Verdict
from notifications.channels.push import Push
from notifications.channels.webpush import WebPush, encrypt, sign
from notifications.tips import UPDATE_TTL, update_push
from tests.doubles.webpush import Fault, Received, Subscription, WebPushDouble, decrypt, from_b64url
from tests.notifications import facts

pytestmark = pytest.mark.usefixtures("pointed")


def send(
    addresses: list[PushAddress], *, key: ec.EllipticCurvePrivateKey | None = None, timeout: float = 30.0
) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    recipients = [SimpleNamespace(address=address) for address in addresses]

    async def run() -> None:
        client = WebPush(key or vapid.private_key() or _none(), subject="mailto:tech@example.org", timeout=timeout)
        pushes = {language: update_push(language, now=clock.now()) for language in ("vi", "en")}
        try:
            await client.send(pushes, recipients, lambda to, out: outcomes.update({to.address.address: out}))
        finally:
            client.close()

    asyncio.run(run())
    return outcomes


def _none() -> ec.EllipticCurvePrivateKey:
    raise AssertionError("no key in the settings")


def only(browsers: WebPushDouble) -> Received:
    (received,) = browsers.received
    return received


def test_the_double_reads_the_rfcs_own_example() -> None:
    # RFC 8291, appendix A
    private = int.from_bytes(from_b64url("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
    subscription = Subscription(
        "x", "", ec.derive_private_key(private, ec.SECP256R1()), from_b64url("BTBZMqHH6r4Tts7J_aSIgg"), None
    )
    body = from_b64url(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    assert decrypt(body, subscription) == b"When I grow up, I want to be a watermelon"


def test_what_is_encrypted_only_that_browser_reads(browsers: WebPushDouble) -> None:
    mine, other = browsers.subscribe(), browsers.subscribe()
    body = encrypt("Bạn có cập nhật mới".encode(), p256dh=mine.p256dh, auth=mine.auth)
    assert decrypt(body, mine).decode() == "Bạn có cập nhật mới"
    with pytest.raises(Exception, match="does not decrypt"):
        decrypt(body, other)


def test_two_encryptions_share_neither_salt_nor_key(browsers: WebPushDouble) -> None:
    browser = browsers.subscribe()
    one, two = (encrypt(b"x", p256dh=browser.p256dh, auth=browser.auth) for _ in range(2))
    assert one[:16] != two[:16]
    assert one[21:86] != two[21:86]


def test_a_message_too_long_for_one_record_is_refused(browsers: WebPushDouble) -> None:
    browser = browsers.subscribe()
    assert len(encrypt(b"x" * 3993, p256dh=browser.p256dh, auth=browser.auth)) == 4096
    with pytest.raises(ValueError, match="too long"):
        encrypt(b"x" * 3994, p256dh=browser.p256dh, auth=browser.auth)


def test_the_browser_takes_only_the_key_it_subscribed_with(browsers: WebPushDouble) -> None:
    ours, other = browsers.subscribe(vapid.public_key()), browsers.subscribe(vapid.public_key())
    assert send([facts.webpush_address(ours.address())])[ours.endpoint].verdict is Verdict.ACCEPTED

    stranger = ec.generate_private_key(ec.SECP256R1())
    outcome = send([facts.webpush_address(other.address())], key=stranger)[other.endpoint]
    assert outcome == Outcome(Verdict.INVALID, "http_403")  # refused, and nobody is pruned for it


def test_the_signature_names_its_service_and_ends_within_a_day(browsers: WebPushDouble) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    expires = int((clock.now() + timedelta(hours=12)).timestamp())
    token = sign(key, audience="https://push.example.org", subject="mailto:tech@example.org", expires=expires)
    claims = jwt.decode(token, key.public_key(), algorithms=["ES256"], audience="https://push.example.org")
    assert claims == {"aud": "https://push.example.org", "exp": expires, "sub": "mailto:tech@example.org"}


def test_one_signature_serves_all_of_a_service(browsers: WebPushDouble) -> None:
    many = [browsers.subscribe() for _ in range(20)]
    send([facts.webpush_address(browser.address()) for browser in many])
    assert len(browsers.received) == 20
    assert len({received.headers["authorization"] for received in browsers.received}) == 1


def test_the_headers_say_how_long_how_urgent_and_what_it_replaces(browsers: WebPushDouble) -> None:
    send([facts.webpush_address(browsers.subscribe().address())])
    received = only(browsers)
    assert (received.ttl, received.urgency, received.topic) == (UPDATE_TTL.total_seconds(), "normal", "update")
    assert browsers.refused == []


@pytest.mark.parametrize("kind", ["drop", "hang", "half"])
def test_a_service_that_does_not_answer_is_tried_later(browsers: WebPushDouble, kind: str) -> None:
    browser = browsers.subscribe()
    browsers.script(browser, Fault(kind))  # type: ignore[arg-type]
    outcomes = send([facts.webpush_address(browser.address())], timeout=0.5 if kind == "hang" else 30.0)
    assert outcomes[browser.endpoint].verdict is Verdict.TEMPORARY
    assert browsers.attempts[browser.id] == 1


def test_keys_that_are_no_keys_are_refused_without_asking(browsers: WebPushDouble) -> None:
    browser = browsers.subscribe()
    address = facts.webpush_address(browser.address())
    broken = PushAddress(address.kind, address.address, p256dh="BAAA", auth=address.auth)
    assert send([broken])[browser.endpoint] == Outcome(Verdict.INVALID, "keys")
    assert browsers.attempts == {}


def test_loopback_is_not_posted_to_unless_the_setting_says_so(
    browsers: WebPushDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browsers.subscribe()
    address = facts.webpush_address(browser.address())
    monkeypatch.setenv("BINHYEN_PUSH_LOOPBACK", "0")
    config.reset_settings()
    assert send([address])[browser.endpoint] == Outcome(Verdict.INVALID, "host_not_allowed")
    assert browsers.attempts == {}


def test_a_tag_becomes_a_topic_of_32_characters(browsers: WebPushDouble) -> None:
    from notifications.channels.webpush import topic_of

    push = Push("alert", "", "", "/", "0198f2a0-7c1b-7d3e-9a55-0c3f5a1e2b4d", False, UPDATE_TTL, clock.now())
    assert topic_of(push) == "0198f2a07c1b7d3e9a550c3f5a1e2b4d"


def test_many_made_up_services_leave_the_real_one_in_peace(
    browsers: WebPushDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.channels.webpush.MOST_ORIGINS", 2)
    real = [facts.webpush_address(browsers.subscribe().address()) for _ in range(20)]
    port = urlsplit(real[0].address).port
    made_up = [
        replace(real[0], address=f"http://127.0.0.1:{'0' * zeros}{port}/nobody/{zeros}") for zeros in range(1, 12)
    ]
    outcomes = send([*real, *made_up], timeout=5.0)
    assert len(outcomes) == len(real) + len(made_up)
    assert {outcomes[address.address].verdict for address in real} == {Verdict.ACCEPTED}


def test_one_address_that_breaks_its_sender_does_not_end_the_others(browsers: WebPushDouble) -> None:
    real = facts.webpush_address(browsers.subscribe().address())
    broken = replace(real, address=real.address + "/b", p256dh="not base64 at all: Ω")
    nobodys_language = replace(real, address=real.address + "/l", language="tlh")
    outcomes = send([broken, nobodys_language, real])
    assert [outcomes[address.address].verdict for address in (broken, nobodys_language, real)] == [
        Verdict.INVALID, Verdict.TEMPORARY, Verdict.ACCEPTED,
    ]  # fmt: skip
