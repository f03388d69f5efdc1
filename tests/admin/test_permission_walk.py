"""Every route of the panel × every role × own ward and another's. A route that is not in the table fails the test."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import pytest
from flask import has_request_context, request, request_started
from sqlalchemy import select
from werkzeug.routing import AnyConverter

from backend import permissions
from backend.alerts.cap import State
from backend.alerts.models import Alert
from backend.permissions import Role
from backend.staff import sign_in
from backend.staff.models import Staff
from backend.tips.life import OUTCOMES, Status
from backend.tips.models import Tip
from backend.wards.models import Area
from tests import make
from tests.admin.conftest import Seat
from tests.admin.facts import alert_form, content
from tests.admin.walk import FOREIGN, MORE, POLICE, STAFF, WALK, World, let_in
from tests.backend.asking import ASKS, asking, read

ROOT = Path(__file__).parents[2]
BUTTON = re.compile(r'<button\b[^>]* name="(\w+)" value="([^"{]+)"')
SIGN_OUT = ("POST", "sign_in.sign_out")
OF_A_WARD = [route for route in WALK if route[1].split(".")[0] in ("tips", "alerts", "staff")]


@pytest.fixture
def seats(session, ward, visitor, sit) -> dict[str, Seat]:
    """Everybody, each at a panel of their own."""
    elsewhere = make.make_ward(session, "99002", name="Hoàng Hôn")
    made = {
        role: sit(make.make_staff(session, ward, Role(role))) for role in ("officer", "chief", "organiser", "council")
    }
    made["province"] = sit(make.make_staff(session, None, Role.PROVINCE))
    made["administrator"] = sit(make.make_staff(session, None, Role.ADMINISTRATOR))
    made["foreign_officer"] = sit(make.make_staff(session, elsewhere))
    made["foreign_chief"] = sit(make.make_staff(session, elsewhere, Role.CHIEF))
    for seat in made.values():
        staff = session.get(Staff, seat.actor.id)
        sign_in.open_session(session, staff, stage="open", private_key=None)
        session.flush()
        own = sign_in.list_sessions(session, seat.actor)
        seat.other_session = own[0].id if own[0].created_at >= own[-1].created_at else own[-1].id
    return made | {"nobody": Seat(None, visitor)}


@pytest.fixture
def world(session, ward, seats) -> World:
    author, approver = make.make_staff(session, ward), make.make_staff(session, ward, Role.CHIEF)
    return World(session, author, approver, ward)


def test_every_route_is_in_the_table(panel):
    routes = {
        (method, rule.endpoint)
        for rule in panel.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert routes == set(WALK)


@pytest.mark.parametrize("route", WALK, ids=" ".join)
def test_each_role_meets_each_route(world, seats, route):
    may, call = WALK[route]
    if route == SIGN_OUT:  # leads to the sign-in page by its nature
        assert all(call(world, seat).status_code == 302 for seat in seats.values())
        return
    assert {person for person, seat in seats.items() if let_in(call(world, seat))} == may


@pytest.mark.parametrize("act", MORE)
def test_each_role_meets_each_other_act(world, seats, act):
    may, call = MORE[act]
    assert {person for person, seat in seats.items() if let_in(call(world, seat))} == may


class WatchedMatrix(dict):
    """The matrix, which notes the functions that were running whenever a request asked it."""

    def __init__(self) -> None:
        super().__init__(permissions.MATRIX)
        self.running: set[CodeType] = set()

    def __getitem__(self, action: permissions.Action) -> object:
        frame = sys._getframe(1) if has_request_context() else None  # the tests' own facts ask it too
        while frame is not None:
            self.running.add(frame.f_code)
            frame = frame.f_back
        return super().__getitem__(action)


def test_the_walk_leaves_no_act_out(panel, world, seats, monkeypatch):
    """What one route does in several ways is walked in each of them, and every function that asks has asked."""
    said: set[tuple[str, str, object]] = set()
    matrix = WatchedMatrix()
    monkeypatch.setattr(permissions, "MATRIX", matrix)

    def note(_panel) -> None:
        said.update((request.endpoint, *argument) for argument in (request.view_args or {}).items())
        said.update(("form", *field) for field in request.form.items())

    with request_started.connected_to(note, panel):
        staying = [step for route, step in WALK.items() if route != SIGN_OUT]
        for may, call in [*staying, *MORE.values(), WALK[SIGN_OUT]]:
            for person in sorted(may - {"nobody"})[:1]:
                call(world, seats[person])
    assert choices(panel) - said == set()
    assert asked_by_the_panel() - {name_of(code) for code in matrix.running} == set()


def choices(panel) -> set[tuple[str, str, str]]:
    """What an address or a form says to choose between acts: endpoint or "form", name, value."""
    addresses = {
        (rule.endpoint, name, value)
        for rule in panel.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if isinstance(converter, AnyConverter)
        for value in converter.items
    }
    pages = [page.read_text() for page in (ROOT / "admin").rglob("*.html")]
    buttons = {("form", *said) for page in pages for said in BUTTON.findall(page)}
    assert ("staff.change", "act", "disable") in addresses
    assert ("form", "then", "submit") in buttons
    outcomes = {("form", "outcome", status) for status in {*OUTCOMES, Status.ACKNOWLEDGED, Status.VERIFYING}}
    return addresses | buttons | outcomes


def asked_by_the_panel() -> set[str]:
    """The functions of the domain that ask for a permission and that the panel names."""
    named = {name for module in read(ROOT, "admin").values() for name in module.mentions()}
    return (named & asking(read(ROOT, "backend"))) - ASKS


def name_of(code: CodeType) -> str:
    """A function as the guard names it."""
    path = Path(code.co_filename)
    if not path.is_relative_to(ROOT):
        return code.co_qualname
    return ".".join([*path.relative_to(ROOT).with_suffix("").parts, code.co_qualname])


def _area(world: World) -> str:
    return str(world.session.scalars(select(Area.id).where(Area.ward_id == world.ward.code)).one())


@pytest.fixture
def told(session, world, seats) -> Callable[[str], bool]:
    """A ward with something of everything; whether a page tells any of it."""
    make.make_area(session, world.ward, 12)
    world.tip()
    for state in (State.DRAFT, State.SUBMITTED, State.PUBLISHED):
        world.alert(state)
    usernames = select(Staff.username).where(Staff.ward_id == world.ward.code)
    secrets = [world.ward.name, "Tổ dân phố 12", "Tổ 12", content().headline.vi, *session.scalars(usernames)]

    def is_told(page: str) -> bool:
        return any(secret in page for secret in secrets)

    assert is_told(seats["officer"].get("/alerts").text), "their own police do read it"
    return is_told


@pytest.mark.parametrize("route", OF_A_WARD, ids=" ".join)
def test_another_wards_police_find_nothing_of_this_one(panel, world, seats, told, route):
    may, call = WALK[route]
    names_a_row = any("<uuid:" in rule.rule for rule in panel.url_map.iter_rules(route[1]))
    for person in FOREIGN:
        answer = call(world, seats[person])
        assert not told(answer.text)
        if names_a_row:
            assert answer.status_code == (404 if person.removeprefix("foreign_") in may else 403)


@pytest.mark.parametrize(
    "ask",
    [
        lambda w, s: s.get(f"/tips/find?number={w.session.scalar(select(Tip.number))}"),
        lambda w, s: s.get(f"/alerts?view=all&after={w.alert()}"),
        lambda w, s: s.get(f"/staff?ward={w.ward.code}"),
        lambda w, s: s.post("/alerts/audience", area_ids=[_area(w)]),
        lambda w, s: s.post("/alerts/new", **alert_form(area_ids=[_area(w)])),
        lambda w, s: s.post("/tips/acknowledge", tip_ids=[w.tip()]),
    ],
)
def test_naming_another_ward_in_the_request_opens_nothing(session, world, seats, told, ask):
    for person in FOREIGN:
        answer = ask(world, seats[person])
        page = seats[person].follow(answer) if answer.status_code == 302 else answer
        assert not told(page.text)
    session.expire_all()  # another session may have written
    assert set(session.scalars(select(Tip.status))) == {Status.RECEIVED}
    assert set(session.scalars(select(Alert.ward_id))) == {world.ward.code}


@pytest.mark.parametrize("person", sorted(STAFF))
def test_the_rail_leads_only_where_one_may_go(seats, person):
    page = seats[person].get("/account").text
    rail = re.search(r'<nav class="rail".*?</nav>', page, re.DOTALL)[0]
    for address in re.findall(r'<a[^>]* href="/admin(/[^"]*)"', rail):
        assert let_in(seats[person].get(address))
    assert ("/tips" in rail) == (person in POLICE | FOREIGN)
