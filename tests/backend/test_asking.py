"""Every public function of the domain that touches data asks the permission matrix, or stands here with its reason."""

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from tests.backend.asking import read, unasked

ROOT = Path(__file__).parents[2]
EDGES = ("admin", "mobile_api", "web", "notifications", "binhyen")

# Steps of functions that have asked already: no package but backend may name them.
STEPS = {
    "accounts.otp.forget_phone": "delete_me asks",
    "accounts.otp.send_code": "request_code asks",
    "accounts.otp.sent_codes": "export_me asks",
    "accounts.otp.use_code": "open_session asks",
    "alerts.queries.receipts_by_event": "count_receipts asks; the worker counts before it forgets",
    "audit.record": "every act on record has asked before",
    "audit.verify": "check_log asks",
    "jobs.put": "the command whose fact it tells has asked",
    "numbers.last_numbers": "feed_versions is public",
    "numbers.next_number": "the command that numbers its row has asked",
    "pages.page_of": "the query that it reads a page of has asked",
    "pages.rows_after": "the query that it reads a page of has asked",
    "permissions.refusal": "what require() and access() raise once they have asked",
    "push.deliveries.settled_counts": "reach asks",
    "staff.reauthentication.check_password": "account_of has fetched the account through access()",
    "staff.sign_in.find_by_name": "a step of signing in",
    "staff.sign_in.find_session": "a step of signing in",
    "staff.sign_in.lock_staff": "a step of signing in",
    "staff.sign_in.open_session": "a step of signing in, after password and code",
    "staff.sign_in.record": "a step of signing in",
    "staff.sign_in.use_totp": "a step of signing in",
    "staff.sign_in.unfinished_session": "a step of signing in",
    "staff.throttle.count_attempt": "counts a try before it is known who tries",
    "staff.throttle.reset": "a step of signing in",
    "staff.throttle.reset_all": "reset_staff and unlock_staff ask; enrolment has shown the code",
    "staff.throttle.uncount_attempt": "a step of signing in",
    "staff.throttle.locked_names": "list_staff asks",
    "staff.ward_keys.drop_grants": "reset_staff and disable_staff ask",
    "staff.ward_keys.make_ward_key": "the end of the first chief's enrolment",
    "staff.ward_keys.open_ward_key": "asks for more than the matrix: the actor's copy of the key, and their own key",
    "tips.commands.add_entry": "takes an open data key: by receipt, or by the ward's key after access()",
    "tips.opening.find_by_receipt": "open_by_receipt and the others ask; the receipt itself is the proof",
    "tips.opening.open_for_ward": "takes a tip that access() gave, and the actor's copy of the ward's key",
    "tips.opening.photo_of": "takes an open data key",
    "wards.queries.deadlines_of": "takes the ward of a tip that access() gave; the clocks are public",
    "wards.queries.has_areas": "public: the map of wards; the command that takes the areas has asked",
    "wards.queries.has_ward": "public: the map of wards; the command that takes the ward has asked",
    "wards.queries.has_province": "create_staff asks; the list of provinces is public",
}

# Run by the worker and by the server's command line, where nobody signs in: the panel and the API may not name them.
UNATTENDED = {
    "accounts.sms_recipients.sms_recipients_of": "numbers for the SMS of an alert that was published with permission",
    "accounts.sms_recipients.residents_in": "whom an alert that was published with permission concerns",
    "accounts.cleanup.forget_expired": "deletes what is over",
    "alerts.notices.alert_notice": "the published alert that is being sent",
    "alerts.cleanup.forget_receipts": "deletes what is over",
    "audit.chains": "the operator checks the logs",
    "audit.examine": "the operator checks the logs",
    "audit.hash_of_entry": "the operator checks the logs",
    "audit.latest_entries": "list_entries asks; the operator reads the logs",
    "audit.renew_seals": "the operator has changed the server's key",
    "idempotency.forget_old": "deletes what is over",
    "push.deliveries.close_chunk": "sends an alert that was published with permission",
    "push.deliveries.close_unregistered": "sends an alert that was published with permission",
    "push.deliveries.forget_deliveries": "deletes what is over",
    "push.deliveries.delete_gone_devices": "deletes what is over",
    "push.deliveries.list_audience": "sends an alert that was published with permission",
    "push.deliveries.list_sms_recipients": "sends an alert that was published with permission",
    "push.deliveries.next_due": "sends an alert that was published with permission",
    "push.deliveries.postpone": "sends an alert that was published with permission",
    "push.deliveries.settle": "sends an alert that was published with permission",
    "push.deliveries.due_devices": "sends an alert that was published with permission",
    "push.deliveries.due_residents": "sends an alert that was published with permission",
    "push.key_renewal.renew_hashes": "the operator has changed the server's key",
    "push.outbox.latest_outbox": "the demo's page; empty outside demo mode",
    "push.outbox.add_to_outbox": "the demo's page; empty outside demo mode",
    "staff.cleanup.forget_expired": "deletes what is over",
    "staff.key_renewal.renew_seals": "the operator has changed the server's key",
    "staff.key_renewal.to_sign_in": "the operator has changed the server's key: names, no key",
    "staff.ward_keys.receiving_ward": "send_tip asks; the public half of the ward's key; the demo waits for it",
    "tips.cleanup.sweep_blobs": "deletes what nobody has the key of",
    "tips.cleanup.wards_with_tips": "the operator checks the logs: codes of wards, no tip",
}

