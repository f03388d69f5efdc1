"""The promises of tests/conftest.py."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.db import unit_of_work


def test_a_unit_of_work_joins_the_tests_transaction(session: Session) -> None:
    with unit_of_work() as inner:
        inner.execute(text("CREATE TABLE left_behind (id int)"))
    assert session.scalar(text("SELECT count(*) FROM left_behind")) == 0


def test_nothing_of_another_test_is_left(session: Session) -> None:
    assert session.scalar(text("SELECT to_regclass('left_behind')")) is None


def test_real_commits_are_seen_by_others(real_db: str) -> None:
    with unit_of_work() as one:
        one.execute(text("CREATE TABLE seen (id int)"))
    with unit_of_work(read_only=True) as two:
        assert two.scalar(text("SELECT count(*) FROM seen")) == 0
