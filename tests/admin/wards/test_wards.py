"""Wards in the panel, and what a page says when the database is away."""

import pytest
from sqlalchemy.exc import OperationalError

from backend.permissions import Role
from backend.wards import queries
from tests import make


@pytest.fixture
def administrator(session, sit):
    return sit(make.make_staff(session, None, Role.ADMINISTRATOR))


def test_the_board_tells_the_groups_of_active_wards(session, ward, administrator):
    for number in (1, 2):
        make.make_area(session, ward, number)
    make.make_ward(session, "99002", name="Bình Minh")
    assert queries.count_areas(session, ["99001", "99002"]) == {"99001": 2, "99002": 0}
    assert "Bình Minh" in administrator.get("/wards").text


def test_a_database_that_is_away_is_worth_another_try(administrator, monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(queries, "search_wards", away)
    answer = administrator.get("/wards")
    assert answer.status_code == 503
    assert "Tạm thời chưa làm được" in answer.text
