"""Every route of the panel × every role × own ward and another's. A route that is not in the table fails the test."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.alerts.cap import State
from backend.alerts.models import Alert
from backend.permissions import Actor, Role
from backend.staff import sign_in
from backend.staff.models import Staff
from backend.tips import casework
from backend.tips.life import Status
from backend.tips.models import Tip
from backend.wards.models import Area, Ward
from tests import make
from tests.admin.conftest import Seat
from tests.admin.facts import alert_at, alert_form, content, send_tip, tip_at

POLICE = frozenset({"officer", "chief"})
CHIEF = frozenset({"chief"})
ADMINISTRATOR = frozenset({"administrator"})
FOREIGN = frozenset({"foreign_officer", "foreign_chief"})
STAFF = POLICE | FOREIGN | ADMINISTRATOR | {"organiser", "council", "province"}
EVERYBODY = STAFF | {"nobody"}


@dataclass
class World:
    """What a request may be about: rows of the ward, made by a colleague."""

    session: Session
    author: Actor
    approver: Actor
    ward: Ward

    def someone(self) -> str:
        """A colleague who has no access to tips yet."""
        return str(make.make_staff(self.session, self.ward, grant=False).id)

    def tip(self, status: Status = Status.RECEIVED) -> str:
        return str(tip_at(self.session, self.author, status))

    def alert(self, state: State = State.DRAFT) -> str:
        return str(alert_at(self.session, self.author, state, approver=self.approver).id)

    def photo(self, seat: Seat) -> str:
        from tests.admin.test_tips import PhotoFile, picture

        sent = send_tip(self.session, self.author.ward_id, files=[PhotoFile("a.jpg", picture())])
        photo = casework.open_tip(self.session, self.author, tip_id=sent.tip.id).content.photos[0]
        seat.get(f"/tips/{sent.tip.id}")
        return f"/tips/{sent.tip.id}/photos/{photo.id}/small"


Call = Callable[[World, Seat], object]
REASON = {"reason": "Vì đã xem kỹ."}

# route → who may, and a request that succeeds for them. Own pages and the way in are for everybody they are shown to.
WALK: dict[tuple[str, str], tuple[frozenset[str], Call]] = {
    ("GET", "home.start"): (STAFF, lambda w, s: s.get("/")),
    ("GET", "sign_in.show"): (EVERYBODY, lambda w, s: s.get("/sign-in")),
    ("POST", "sign_in.give_password"): (EVERYBODY, lambda w, s: s.post("/sign-in")),
    ("GET", "sign_in.ask_code"): (EVERYBODY, lambda w, s: s.get("/sign-in/code")),
    ("POST", "sign_in.give_code"): (EVERYBODY, lambda w, s: s.post("/sign-in/code")),
    ("POST", "sign_in.sign_out"): (EVERYBODY, lambda w, s: s.post("/sign-out")),
    ("GET", "sign_in.enrol"): (EVERYBODY, lambda w, s: s.get("/enrol")),
    ("POST", "sign_in.give_invitation"): (EVERYBODY, lambda w, s: s.post("/enrol")),
    ("GET", "sign_in.choose_password"): (EVERYBODY, lambda w, s: s.get("/enrol/password")),
    ("POST", "sign_in.give_new_password"): (EVERYBODY, lambda w, s: s.post("/enrol/password")),
    ("GET", "sign_in.connect"): (frozenset(), lambda w, s: s.get("/enrol/authenticator")),
    ("POST", "sign_in.confirm"): (frozenset(), lambda w, s: s.post("/enrol/authenticator")),
    ("GET", "account.show"): (STAFF, lambda w, s: s.get("/account")),
    ("POST", "account.change_password"): (STAFF, lambda w, s: s.post("/account/password")),
    ("POST", "account.revoke"): (STAFF, lambda w, s: s.post(f"/account/sessions/{_own_session(s)}/revoke")),
    ("POST", "account.choose_language"): (
        EVERYBODY,
        lambda w, s: s.post("/account/language", back="/admin/sign-in/code"),
    ),
    ("GET", "tips.queue"): (POLICE | FOREIGN, lambda w, s: s.get("/tips")),
    ("GET", "tips.find"): (POLICE | FOREIGN, lambda w, s: s.get("/tips/find?number=1")),
    ("GET", "tips.news"): (POLICE | FOREIGN, lambda w, s: s.get("/tips/news?number=1&seen=0")),
    ("POST", "tips.acknowledge_many"): (POLICE | FOREIGN, lambda w, s: s.post("/tips/acknowledge")),
    ("GET", "tips.show"): (POLICE, lambda w, s: s.get(f"/tips/{w.tip()}")),
    ("GET", "tips.photo"): (POLICE, lambda w, s: s.get(w.photo(s))),
    ("POST", "tips.reply"): (POLICE, lambda w, s: s.post(f"/tips/{w.tip()}/reply", text="Xin chào.")),
    ("POST", "tips.decide"): (
        CHIEF,
        lambda w, s: s.post(f"/tips/{w.tip(Status.VERIFYING)}/decide", outcome="resolved", **REASON),
    ),
    ("POST", "tips.assign"): (CHIEF, lambda w, s: s.post(f"/tips/{w.tip()}/assign", staff_id="")),
    ("GET", "alerts.board"): (POLICE | FOREIGN, lambda w, s: s.get("/alerts")),
    ("GET", "alerts.write"): (POLICE | FOREIGN, lambda w, s: s.get("/alerts/new")),
    ("POST", "alerts.write"): (POLICE | FOREIGN, lambda w, s: s.post("/alerts/new", **alert_form())),
    ("POST", "alerts.audience"): (POLICE | FOREIGN, lambda w, s: s.post("/alerts/audience")),
    ("GET", "alerts.show"): (POLICE, lambda w, s: s.get(f"/alerts/{w.alert()}")),
    ("GET", "alerts.edit"): (POLICE, lambda w, s: s.get(f"/alerts/{w.alert()}/edit")),
    ("POST", "alerts.edit"): (POLICE, lambda w, s: s.post(f"/alerts/{w.alert()}/edit", **alert_form())),
    ("GET", "alerts.follow"): (POLICE, lambda w, s: s.get(f"/alerts/{w.alert(State.PUBLISHED)}/update")),
    ("POST", "alerts.follow"): (
        POLICE,
        lambda w, s: s.post(f"/alerts/{w.alert(State.PUBLISHED)}/all-clear", **alert_form()),
    ),
    ("POST", "alerts.submit"): (POLICE, lambda w, s: s.post(f"/alerts/{w.alert()}/submit")),
    ("POST", "alerts.approve"): (CHIEF, lambda w, s: _approve(w, s)),
    ("POST", "alerts.publish"): (CHIEF, lambda w, s: s.post(f"/alerts/{w.alert(State.APPROVED)}/publish")),
    ("POST", "alerts.reject"): (CHIEF, lambda w, s: s.post(f"/alerts/{w.alert(State.SUBMITTED)}/reject", **REASON)),
    ("POST", "alerts.discard"): (POLICE, lambda w, s: s.post(f"/alerts/{w.alert()}/discard")),
    ("POST", "alerts.cancel"): (POLICE, lambda w, s: s.post(f"/alerts/{w.alert(State.PUBLISHED)}/cancel", **REASON)),
    ("GET", "alerts.reach"): (POLICE, lambda w, s: s.get(f"/alerts/{w.alert(State.PUBLISHED)}/reach")),
    ("GET", "staff.board"): (CHIEF | ADMINISTRATOR | {"foreign_chief"}, lambda w, s: s.get("/staff")),
    ("GET", "staff.create"): (ADMINISTRATOR, lambda w, s: s.get("/staff/new")),
    ("POST", "staff.create"): (ADMINISTRATOR, lambda w, s: s.post("/staff/new", **_new_staff(w))),
    ("POST", "staff.reset"): (ADMINISTRATOR, lambda w, s: s.post(f"/staff/{w.someone()}/reset")),
    ("POST", "staff.change"): (CHIEF, lambda w, s: s.post(f"/staff/{w.someone()}/grant")),
    ("POST", "staff.restore"): (CHIEF | {"foreign_chief"}, lambda w, s: s.post("/staff/restore", recovery_key="x")),
    ("GET", "staff.renew_recovery_key"): (CHIEF | {"foreign_chief"}, lambda w, s: s.get("/staff/recovery-key")),
    ("POST", "staff.renew_recovery_key"): (
        CHIEF | {"foreign_chief"},
        lambda w, s: s.post("/staff/recovery-key", sure="y"),
    ),
    ("GET", "wards.board"): (ADMINISTRATOR, lambda w, s: s.get("/wards")),
    ("POST", "wards.change"): (ADMINISTRATOR, lambda w, s: s.post(f"/wards/{make.WARD}/open")),
    ("GET", "audit.show"): (CHIEF | {"foreign_chief"}, lambda w, s: s.get("/log")),
}
# what the table's other routes for one act stand for: the same view, the other name in its address
MORE: list[tuple[frozenset[str], Call]] = [
    (POLICE, lambda w, s: s.post(f"/tips/{w.tip()}/decide", outcome="acknowledged", **REASON)),
    (ADMINISTRATOR, lambda w, s: s.post(f"/staff/{w.someone()}/disable")),
    (ADMINISTRATOR, lambda w, s: s.post(f"/staff/{w.someone()}/enable")),
    (CHIEF, lambda w, s: s.post(f"/staff/{w.someone()}/revoke")),
    (CHIEF | ADMINISTRATOR, lambda w, s: s.post(f"/staff/{w.someone()}/unlock")),
    (ADMINISTRATOR, lambda w, s: s.post(f"/wards/{make.WARD}/close")),
    (CHIEF | {"foreign_chief"}, lambda w, s: s.get("/log?check=1")),
]

OF_A_WARD = [route for route in WALK if route[1].split(".")[0] in ("tips", "alerts", "staff")]


def _area(world: World) -> str:
    return str(world.session.scalars(select(Area.id).where(Area.ward_id == world.ward.code)).one())


def _own_session(seat: Seat) -> str:
    if seat.actor is None:
        return "00000000-0000-0000-0000-000000000000"
    return str(seat.other_session)


def _approve(world: World, seat: Seat):
    alert = alert_at(world.session, world.author, State.SUBMITTED)
    return seat.post(f"/alerts/{alert.id}/approve", content_hash=alert.content_hash)


def _new_staff(world: World) -> dict[str, str]:
    return {
        "name": "Người Mới",
        "username": f"moi-{uuid4().hex[:8]}",
        "role": "officer",
        "ward_id": world.author.ward_id,
    }


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


def let_in(answer) -> bool:
    """Whether the panel did, or would have done, what was asked: not refused, not sent to sign in, not broken."""
    assert answer.status_code < 500
    sent_to_sign_in = answer.status_code == 302 and answer.location.split("?")[0].endswith("/sign-in")
    return answer.status_code not in (401, 403, 404) and not sent_to_sign_in


@pytest.mark.parametrize("route", WALK, ids=" ".join)
def test_each_role_meets_each_route(world, seats, route):
    may, call = WALK[route]
    if route == ("POST", "sign_in.sign_out"):  # leads to the sign-in page by its nature
        assert all(call(world, seat).status_code == 302 for seat in seats.values())
        return
    assert {person for person, seat in seats.items() if let_in(call(world, seat))} == may


@pytest.mark.parametrize("number", range(len(MORE)))
def test_each_role_meets_each_other_act(world, seats, number):
    may, call = MORE[number]
    assert {person for person, seat in seats.items() if let_in(call(world, seat))} == may


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
