"""Answers kept ready: the same for everyone, never wrong for longer than a second or two."""

import gzip
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import Client

from backend.alerts import commands
from backend.db import unit_of_work
from backend.permissions import Actor, Role
from backend.wards.models import Ward
from mobile_api import feed_cache
from mobile_api.app import create_app
from tests.alerts import facts
from tests.make import make_staff, make_ward

FEED = "/alerts?ward=99001"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The feeds that were read from the database, in order."""
    from mobile_api.resources import alerts

    read: list[str] = []
    real = alerts.feed.public_feed

    def watched(*args: Any, **kwargs: Any) -> Any:
        read.append(kwargs["ward_id"])
        return real(*args, **kwargs)

    monkeypatch.setattr(alerts.feed, "public_feed", watched)
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
    monkeypatch.setattr(feed_cache, "MOST_BYTES", most)
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

    def away() -> dict[str, int]:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr(feed_cache, "read_versions", away)
    monkeypatch.setattr(feed_cache, "CHECK_EVERY", 0.0)
    time.sleep(0.01)
    assert api.get(FEED).data == before.data


@pytest.mark.real_commits
def test_a_publication_is_seen_by_every_process_at_its_next_look(real_db: str) -> None:
    assert feed_cache.CHECK_EVERY + feed_cache.LATE < 2, "promised to be seen within two seconds"
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
    from mobile_api.resources import alerts

    with unit_of_work() as session:
        ward = make_ward(session)
        officer = make_staff(session, ward, Role.OFFICER, grant=False)
        chief = make_staff(session, ward, Role.CHIEF, grant=False)
    phone, other = (Client(app := create_app()), Client(app))
    real = alerts.feed.public_feed

    def slow(*args: Any, **kwargs: Any) -> Any:
        page = real(*args, **kwargs)
        monkeypatch.setattr(alerts.feed, "public_feed", real)
        with unit_of_work() as session:
            alert = commands.draft_alert(session, officer, content=facts.content())
            facts.approve_and_publish(session, officer, chief, alert)
        time.sleep(1.1)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(_count, other).result() == 1, "another phone asks while this one's answer is on its way"
        return page

    monkeypatch.setattr(alerts.feed, "public_feed", slow)
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
