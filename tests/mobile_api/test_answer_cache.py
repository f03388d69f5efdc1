"""Answers kept ready: the same for everyone, never wrong for longer than a second or two."""

import gzip
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import Client

from backend import clock
from backend.alerts import commands
from backend.db import unit_of_work
from backend.permissions import Actor, Role
from backend.wards.models import Ward
from mobile_api.app import create_app
from mobile_api.shell import answer_cache
from mobile_api.shell.answer_cache import AnswerCache, PublicAnswers
from tests.alerts import facts
from tests.make import make_staff, make_ward

FEED = "/alerts?ward=99001"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The feeds that were read from the database, in order."""
    from mobile_api.alerts import resources

    read: list[str] = []
    real = resources.feed.public_feed

    def watched(*args: Any, **kwargs: Any) -> Any:
        read.append(kwargs["ward_id"])
        return real(*args, **kwargs)

    monkeypatch.setattr(resources.feed, "public_feed", watched)
    return read


def test_a_second_reader_gets_the_kept_answer(api: FlaskClient, ward: Ward, asked: list[str]) -> None:
    first, second = api.get(FEED), api.get(FEED)
    assert first.data == second.data
    assert asked == ["99001"]
    for name in ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "ETag", "Cache-Control"):
        assert first.headers[name] == second.headers[name]
    assert first.headers["Cache-Control"] == "public, max-age=1"


def test_whoever_asks_gets_the_public_answer(api: FlaskClient, ward: Ward) -> None:
    anonymous = api.get(FEED)
    signed_in = api.get(FEED, headers={"Authorization": "Bearer of-nobody"})
    assert (signed_in.status_code, signed_in.data) == (200, anonymous.data)


def test_an_unchanged_answer_is_not_sent_again(api: FlaskClient, ward: Ward) -> None:
    tag = api.get(FEED).headers["ETag"]
    again = api.get(FEED, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert api.get(FEED, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_long_answer_is_compressed_for_who_can_read_it(
    api: FlaskClient, session: Session, officer: Actor, chief: Actor
) -> None:
    for _ in range(3):
        facts.publish(session, officer, chief)
    session.flush()
    plain, zipped = api.get(FEED), api.get(FEED, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert gzip.decompress(zipped.data) == plain.data
    assert len(zipped.data) < len(plain.data) / 2


def test_refusals_are_never_kept(api: FlaskClient, session: Session) -> None:
    assert api.get(FEED).status_code == 404
    make_ward(session)
    assert api.get(FEED).status_code == 200


def test_pages_behind_a_cursor_are_not_kept(api: FlaskClient, ward: Ward, asked: list[str]) -> None:
    assert api.get(FEED + "&cursor=zzz").status_code == 422
    assert "ETag" not in api.get(FEED + "&cursor=zzz").headers
    assert len(asked) == 2


def test_what_is_kept_is_bounded(api: FlaskClient, ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 20 * 1024
    monkeypatch.setattr(answer_cache, "MAX_BYTES", most)
    cache = api.application.wsgi_app
    for limit in range(1, 40):
        assert api.get(f"{FEED}&limit={limit}").status_code == 200
    answers = cache._answers.values()  # type: ignore[attr-defined]
    assert sum(answer.weight for answer in answers) == cache._bytes <= most  # type: ignore[attr-defined]
    assert len(answers) < 10, "an empty feed is small, what is kept beside it is not"
    assert cache._answers  # type: ignore[attr-defined]


def test_a_database_that_is_away_leaves_what_is_kept(
    api: FlaskClient, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = api.get(FEED)

    def away(kind: answer_cache.PublicAnswers) -> dict[str, int]:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(answer_cache, "read_versions", away)
    monkeypatch.setattr(answer_cache, "CHECK_SECONDS", 0.0)
    time.sleep(0.01)
    assert api.get(FEED).data == before.data


def test_each_kind_of_answers_goes_by_its_own_versions_and_its_own_end(
    session: Session, frozen_clock: clock.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two kinds that no feature of ours has: the cache knows neither."""
    monkeypatch.setattr(answer_cache, "CHECK_SECONDS", 0.0)
    poems, songs = {"99001": 1}, {"99001": 1}
    kinds = [
        PublicAnswers("poems", requests=(r"/poems\?ward=[0-9]{5}",), versions=lambda session: poems),
        PublicAnswers("songs", requests=(r"/songs/[a-z]+", r"/songs"), versions=lambda session: songs, max_age=60),
    ]
    app, made = Flask(__name__), Counter[str]()

    @app.get("/poems")
    def read_poems() -> Any:
        made["poems"] += 1
        until = clock.now() + timedelta(hours=1)
        return "a poem", kinds[0].kept_for(request.args["ward"], version=poems["99001"], until=until)

    @app.get("/songs")
    def read_songs() -> Any:
        made["songs"] += 1
        return "a song", kinds[1].kept_for("99001", version=songs["99001"])

    reader = Client(AnswerCache(app.wsgi_app, kinds))

    def read() -> tuple[int, int]:
        for path in ("/poems?ward=99001", "/songs") * 2:
            assert reader.get(path).status_code == 200
        return made["poems"], made["songs"]

    assert read() == (1, 1)
    songs["99001"] += 1
    assert read() == (1, 2), "a new song makes no poem old"
    frozen_clock.tick(timedelta(hours=1))
    assert read() == (2, 2), "the poem has come to its end"
    assert reader.get("/songs").headers["Cache-Control"] == "public, max-age=60"
    reader.get("/songs?in=another+spelling")
    assert made["songs"] == 3, "another spelling is answered, and by nobody but its view"


