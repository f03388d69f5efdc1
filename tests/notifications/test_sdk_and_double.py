"""firebase-admin itself against the double: what the double says is what the SDK understands."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import firebase_admin
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from firebase_admin import credentials, exceptions, messaging
from google.auth.exceptions import RefreshError

from tests.doubles.fcm import Fault, FaultKind, FcmDouble
from tests.notifications import facts


def sdk(fcm: FcmDouble, certificate: dict[str, str]) -> firebase_admin.App:
    app = firebase_admin.initialize_app(credentials.Certificate(certificate), name=facts.token())
    service: Any = messaging._get_messaging_service(app)
    service._fcm_url = f"{fcm.origin}/v1/projects/{fcm.project_id}/messages:send"
    service._fcm_topic_url = f"{fcm.origin}/v1/projects/{fcm.project_id}/registrations"
    return app


@pytest.fixture
def app(fcm: FcmDouble) -> Iterator[firebase_admin.App]:
    made = sdk(fcm, fcm.credentials())
    yield made
    firebase_admin.delete_app(made)


def message(fid: str, **more: Any) -> messaging.Message:
    return messaging.Message(fid=fid, **{"data": {"kind": "alert"}, **more})


def test_the_sdk_sends_through_the_double(fcm: FcmDouble, app: firebase_admin.App) -> None:
    fids = [facts.fid() for _ in range(20)]
    batch = messaging.send_each([message(fid) for fid in fids], app=app)
    assert batch.success_count == 20
    assert set(fcm.counts) == set(fids)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("unregistered", messaging.UnregisteredError),
        ("sender_mismatch", messaging.SenderIdMismatchError),
        ("third_party_auth", messaging.ThirdPartyAuthError),
        ("quota", messaging.QuotaExceededError),
        ("invalid_argument", exceptions.InvalidArgumentError),
    ],
)
def test_the_sdk_understands_its_errors(
    fcm: FcmDouble, app: firebase_admin.App, kind: FaultKind, error: type[Exception]
) -> None:
    fid = facts.fid()
    fcm.script(fid, *[Fault(kind)] * 8)  # the SDK asks again by itself
    with pytest.raises(error):
        messaging.send(message(fid), app=app)


@pytest.mark.parametrize(
    "more",
    [
        {"data": {"body": "Ậ" * 1400}},
        {"data": {"from": "x"}},
        {"android": messaging.AndroidConfig(ttl=29 * 24 * 3600)},
        {"apns": messaging.APNSConfig(headers={"apns-collapse-id": "x" * 65})},
    ],
)
def test_what_fcm_refuses_the_double_refuses(fcm: FcmDouble, app: firebase_admin.App, more: dict[str, Any]) -> None:
    with pytest.raises(exceptions.InvalidArgumentError):
        messaging.send(message(facts.fid(), **more), app=app)


def test_a_topic_carries_half_of_what_a_device_does(fcm: FcmDouble, app: firebase_admin.App) -> None:
    words = {"body": "x" * 2500}
    messaging.send(message(facts.fid(), data=words), app=app)
    with pytest.raises(exceptions.InvalidArgumentError):
        messaging.send(messaging.Message(topic="tinh-99", data=words), app=app)


def test_devices_join_and_leave_a_topic(fcm: FcmDouble, app: firebase_admin.App) -> None:
    fids = [facts.fid() for _ in range(3)]
    assert messaging.subscribe_to_topic(fids, "tinh-99", app=app).success_count == 3
    assert messaging.unsubscribe_from_topic(fids[:1], "tinh-99", app=app).success_count == 1
    assert fcm.topics["tinh-99"] == set(fids[1:])


def test_another_projects_key_buys_no_token(fcm: FcmDouble) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    stranger = sdk(fcm, {**fcm.credentials(), "private_key": pem.decode()})
    with pytest.raises(RefreshError):
        messaging.send(message(facts.fid()), app=stranger)
    firebase_admin.delete_app(stranger)


def test_without_a_token_nothing_is_taken(fcm: FcmDouble) -> None:
    body = json.dumps({"message": {"fid": facts.fid(), "data": {}}}).encode()
    request = urllib.request.Request(f"{fcm.origin}/v1/projects/{fcm.project_id}/messages:send", body)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as answer:
        assert answer.code == 401
        assert json.load(answer)["error"]["status"] == "UNAUTHENTICATED"
    assert fcm.accepted == []
