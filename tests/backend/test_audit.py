"""The log that nobody can change."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend import audit, clock, db
from backend.permissions import NOBODY, Actor, Role

OFFICER = Actor(kind="staff", id=uuid4(), role=Role.OFFICER, ward_id="00001", name="Nguyễn Thảo")


def note(session, *, actor=OFFICER, ward="00001", **details):
    return audit.record(session, actor, "tip.read", ward_id=ward, subject_type="tip", subject_id="1", details=details)


def test_chain_holds_and_wards_have_chains_of_their_own(session):
    for number in range(3):
        note(session, number=number, nested={"b": [1, 2], "a": "đ"})
    note(session, ward="00002")
    note(session, ward=None)
    assert audit.verify(session, "00001") is None
    assert audit.chains(session) == ["-", "00001", "00002"]


def test_residents_are_never_named(session):
    resident = Actor(kind="resident", id=uuid4(), role=Role.RESIDENT, name="Bà Nga")
    for actor in (resident, NOBODY):
        entry = note(session, actor=actor)
        assert entry.actor_id is None
        assert entry.actor_name is None


def test_of_a_residents_act_only_the_hour_is_kept(session, frozen_clock):
    frozen_clock.tick(timedelta(minutes=25, seconds=48))
    resident = Actor(kind="resident", id=uuid4(), role=Role.RESIDENT)
    assert note(session, actor=OFFICER).at == clock.now()
    assert note(session, actor=resident).at == clock.now() - timedelta(minutes=25, seconds=48)
    assert audit.verify(session, "00001") is None


@pytest.mark.parametrize("change", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries",
                                    "TRUNCATE audit_entries"])  # fmt: skip
def test_the_database_refuses_changes(session, change):
    note(session)
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(text(change))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_entries SET actor_name = 'someone else' WHERE seq = 2",
        "DELETE FROM audit_entries WHERE seq = 2",
        "DELETE FROM audit_entries WHERE seq = 3",
        "UPDATE audit_entries SET details = '{\"number\": 9}' WHERE seq = 1",
        "DELETE FROM audit_heads",
    ],
)
def test_verify_finds_what_a_stronger_hand_changed(session, tampering):
    for number in range(3):
        note(session, number=number)
    session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
    session.execute(text(tampering))
    session.expire_all()
    assert audit.chains(session) == ["00001"]
    assert audit.verify(session, "00001") is not None


def test_many_writers_keep_one_line(real_db):
    def write():
        for _ in range(5):
            with db.unit_of_work() as session:
                note(session)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.unit_of_work(read_only=True) as session:
        assert audit.verify(session, "00001") is None
        assert session.get(audit.AuditHead, "00001").seq == 30


SHORTENED = (
    "DELETE FROM audit_entries WHERE seq > 1",
    "UPDATE audit_heads SET (seq, hash) = (SELECT seq, hash FROM audit_entries WHERE seq = 1)",
)
EMPTIED = "DELETE FROM audit_entries", "UPDATE audit_heads SET seq = 0, hash = decode(repeat('00', 32), 'hex')"


def tamper(session, *statements):
    session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
    for statement in statements:
        session.execute(text(statement))
    session.execute(text("ALTER TABLE audit_entries ENABLE TRIGGER ALL"))
    session.expire_all()


@pytest.mark.parametrize("statements", [SHORTENED, EMPTIED], ids=["shortened", "emptied"])
def test_an_end_that_was_set_back_shows_and_nothing_written_after_it_hides_that(session, statements):
    for number in range(3):
        note(session, number=number)
    tamper(session, *statements)
    assert audit.verify(session, "00001") is not None
    note(session, number=9)
    assert audit.verify(session, "00001") is not None


def test_entries_beyond_an_end_that_was_put_back_show(session):
    note(session)
    head = session.get(audit.AuditHead, "00001")
    older = {"seq": head.seq, "hash": head.hash, "seal": head.seal}
    note(session)
    session.execute(text("UPDATE audit_heads SET seq = :seq, hash = :hash, seal = :seal"), older)
    assert audit.verify(session, "00001") == 2
