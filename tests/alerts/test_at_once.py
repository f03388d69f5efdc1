"""Two people at the same moment: real threads, real commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from backend import audit
from backend.alerts import commands
from backend.alerts.cap import State
from backend.alerts.errors import AlertChanged, AlertNotApproved, AlertNotInForce, AlertStateConflict
from backend.alerts.models import Alert
from backend.db import unit_of_work
from backend.errors import DomainError
from backend.localized import Localized
from backend.permissions import Actor, Role
from tests.alerts import facts
from tests.make import make_ward

pytestmark = pytest.mark.real_commits
ROUNDS = 5

Police = tuple[Actor, Actor, Actor]


@pytest.fixture
def police(real_db: str) -> Police:
    with unit_of_work() as session:
        ward = make_ward(session)
        return (
            facts.make_police(session, ward, Role.OFFICER),
            facts.make_police(session, ward, Role.CHIEF),
            facts.make_police(session, ward, Role.CHIEF),
        )


def test_two_chiefs_publish_at_once_and_one_wins(police: Police) -> None:
    officer, one, two = police
    for _ in range(ROUNDS):
        alert_id, read = _submitted(officer)
        outcomes = _at_once(
            partial(commands.approve_and_publish_alert, actor=one, alert_id=alert_id, content_hash=read),
            partial(commands.approve_and_publish_alert, actor=two, alert_id=alert_id, content_hash=read),
        )
        assert set(outcomes) == {None, AlertStateConflict}
        assert _told(alert_id) == 1


def test_an_edit_and_a_publication_at_once_never_publish_unread_words(police: Police) -> None:
    officer, chief, _ = police
    for _ in range(ROUNDS):
        alert_id, read = _submitted(officer)
        changed = facts.content(headline=Localized("Chưa ai đọc"))
        edited, published = _at_once(
            partial(commands.edit_alert, actor=officer, alert_id=alert_id, content=changed, seen_hash=read),
            partial(commands.approve_and_publish_alert, actor=chief, alert_id=alert_id, content_hash=read),
        )
        with unit_of_work() as session:
            alert = session.get_one(Alert, alert_id)
            if published is None:
                assert edited is AlertStateConflict
                assert (alert.state, alert.content_hash) == (State.PUBLISHED, read)
            else:
                assert (edited, published) == (None, AlertStateConflict) or (edited, published) == (None, AlertChanged)
                assert alert.state is State.DRAFT
            assert alert.computed_hash() == alert.content_hash


def test_two_ends_of_one_alert_at_once_and_one_wins(police: Police) -> None:
    officer, one, two = police
    for _ in range(ROUNDS):
        first_id, read = _submitted(officer)
        with unit_of_work() as session:
            commands.approve_and_publish_alert(session, one, alert_id=first_id, content_hash=read)
        update_id, clear_id = _followed(officer, first_id)
        _approve(update_id, one)
        _approve(clear_id, two)
        outcomes = _at_once(
            partial(commands.publish_alert, actor=one, alert_id=update_id),
            partial(commands.publish_alert, actor=two, alert_id=clear_id),
        )
        assert set(outcomes) == {None, AlertNotInForce}
        with unit_of_work() as session:
            first = session.get_one(Alert, first_id)
            assert first.replaced_by_id in (update_id, clear_id)


def test_publications_of_one_ward_at_once_are_numbered_without_a_gap(police: Police) -> None:
    officer, one, two = police
    waiting = [_submitted(officer) for _ in range(8)]
    outcomes = _at_once(
        *(
            partial(
                commands.approve_and_publish_alert, actor=(one, two)[place % 2], alert_id=alert_id, content_hash=read
            )
            for place, (alert_id, read) in enumerate(waiting)
        )
    )
    assert set(outcomes) == {None}
    with unit_of_work() as session:
        assert sorted(session.scalars(select(Alert.number))) == list(range(1, 9))
        assert audit.verify(session, "99001") is None


def test_a_failed_publication_tells_nobody(police: Police) -> None:
    officer, chief, _ = police
    alert_id, read = _submitted(officer)

    def publish_then_fail() -> None:
        with unit_of_work() as session:
            commands.approve_and_publish_alert(session, chief, alert_id=alert_id, content_hash=read)
            raise AlertNotApproved

    with pytest.raises(AlertNotApproved):
        publish_then_fail()
    assert _told(alert_id) == 0


def _submitted(officer: Actor) -> tuple[UUID, str]:
    with unit_of_work() as session:
        alert = commands.draft_alert(session, officer, content=facts.content())
        commands.submit_alert(session, officer, alert_id=alert.id)
        return alert.id, alert.content_hash


def _followed(officer: Actor, first_id: UUID) -> tuple[UUID, UUID]:
    with unit_of_work() as session:
        update = commands.update_alert(session, officer, alert_id=first_id, content=facts.content())
        clear = commands.all_clear_alert(session, officer, alert_id=first_id, content=facts.content())
        for alert in (update, clear):
            commands.submit_alert(session, officer, alert_id=alert.id)
        return update.id, clear.id


def _approve(alert_id: UUID, chief: Actor) -> None:
    with unit_of_work() as session:
        alert = session.get_one(Alert, alert_id)
        commands.approve_alert(session, chief, alert_id=alert_id, content_hash=alert.content_hash)


def _told(alert_id: UUID) -> int:
    with unit_of_work() as session:
        query = text("select count(*) from procrastinate_jobs where args->>'alert_id' = :id")
        return int(session.scalar(query, {"id": str(alert_id)}) or 0)


def _at_once(*acts: Callable[[Any], Any]) -> list[type[DomainError] | None]:
    """Run each act in a thread and a transaction of its own, started together: None or the error it raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[Any], Any]) -> type[DomainError] | None:
        barrier.wait()
        try:
            with unit_of_work() as session:
                act(session)
        except DomainError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
