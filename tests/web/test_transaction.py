"""One request is one transaction, with one actor."""

import pytest
from flask import g
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from backend import db
from backend.db import unit_of_work
from backend.permissions import Actor
from tests.web.conftest import make_app


@pytest.fixture
def notes(real_db: str) -> None:
    with unit_of_work() as session:
        session.execute(text("CREATE TABLE notes (word text)"))


def stored() -> int:
    with unit_of_work(read_only=True) as session:
        return int(session.scalar(text("SELECT count(*) FROM notes")) or 0)


@pytest.mark.usefixtures("notes")
class TestTransaction:
    def test_a_post_commits_before_it_answers(self) -> None:
        assert make_app().test_client().post("/notes?word=a").text == "kept"
        assert stored() == 1

    def test_an_error_rolls_back(self) -> None:
        assert make_app().test_client().post("/notes?word=a&fail=1").status_code == 404
        assert stored() == 0

    def test_a_get_cannot_write(self) -> None:
        app = make_app()
        app.testing = True
        with pytest.raises(InternalError, match="read-only"):
            app.test_client().get("/notes?write=1")
        assert stored() == 0

    def test_a_get_marked_as_writing_can(self) -> None:
        assert make_app().test_client().get("/opened").text == "recorded"
        assert stored() == 1

    def test_head_is_marked_like_get(self) -> None:
        assert make_app().test_client().head("/opened").status_code == 200
        assert stored() == 1


def test_while_a_slow_body_comes_no_connection_waits_for_it(real_db: str) -> None:
    app = make_app()
    app.actor_loader(lambda session: Actor(kind="staff", name=session.scalar(text("SELECT 'Thảo'"))))
    app.add_url_rule("/held", view_func=lambda: {"who": g.actor.name, "connections": db.engine().pool.checkedout()})
    assert app.test_client().get("/held").json == {"who": "Thảo", "connections": 0}


def test_a_detached_view_has_no_session() -> None:
    assert make_app().test_client().get("/plain").json == {"session": False}


def test_nobody_acts_unless_somebody_is_found(session: object) -> None:
    assert make_app().test_client().get("/who").json == {
        "kind": "nobody",
        "language": "vi",
        "text": "Yêu cầu chưa đúng",
    }


@pytest.mark.parametrize(
    ("asked", "told"), [("en", "en"), ("en-GB,en;q=0.8,vi;q=0.3", "en"), ("vi-VN", "vi"), ("fr", "vi"), ("", "vi")]
)
def test_the_browsers_language_is_followed(session: object, asked: str, told: str) -> None:
    answer = make_app().test_client().get("/who", headers={"Accept-Language": asked}).json
    assert answer is not None
    assert answer["language"] == told


def test_what_the_actor_chose_wins_over_the_browser(session: object) -> None:
    wanted = {"Accept-Language": "vi", "X-Test-Language": "en"}
    answer = make_app().test_client().get("/who", headers=wanted).json
    assert answer == {"kind": "staff", "language": "en", "text": "The request is not right"}