# Called from the panel or the API by people of whom nothing needs to be known.
OPEN = {
    "accounts.queries.resident_by_token": "finds out who asks",
    "alerts.feed.feed_versions": "public: how often each ward has published",
    "idempotency.earlier": "gives a reply only to who has its key and its request",
    "idempotency.once": "gives a reply only to who has its key and its request; the act inside asks",
    "staff.enrolment.begin_enrolment": "the way in: the enrolment code is the proof",
    "staff.enrolment.choose_password": "the way in: the enrolling session's token is the proof",
    "staff.enrolment.confirm_authenticator": "the way in: the enrolling session's token is the proof",
    "staff.enrolment.show_authenticator": "the way in: the enrolling session's token is the proof",
    "staff.known_browsers.remember": "the way in: the open session's token is the proof",
    "staff.sign_in.check_password": "the way in: the password is the proof",
    "staff.sign_in.check_totp": "the way in: the token of the first step and the code are the proof",
    "staff.sign_in.staff_by_session": "finds out who asks",
    "staff.ward_keys.has_tip_access": "whether somebody holds a copy of a key: no copy, no tip",
    "wards.queries.count_areas": "public: the map of wards",
    "wards.queries.list_areas": "public: the map of wards",
    "wards.queries.ward_boundary": "public: the map of wards",
    "wards.queries.ward_of": "public: the map of wards",
}
LISTED = {f"backend.{name}" for group in (STEPS, UNATTENDED, OPEN) for name in group}


@pytest.fixture(scope="module")
def found() -> set[str]:
    return unasked(read(ROOT, "backend"))


def named_by(*packages: str) -> set[str]:
    """What these packages name of others."""
    return {name for module in read(ROOT, *packages).values() for name in module.mentions()}


def test_every_function_that_touches_data_asks_or_is_listed(found: set[str]) -> None:
    assert found - LISTED == set(), "ask require() or access() with the actor, or list it with its reason"


def test_the_list_is_up_to_date(found: set[str]) -> None:
    assert LISTED - found == set(), "these ask, or are gone: take them off the list"
    assert len(LISTED) == len(STEPS) + len(UNATTENDED) + len(OPEN), "one stands in two groups"


def test_steps_are_taken_inside_the_domain_only() -> None:
    assert {f"backend.{name}" for name in STEPS} & named_by(*EDGES) == set()


def test_neither_panel_nor_api_does_what_is_the_workers_or_the_operators() -> None:
    assert {f"backend.{name}" for name in UNATTENDED} & named_by("admin", "mobile_api", "web") == set()


NEW = {
    "asks": """
        def close(session: Session, actor: Actor, *, thing_id: UUID) -> None:
            access(session, actor, Action.THING_CLOSE, Thing, thing_id)
        """,
    "asks_by_a_step": """
        def close(session: Session, actor: Actor) -> None:
            _step(actor, session)
        def _step(who: Actor, session: Session) -> None:
            permissions.require(who, Action.THING_CLOSE)
        """,
    "asks_by_another_feature": """
        from backend.other import commands as others
        def close(session: Session, actor: Actor) -> None:
            others.close(session, actor)
        """,
    "touches_nothing": """
        def is_late(due: datetime, now: datetime) -> bool:
            return due < now
        """,
}
NEW_AND_WRONG = {
    "no_actor": """
        def close(session: Session, *, thing_id: UUID) -> None:
            session.get(Thing, thing_id)
        """,
    "actor_of_its_own": """
        def close(session: Session, actor: Actor) -> None:
            require(NOBODY, Action.THING_CLOSE)
        """,
    "does_not_ask": """
        def close(session: "Session", actor: "Actor | None" = None) -> None:
            session.get(Thing, actor.id)
        """,
    "another_require": """
        def close(session: Session, actor: Actor) -> None:
            require(actor)
        def require(actor: Actor) -> None: ...
        """,
    "opens_its_own": """
        def close(thing_id: UUID) -> None:
            with db.unit_of_work() as opened:
                opened.get(Thing, thing_id)
        """,
    "without_types": """
        def close(session, thing_id):
            session.get(Thing, thing_id)
        """,
    "waits": """
        async def close(reading: Session) -> None: ...
        """,
    "in_a_class": """
        class Things:
            def close(self, *, session: Session) -> None: ...
        """,
}
IMPORTS = """
from backend import db, permissions
from backend.access import access
from backend.permissions import NOBODY, Action, Actor
"""
REQUIRE = "from backend.permissions import require\n"


def judged(root: Path, source: str, file: str = "whatever.py") -> set[str]:
    """What the guard finds in a tree whose only feature, in a folder it has never seen, is this file."""
    (root / "backend" / "newthing").mkdir(parents=True)
    (root / "backend" / "other").mkdir()
    shutil.copy(ROOT / "backend" / "db.py", root / "backend")
    (root / "backend" / "other" / "commands.py").write_text(IMPORTS + REQUIRE + dedent(NEW["asks"]))
    own = "" if "def require" in source else REQUIRE
    (root / "backend" / "newthing" / file).write_text(IMPORTS + own + dedent(source))
    return unasked(read(root, "backend"))


@pytest.mark.parametrize("name", NEW)
def test_a_new_feature_that_asks_passes(tmp_path: Path, name: str) -> None:
    assert judged(tmp_path, NEW[name]) == set()


@pytest.mark.parametrize("name", NEW_AND_WRONG)
def test_a_new_feature_that_does_not_ask_is_found(tmp_path: Path, name: str) -> None:
    found = judged(tmp_path, NEW_AND_WRONG[name])
    assert {name.rsplit(".", 1)[1] for name in found} >= {"close"}


@pytest.mark.parametrize("file", ["__init__.py", "_inside.py", "rules.py"])
def test_no_file_is_overlooked(tmp_path: Path, file: str) -> None:
    assert judged(tmp_path, NEW_AND_WRONG["no_actor"], file)
