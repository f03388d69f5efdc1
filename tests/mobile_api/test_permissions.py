"""Every route × every kind of reader. A route that is not in the table fails the first test."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from backend.accounts.models import ResidentSession
from backend.permissions import Actor
from backend.wards.models import Ward
from tests.alerts import facts
from tests.make import make_resident
from tests.mobile_api.signing_in import sign_in
from web import limits

UNKNOWN = UUID(int=1)
DEVICE = {"kind": "fcm_token", "token": "f" * 40, "language": "vi", "ward_code": "99001"}
RECEIPT = {"receipt": "0000-0000-0000-0000-00"}


@dataclass(frozen=True)
class Route:
    """A request and its answer to people without an account and to a resident; 401 shows that an account is needed."""

    method: str
    rule: str
    nobody: int
    resident: int
    path: str | None = None
    options: dict[str, Any] = field(default_factory=dict)


TABLE = [
    Route("GET", "/config", 200, 200),
    Route("GET", "/openapi.json", 200, 200),
    Route("GET", "/docs", 200, 200),
    Route("GET", "/docs/<name>", 200, 200, "/docs/swagger-ui.css"),
    Route("GET", "/wards", 200, 200, "/wards?q=ban+mai"),
    Route("GET", "/wards/<code>", 200, 200, "/wards/99001"),
    Route("GET", "/wards/<code>/areas", 200, 200, "/wards/99001/areas"),
    Route("GET", "/alerts", 200, 200, "/alerts?ward=99001"),
    Route("GET", "/alerts/<uuid:alert_id>", 200, 200, "/alerts/{alert}"),
    Route(
        "POST", "/alerts/<uuid:alert_id>/receipts", 204, 204, "/alerts/{alert}/receipts",
        {"json": {"event": "opened", "reader": str(UNKNOWN)}},
    ),
    Route("POST", "/auth/otp", 202, 202, None, {"json": {"phone": "0912345678"}}),
    Route("POST", "/auth/sessions", 401, 401, None, {"json": {"phone": "0912345678", "code": "000000"}}),
    Route("GET", "/auth/sessions", 401, 200),
    Route("DELETE", "/auth/sessions/<session_id>", 401, 204, "/auth/sessions/current"),
    Route("GET", "/me", 401, 200),
    Route("PUT", "/me", 401, 200, None, {"json": {"language": "vi"}}),
    Route("DELETE", "/me", 401, 204),
    Route("GET", "/me/export", 401, 200),
    Route("PUT", "/me/devices", 200, 200, None, {"json": DEVICE}),
    Route("DELETE", "/me/devices", 204, 204, None, {"json": {"kind": "fcm_token", "token": "f" * 40}}),
    # a form that is no form: whoever asks has been let in
    Route("POST", "/tips", 415, 415),
    Route("POST", "/tips/open", 422, 422, None, {"json": RECEIPT | {"receipt": "U"}}),
    Route("POST", "/tips/messages", 422, 422, None, {"json": RECEIPT}),
    Route("POST", "/tips/photos", 422, 422, None, {"json": RECEIPT}),
    Route("PUT", "/tips/push", 422, 422, None, {"json": RECEIPT}),
]  # fmt: skip


def test_every_route_is_in_the_table(api_app: Flask) -> None:
    there = {
        (method, rule.rule)
        for rule in api_app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == {(route.method, route.rule) for route in TABLE}


@pytest.mark.parametrize("who", ["nobody", "resident"])
@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.method} {route.rule}")
def test_who_may_call_what(
    api: FlaskClient, session: Session, ward: Ward, officer: Actor, chief: Actor, route: Route, who: str
) -> None:
    limits.reset()
    alert = facts.publish(session, officer, chief)
    session.flush()
    headers = {}
    if who == "resident":
        headers["Authorization"] = f"Bearer {sign_in(session, make_resident(session, ward=ward))}"
    path = (route.path or route.rule).format(alert=alert.id)
    with api.open(path, method=route.method, headers=headers, **route.options) as answer:
        assert answer.status_code == getattr(route, who), answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "route", [route for route in TABLE if route.nobody == 401 and route.rule != "/auth/sessions"], ids=lambda r: r.rule
)
def test_what_needs_an_account_is_described_so(api_app: Flask, route: Route) -> None:
    described = api_app.extensions["openapi"].spec.to_dict()["paths"]
    path = route.rule.replace("<", "{").replace(">", "}")
    assert described[path][route.method.lower()]["security"] == [{"bearer": []}]


def test_nobody_ends_a_strangers_session(api: FlaskClient, session: Session, ward: Ward) -> None:
    mine = sign_in(session, make_resident(session, ward=ward))
    strangers = make_resident(session, phone="+84912345679", ward=ward)
    sign_in(session, strangers)
    opened = session.query(ResidentSession).filter_by(resident_id=strangers.id).one()
    answer = api.delete(f"/auth/sessions/{opened.id}", headers={"Authorization": f"Bearer {mine}"})
    assert answer.status_code == 404
