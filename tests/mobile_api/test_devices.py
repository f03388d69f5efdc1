"""PUT and DELETE me/devices, with and without an account."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.push.models import Device
from backend.wards.models import Ward
from tests.make import make_area
from tests.push.test_addresses import FID, TOKEN, subscription

URL = "/me/devices"
INSIDE = subscription("https://10.0.0.1/x")


def device(ward: Ward, **changes: Any) -> dict[str, Any]:
    return {"kind": "fcm_token", "token": TOKEN, "language": "vi", "ward_code": ward.code, **changes}


def test_a_phone_registers_without_an_account(api: FlaskClient, session: Session, ward: Ward) -> None:
    area = make_area(session, ward)
    reply = api.put(URL, json=device(ward, area_id=str(area.id), platform="Android 14"))
    assert reply.status_code == 200, reply.json
    assert reply.json is not None
    assert {**reply.json, "id": ""} == {
        "id": "", "kind": "fcm_token", "ward_code": ward.code, "area_id": str(area.id)
    }  # fmt: skip
    again = api.put(URL, json=device(ward))
    assert again.json is not None
    assert (again.json["id"], again.json["area_id"]) == (reply.json["id"], None)


def test_a_browser_registers_what_its_subscription_says(api: FlaskClient, session: Session, ward: Ward) -> None:
    said = {"kind": "webpush", "subscription": {**subscription(), "expirationTime": None}, "ward_code": ward.code}
    assert api.put(URL, json=said).status_code == 200
    found = session.scalars(select(Device)).one()
    assert (found.kind, found.address) == ("webpush", said["subscription"]["endpoint"])  # type: ignore[index]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "webpush", "token": None, "subscription": INSIDE}, "webpush_host_not_allowed"),
        ({"kind": "webpush", "token": None}, "push_address_malformed"),
        ({"kind": "fcm_token", "token": FID}, "push_address_malformed"),
        ({"kind": "console"}, "push_kind_not_available"),
        ({"ward_code": "00000"}, "device_ward_unknown"),
        ({"area_id": "5f6b5c1e-0000-4000-8000-000000000000"}, "device_area_unknown"),
        ({"kind": "pigeon"}, None),
        ({"token": "x" * 5000}, None),
        ({"token": 5}, None),
        ({"token": "\u0000" * 20}, None),
        ({"language": "fr"}, None),
        ({"ward_code": None}, None),
        ({"area_id": "somewhere"}, None),
        ({"unknown": 1}, None),
        ({"platform": "x" * 300}, None),
        ({"subscription": {"endpoint": ["x"]}}, None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(api: FlaskClient, ward: Ward, changes: dict[str, Any], code: str | None) -> None:
    reply = api.put(URL, json=device(ward, **changes))
    assert reply.status_code in (400, 422), reply.json
    assert reply.json is not None
    assert code is None or reply.json["code"] == code
    assert reply.json["detail"]


def test_a_phone_says_goodbye(api: FlaskClient, session: Session, ward: Ward) -> None:
    api.put(URL, json=device(ward))
    assert api.delete(URL, json={"kind": "fcm_token", "token": TOKEN}).status_code == 204
    assert session.scalars(select(Device)).all() == []
    assert api.delete(URL, json={"kind": "fcm_token", "token": TOKEN}).status_code == 204
    assert api.delete(URL, json={"kind": "webpush", "endpoint": "https://fcm.googleapis.com/x"}).status_code == 204
