"""The permission walk of the panel: its people, what a request may be about, and every request there is."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.alerts.cap import State
from backend.permissions import Actor
from backend.tips import staff_commands
from backend.tips.life import Status
from backend.tips.photos import PhotoFile
from backend.wards.models import Ward
from tests import make
from tests.admin.conftest import Seat
from tests.admin.facts import alert_at, alert_form, picture, send_tip, tip_at

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

    def decide(self, seat: Seat, before: Status, outcome: Status) -> object:
        return seat.post(f"/tips/{self.tip(before)}/decide", outcome=outcome, **REASON)

    def edit(self, seat: Seat, **form: str) -> object:
        alert = alert_at(self.session, self.author, State.DRAFT)
        return seat.post(f"/alerts/{alert.id}/edit", **alert_form(seen_hash=alert.content_hash, **form))

    def photo(self, seat: Seat, size: str) -> str:
        sent = send_tip(self.session, self.author.ward_id, files=[PhotoFile("a.jpg", picture())])
        photo = staff_commands.open_tip(self.session, self.author, tip_id=sent.tip.id).content.photos[0]
        seat.get(f"/tips/{sent.tip.id}")
        return f"/tips/{sent.tip.id}/photos/{photo.id}/{size}"


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
    ("POST", "account.change_password"): (
        STAFF,
        lambda w, s: s.post("/account/password", old="x", password="y", again="y"),
    ),
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
    ("GET", "tips.photo"): (POLICE, lambda w, s: s.get(w.photo(s, "small"))),
    ("POST", "tips.reply"): (POLICE, lambda w, s: s.post(f"/tips/{w.tip()}/reply", text="Xin chào.")),
    ("POST", "tips.decide"): (CHIEF, lambda w, s: w.decide(s, Status.VERIFYING, Status.RESOLVED)),
    ("POST", "tips.assign"): (CHIEF, lambda w, s: s.post(f"/tips/{w.tip()}/assign", staff_id="")),
    ("GET", "alerts.board"): (POLICE | FOREIGN, lambda w, s: s.get("/alerts")),
    ("GET", "alerts.write"): (POLICE | FOREIGN, lambda w, s: s.get("/alerts/new")),
    ("POST", "alerts.write"): (POLICE | FOREIGN, lambda w, s: s.post("/alerts/new", **alert_form())),
    ("POST", "alerts.audience"): (POLICE | FOREIGN, lambda w, s: s.post("/alerts/audience")),
    ("GET", "alerts.show"): (POLICE, lambda w, s: s.get(f"/alerts/{w.alert()}")),
    ("GET", "alerts.edit"): (POLICE, lambda w, s: s.get(f"/alerts/{w.alert()}/edit")),
    ("POST", "alerts.edit"): (POLICE, lambda w, s: w.edit(s)),
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
        lambda w, s: s.post("/staff/recovery-key", password="x", sure="y"),
    ),
    ("GET", "contacts.edit"): (CHIEF | {"foreign_chief"}, lambda w, s: s.get("/contacts")),
    ("POST", "contacts.edit"): (CHIEF | {"foreign_chief"}, lambda w, s: s.post("/contacts", hours_vi="Thứ Hai, 8 giờ")),
    ("GET", "wards.board"): (ADMINISTRATOR, lambda w, s: s.get("/wards")),
    ("POST", "wards.change"): (ADMINISTRATOR, lambda w, s: s.post(f"/wards/{make.WARD}/open")),
    ("GET", "audit.show"): (CHIEF | {"foreign_chief"}, lambda w, s: s.get("/log")),
}
# what else a route of the table can do, by what its address or its form says
MORE: dict[str, tuple[frozenset[str], Call]] = {
    "choose a language": (
        EVERYBODY,
        lambda w, s: s.post("/account/language", language="vi", back="/admin/sign-in/code"),
    ),
    "acknowledge": (POLICE, lambda w, s: w.decide(s, Status.RECEIVED, Status.ACKNOWLEDGED)),
    "verify": (POLICE, lambda w, s: w.decide(s, Status.ACKNOWLEDGED, Status.VERIFYING)),
    "close as not enough": (CHIEF, lambda w, s: w.decide(s, Status.VERIFYING, Status.NOT_ENOUGH)),
    "close as rejected": (CHIEF, lambda w, s: w.decide(s, Status.VERIFYING, Status.REJECTED)),
    "reply and verify": (
        POLICE,
        lambda w, s: s.post(f"/tips/{w.tip(Status.ACKNOWLEDGED)}/reply", text="Xin chào.", then="verify"),
    ),
    "the large photo": (POLICE, lambda w, s: s.get(w.photo(s, "large"))),
    "write and submit": (POLICE | FOREIGN, lambda w, s: s.post("/alerts/new", **alert_form(then="submit"))),
    "write and keep": (POLICE | FOREIGN, lambda w, s: s.post("/alerts/new", **alert_form(then="keep"))),
    "edit and submit": (POLICE, lambda w, s: w.edit(s, then="submit")),
    "update": (POLICE, lambda w, s: s.post(f"/alerts/{w.alert(State.PUBLISHED)}/update", **alert_form())),
    "the form of an all-clear": (POLICE, lambda w, s: s.get(f"/alerts/{w.alert(State.PUBLISHED)}/all-clear")),
    "all-clear and submit": (
        POLICE,
        lambda w, s: s.post(f"/alerts/{w.alert(State.PUBLISHED)}/all-clear", **alert_form(then="submit")),
    ),
    "approve and keep": (CHIEF, lambda w, s: _approve(w, s, then="keep")),
    "disable": (ADMINISTRATOR, lambda w, s: s.post(f"/staff/{w.someone()}/disable")),
    "enable": (ADMINISTRATOR, lambda w, s: s.post(f"/staff/{w.someone()}/enable")),
    "revoke": (CHIEF, lambda w, s: s.post(f"/staff/{w.someone()}/revoke")),
    "unlock": (CHIEF | ADMINISTRATOR, lambda w, s: s.post(f"/staff/{w.someone()}/unlock")),
    "close a ward": (ADMINISTRATOR, lambda w, s: s.post(f"/wards/{make.WARD}/close")),
    "check the log": (CHIEF | {"foreign_chief"}, lambda w, s: s.get("/log?check=1")),
}


def let_in(answer) -> bool:
    """Whether the panel did, or would have done, what was asked: not refused, not sent to sign in, not broken."""
    assert answer.status_code < 500
    sent_to_sign_in = answer.status_code == 302 and answer.location.split("?")[0].endswith("/sign-in")
    return answer.status_code not in (401, 403, 404) and not sent_to_sign_in


def _own_session(seat: Seat) -> str:
    if seat.actor is None:
        return "00000000-0000-0000-0000-000000000000"
    return str(seat.other_session)


def _approve(world: World, seat: Seat, **form: str):
    alert = alert_at(world.session, world.author, State.SUBMITTED)
    return seat.post(f"/alerts/{alert.id}/approve", content_hash=alert.content_hash, **form)


def _new_staff(world: World) -> dict[str, str]:
    return {
        "name": "Người Mới",
        "username": f"moi-{uuid4().hex[:8]}",
        "role": "officer",
        "ward_id": world.author.ward_id,
    }
