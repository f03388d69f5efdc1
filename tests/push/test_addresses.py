"""Which push addresses are taken: endpoints come from strangers, and the server posts to them."""

import base64
import json
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend import config
from backend.errors import DomainError
from backend.packing import pack
from backend.push.address import DeviceKind, PushAddress, endpoint_allowed

KEY = ec.generate_private_key(ec.SECP256R1()).public_key()
POINT = KEY.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
AUTH = bytes(range(16))
TOKEN = "dAbC:APA91b" + "x" * 130
FID = "eAbCdEfGhIjKlMnOpQrStU"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def subscription(endpoint: str = "https://fcm.googleapis.com/fcm/send/x:y", **keys: object) -> dict[str, object]:
    return {"endpoint": endpoint, "keys": {"p256dh": b64(POINT), "auth": b64(AUTH), **keys}}


def code_of(**said: object) -> tuple[str, str | None]:
    with pytest.raises(DomainError) as caught:
        PushAddress.checked(**said)  # type: ignore[arg-type]
    return caught.value.code, caught.value.field


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAA%2f",
        "https://web.push.apple.com/QGuQ",
        "https://FCM.googleapis.com:443/fcm/send/x",
    ],
)
def test_the_push_services_of_the_browsers_are_taken(endpoint: str) -> None:
    assert endpoint_allowed(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://example.org/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://evilfcm.googleapis.com.vn/x",
        "https://notfcm.googleapis.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://user:secret@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:99999/x",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/x",
        "https://fcm.googleapis.com\\@127.0.0.1/x",
        "https://fcm.googleapis.com/x\r\nHost: inside",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/\tx",
        "https://fcm.googleapis.cоm/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com",
        "https:///x",
        "file:///etc/passwd",
        "//fcm.googleapis.com/x",
        "https://[fcm.googleapis.com/x",
        "",
        "https://fcm.googleapis.com/" + "x" * 2000,
        # names that no resolver takes, and other spellings of one host
        "https://" + "a" * 64 + ".notify.windows.com/x",
        "https://" + "a.a" * 130 + ".notify.windows.com/x",
        "https://..notify.windows.com/x",
        "https://-a.notify.windows.com/x",
        "https://a_b.notify.windows.com/x",
        "https://updates.push.services.mozilla.com:00000443/x",
        "https://updates.push.services.mozilla.com:/x",
    ],
)
def test_nothing_else_is_posted_to(endpoint: str) -> None:
    assert not endpoint_allowed(endpoint)
    with pytest.raises(DomainError) as caught:
        PushAddress.checked(kind="webpush", subscription=subscription(endpoint))
    assert caught.value.code == "webpush_host_not_allowed"
    assert caught.value.field == "subscription.endpoint"


def test_the_loopback_only_where_the_setting_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not endpoint_allowed("http://127.0.0.1:9/x")
    monkeypatch.setenv("BINHYEN_PUSH_LOOPBACK", "1")
    config.reset_settings()
    assert endpoint_allowed("http://127.0.0.1:9/x")
    assert not endpoint_allowed("http://10.0.0.1:9/x")
    monkeypatch.undo()
    config.reset_settings()


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ({"p256dh": b64(POINT)[:-4]}, "subscription.keys.p256dh"),
        ({"p256dh": b64(b"\x04" + bytes(64))}, "subscription.keys.p256dh"),
        ({"p256dh": b64(POINT[1:])}, "subscription.keys.p256dh"),
        ({"p256dh": "…"}, "subscription.keys.p256dh"),
        ({"p256dh": 5}, "subscription.keys.p256dh"),
        ({"p256dh": "A" * 5000}, "subscription.keys.p256dh"),
        ({"auth": b64(AUTH[1:])}, "subscription.keys.auth"),
        ({"auth": None}, "subscription.keys.auth"),
    ],
)
def test_keys_that_no_browser_makes_are_refused(keys: dict[str, object], field: str) -> None:
    assert code_of(kind="webpush", subscription=subscription(**keys)) == ("push_address_malformed", field)


@pytest.mark.parametrize("padding", ["", "="])
def test_keys_come_with_and_without_padding(padding: str) -> None:
    said = subscription(p256dh=b64(POINT).rstrip("=") + padding, auth=b64(AUTH).rstrip("=") + padding * 2)
    address = PushAddress.checked(kind="webpush", subscription=said)
    assert (address.p256dh, address.auth) == (b64(POINT).rstrip("="), b64(AUTH).rstrip("="))


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "fcm_token", "token": FID},  # an installation id is no token
        {"kind": "fcm_fid", "token": TOKEN},
        {"kind": "fcm_token", "token": "short"},
        {"kind": "fcm_token", "token": 'x","topic":"all' + "x" * 20},
        {"kind": "fcm_token", "token": "x" * 2000},
        {"kind": "fcm_token", "token": None},
        {"kind": "fcm_token", "token": TOKEN, "subscription": subscription()},
        {"kind": "webpush", "token": TOKEN, "subscription": subscription()},
        {"kind": "webpush"},
        {"kind": "webpush", "subscription": {"endpoint": "https://fcm.googleapis.com/x"}},
        {"kind": "pigeon", "token": TOKEN},
    ],
)
def test_a_token_and_an_installation_id_are_told_apart(said: dict[str, object]) -> None:
    assert code_of(**said)[0] == "push_address_malformed"


def test_what_is_right_is_taken() -> None:
    assert PushAddress.checked(kind="fcm_token", token=TOKEN).kind is DeviceKind.FCM_TOKEN
    assert PushAddress.checked(kind="fcm_fid", token=FID, language="en").language == "en"


def test_the_console_is_for_the_demo_only(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"kind": "console", "token": str(uuid4())}
    assert code_of(**said)[0] == "push_kind_not_available"
    monkeypatch.setenv("BINHYEN_DEMO", "1")
    config.reset_settings()
    assert PushAddress.checked(**said).kind is DeviceKind.CONSOLE  # type: ignore[arg-type]
    monkeypatch.undo()
    config.reset_settings()


def test_an_address_comes_back_from_json_as_it_was() -> None:
    for address in (
        PushAddress.checked(kind="webpush", subscription=subscription(), language="en"),
        PushAddress.checked(kind="fcm_token", token=TOKEN),
    ):
        assert PushAddress.from_json(json.loads(pack(address))) == address