@pytest.mark.real_commits
def test_a_publication_is_seen_by_every_process_at_its_next_look(real_db: str) -> None:
    assert answer_cache.CHECK_SECONDS + answer_cache.LATE_SECONDS < 2, "promised to be seen within two seconds"
    with unit_of_work() as session:
        ward = make_ward(session)
        officer = make_staff(session, ward, Role.OFFICER, grant=False)
        chief = make_staff(session, ward, Role.CHIEF, grant=False)
    phones = [Client(create_app()), Client(create_app())]
    assert [_count(phone) for phone in phones] == [0, 0]
    for published in (1, 2):
        with unit_of_work() as session:
            facts.publish(session, officer, chief)
        committed = time.monotonic()
        while [_count(phone) for phone in phones] != [published] * 2:
            assert time.monotonic() - committed < 60
            time.sleep(0.05)


@pytest.mark.real_commits
def test_an_answer_read_before_a_publication_is_not_kept_after_it(
    real_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race that a plain time-out would lose: read, publish, ask what has changed, keep."""
    from mobile_api.alerts import resources

    with unit_of_work() as session:
        ward = make_ward(session)
        officer = make_staff(session, ward, Role.OFFICER, grant=False)
        chief = make_staff(session, ward, Role.CHIEF, grant=False)
    phone, other = (Client(app := create_app()), Client(app))
    real = resources.feed.public_feed

    def slow(*args: Any, **kwargs: Any) -> Any:
        page = real(*args, **kwargs)
        monkeypatch.setattr(resources.feed, "public_feed", real)
        with unit_of_work() as session:
            alert = commands.draft_alert(session, officer, content=facts.content())
            facts.approve_and_publish(session, officer, chief, alert)
        time.sleep(1.1)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(_count, other).result() == 1, "another phone asks while this one's answer is on its way"
        return page

    monkeypatch.setattr(resources.feed, "public_feed", slow)
    assert _count(phone) == 0
    time.sleep(1.1)
    assert _count(phone) == 1


@pytest.mark.real_commits
def test_many_readers_at_once_get_whole_answers(real_db: str) -> None:
    with unit_of_work() as session:
        make_ward(session)
    app = create_app()
    answers: list[tuple[int, bytes]] = []

    def read() -> None:
        phone = Client(app)
        for _ in range(50):
            answer = phone.get(FEED)
            answers.append((answer.status_code, answer.data))

    readers = [Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert set(answers) == {(200, b'{"items":[],"next_cursor":null}\n')}
    assert len(answers) == 300


def _count(phone: Client) -> int:
    page = phone.get(FEED).json
    assert page is not None
    return len(page["items"])
