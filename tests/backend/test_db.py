"""Transactions beside each other, and columns that hold one value of a closed set."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from backend import db
from backend.db import separate_unit_of_work, unit_of_work
from backend.wards.enums import WardKind
from backend.wards.models import Ward
from tests import make

AS_MANY_AS_THERE_ARE = 20


@pytest.mark.real_commits
def test_requests_that_hold_every_connection_still_count_apart(real_db):
    assert db.engine().pool.size() + db.engine().pool._max_overflow == AS_MANY_AS_THERE_ARE
    gate = Barrier(AS_MANY_AS_THERE_ARE)

    def ask(_):
        with unit_of_work(read_only=True) as session:
            session.execute(text("SELECT 1"))
            gate.wait(60)  # from here on nobody else gets a connection of a request
            with separate_unit_of_work() as apart:
                return apart.scalar(text("SELECT 2"))

    with ThreadPoolExecutor(AS_MANY_AS_THERE_ARE) as pool:
        assert set(pool.map(ask, range(AS_MANY_AS_THERE_ARE))) == {2}


def test_what_is_done_apart_stays_when_the_request_fails(real_db):
    with unit_of_work() as session:
        session.execute(text("CREATE TABLE counted (tries int)"))
    with pytest.raises(ZeroDivisionError):
        count_and_fail()
    with unit_of_work(read_only=True) as session:
        assert session.scalars(text("SELECT tries FROM counted")).all() == [2]


def count_and_fail():
    with unit_of_work() as session:
        session.execute(text("INSERT INTO counted VALUES (1)"))
        with separate_unit_of_work() as apart:
            apart.execute(text("INSERT INTO counted VALUES (2)"))
        raise ZeroDivisionError


def test_a_closed_set_is_read_as_its_enum(session):
    make.make_ward(session, kind="xa")
    session.expire_all()
    assert session.scalars(select(Ward)).one().kind is WardKind.XA


@pytest.mark.parametrize(
    ("statement", "error"),
    [(update(Ward).values(kind="thon"), StatementError), (text("UPDATE wards SET kind = 'thon'"), IntegrityError)],
    ids=["ours", "anybody's"],
)
def test_a_closed_set_lets_no_other_value_in(session, statement, error):
    make.make_ward(session)
    with pytest.raises(error, match="wardkind"), session.begin_nested():
        session.execute(statement)
