"""Every route × nobody, residents of two wards, staff of every role. A route that is not in the table fails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from backend.accounts.models import Resident, ResidentSession
from backend.db import Base
from backend.permissions import STAFF_ROLES, Actor, Role
from backend.push.models import Device
from backend.staff import sign_in as staff_sign_in
from backend.staff.models import Staff
from backend.wards.models import Ward
from tests.alerts import facts
from tests.make import make_area, make_resident, make_staff, make_ward
from tests.mobile_api.signing_in import sign_in
from web import limits

UNKNOWN = UUID(int=1)
DEVICE = {"kind": "fcm_token", "token": "f" * 40, "language": "vi", "ward_code": "99001"}
RECEIPT = {"receipt": "0000-0000-0000-0000-00"}


@dataclass(frozen=True)
class Route:
    """A request and its answer to people without an account, to a resident, and to a token that is no resident's.

    401 shows that an account is needed. A wrong token is refused everywhere but where nobody looks at it.
    """

    method: str
    rule: str
    nobody: int
    resident: int
    path: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    stranger: int = 401


TABLE = [
    Route("GET", "/config", 200, 200, stranger=200),
    Route("GET", "/openapi.json", 200, 200, stranger=200),
    Route("GET", "/docs", 200, 200, stranger=200),
    Route("GET", "/docs/<name>", 200, 200, "/docs/swagger-ui.css", stranger=200),
    Route("GET", "/wards", 200, 200, "/wards?q=ban+mai"),
    Route("GET", "/wards/<code>", 200, 200, "/wards/99001"),
    Route("GET", "/wards/<code>/areas", 200, 200, "/wards/99001/areas"),
    Route("GET", "/wards/<code>/contacts", 200, 200, "/wards/99001/contacts"),
    Route("GET", "/alerts", 200, 200, "/alerts?ward=99001", stranger=200),
    Route("GET", "/alerts/<uuid:alert_id>", 200, 200, "/alerts/{alert}", stranger=200),
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


# whose routes name a row of one resident, and that row's key
OWNED: dict[str, Callable[["Home"], object]] = {"/auth/sessions/<session_id>": lambda home: home.opened.id}


@dataclass(frozen=True)
class Home:
    """A resident and all that is held about them."""

    actor: Actor
    opened: ResidentSession
    device: Device
    token: str

    def rows(self, session: Session) -> list[dict[str, Any]]:
        """Their rows as the database has them now."""
        found = [session.get(Resident, self.actor.id, populate_existing=True)]
        for model in (ResidentSession, Device):
            mine = select(model).where(model.resident_id == self.actor.id).order_by(model.id)
            found += session.scalars(mine, execution_options={"populate_existing": True})
        return [_values(row) for row in found]

    def secrets(self, session: Session) -> set[str]:
        """What nobody else may read: everything in their rows that is theirs alone."""
        shared = {"ward_id", "area_id", "language", "kind", "created_at", "last_used_at", "seen_at", "expires_at"}
        told = {str(value) for row in self.rows(session) for name, value in row.items() if value and name not in shared}
        return told | {self.token}


def _values(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


@pytest.fixture
def home(session: Session, ward: Ward) -> Home:
    """Ông Tám of the first ward: an address, a phone on which he is signed in, a device."""
    actor = make_resident(session, phone="+84987000111", ward=ward)
    resident = session.get_one(Resident, actor.id)
    resident.name, resident.area_id = "Ông Tám", make_area(session, ward, 12).id
    token = sign_in(session, actor)
    opened = session.scalars(select(ResidentSession).where(ResidentSession.resident_id == actor.id)).one()
    opened.device_name = "Máy của Tám"
    now = opened.created_at
    device = Device(
        resident_id=actor.id, ward_id=ward.code, kind="fcm_token", address="t" * 40, address_hash=b"t" * 32,
        language="vi", platform="Android 9", created_at=now, seen_at=now,
    )  # fmt: skip
    session.add(device)
    session.flush()
    return Home(actor, opened, device, token)


@dataclass(frozen=True)
class Reader:
    """Somebody with a token, or with none."""

    api: FlaskClient
    alert_id: UUID
    token: str | None = None

    def call(self, route: Route, path: str | None = None) -> TestResponse:
        """Send the table's request."""
        limits.reset()
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        path = path or (route.path or route.rule).format(alert=self.alert_id)
        with self.api.open(path, method=route.method, headers=headers, **route.options) as answer:
            answer.get_data()
            return answer


