"""Transactions beside each other: many requests at once, each of which counts something apart."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from backend import db
from backend.db import unit_of_work, unit_of_work_apart

AS_MANY_AS_THERE_ARE = 20


@pytest.mark.real_commits
def test_requests_that_hold_every_connection_still_count_apart(real_db):
    assert db.engine().pool.size() + db.engine().pool._max_overflow == AS_MANY_AS_THERE_ARE
    gate = Barrier(AS_MANY_AS_THERE_ARE)

    def ask(_):
        with unit_of_work(read_only=True) as session:
            session.execute(text("SELECT 1"))
            gate.wait(60)  # from here on nobody else gets a connection of a request
            with unit_of_work_apart() as apart:
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
        with unit_of_work_apart() as apart:
            apart.execute(text("INSERT INTO counted VALUES (2)"))
        raise ZeroDivisionError