Open = Callable[[str | None], Reader]


@pytest.fixture
def reader(api: FlaskClient, session: Session, officer: Actor, chief: Actor) -> Open:
    """People in front of the API, beside an alert that is in force in the first ward."""
    alert = facts.publish(session, officer, chief)
    session.flush()
    return lambda token: Reader(api, alert.id, token)


@pytest.fixture
def tokens(session: Session, ward: Ward) -> dict[str, str | None]:
    """People who are not Ông Tám: one without an account, a resident of the same ward, one of another."""
    neighbour = make_resident(session, phone="+84912345679", ward=ward)
    outsider = make_resident(session, phone="+84912345670", ward=make_ward(session, "99002"))
    return {"nobody": None, "neighbour": sign_in(session, neighbour), "outsider": sign_in(session, outsider)}


def test_every_route_is_in_the_table(api_app: Flask) -> None:
    there = {
        (method, rule.rule)
        for rule in api_app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == {(route.method, route.rule) for route in TABLE}


def test_every_route_of_ones_own_things_is_asked_by_others() -> None:
    assert set(OWNED) == {route.rule for route in TABLE if "<" in route.rule and route.nobody == 401}


every_route = pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.method} {route.rule}")


@pytest.mark.parametrize("who", ["nobody", "neighbour", "outsider"])
@every_route
def test_who_may_call_what(reader: Open, tokens: dict[str, str | None], route: Route, who: str) -> None:
    answer = reader(tokens[who]).call(route)
    assert answer.status_code == (route.nobody if who == "nobody" else route.resident), answer.get_data(as_text=True)


@pytest.fixture
def staff_tokens(session: Session, ward: Ward) -> dict[Role, str]:
    """Open sessions of the panel, one for each role."""
    tokens = {}
    for role in STAFF_ROLES:
        actor = make_staff(session, ward if role not in (Role.PROVINCE, Role.ADMINISTRATOR) else None, role)
        staff = session.get_one(Staff, actor.id)
        tokens[role] = staff_sign_in.open_session(session, staff, stage="open", private_key=actor.private_key)
    session.flush()
    return tokens


@every_route
def test_no_session_of_the_panel_opens_the_api(reader: Open, staff_tokens: dict[Role, str], route: Route) -> None:
    answers = {role: reader(token).call(route).status_code for role, token in staff_tokens.items()}
    assert answers == dict.fromkeys(STAFF_ROLES, route.stranger)


@every_route
def test_a_resident_reads_and_changes_nothing_of_another(
    session: Session, reader: Open, home: Home, tokens: dict[str, str | None], route: Route
) -> None:
    before, secrets = home.rows(session), home.secrets(session)
    for token in tokens.values():
        answer = reader(token).call(route).get_data(as_text=True)
        assert not [secret for secret in secrets if secret in answer]
    assert home.rows(session) == before


def test_the_check_sees_what_is_held(session: Session, reader: Open, home: Home) -> None:
    export = next(route for route in TABLE if route.rule == "/me/export")
    told = reader(home.token).call(export).get_data(as_text=True)
    assert {"Ông Tám", "+84987000111", "Máy của Tám", "t" * 40} <= {it for it in home.secrets(session) if it in told}


@pytest.mark.parametrize("rule", OWNED)
def test_nobody_reaches_another_residents_row_by_its_id(
    session: Session, reader: Open, home: Home, tokens: dict[str, str | None], rule: str
) -> None:
    path = rule.split("<")[0] + str(OWNED[rule](home))
    before = home.rows(session)
    for route in [route for route in TABLE if route.rule == rule]:
        for token in tokens.values():
            assert reader(token).call(route, path).status_code == (404 if token else 401)
        assert home.rows(session) == before
        assert reader(home.token).call(route, path).status_code == route.resident


@pytest.mark.parametrize(
    "route", [route for route in TABLE if route.nobody == 401 and route.rule != "/auth/sessions"], ids=lambda r: r.rule
)
def test_what_needs_an_account_is_described_so(api_app: Flask, route: Route) -> None:
    described = api_app.extensions["openapi"].spec.to_dict()["paths"]
    path = route.rule.replace("<", "{").replace(">", "}")
    assert described[path][route.method.lower()]["security"] == [{"bearer": []}]
