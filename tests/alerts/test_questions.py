"""How many questions a page asks the database, however long it is."""

import pytest
from sqlalchemy.orm import Session

from backend.alerts import commands, feed, queries
from backend.permissions import NOBODY, Actor
from backend.wards.models import Ward
from tests.alerts import facts
from tests.make import make_area
from tests.questions import count, noted


@pytest.mark.parametrize("length", [1, 20])
def test_a_page_of_the_feed_is_one_question(
    session: Session, ward: Ward, officer: Actor, chief: Actor, length: int
) -> None:
    areas = frozenset({make_area(session, ward, number).id for number in (1, 2)})
    for _ in range(length):
        facts.publish(session, officer, chief, area_ids=areas)
    session.flush()
    assert count(lambda: feed.public_feed(session, NOBODY, ward_id=ward.code)) == 1


@pytest.mark.parametrize("length", [1, 20])
def test_the_panels_pages_ask_the_same_for_one_and_for_twenty(
    session: Session, ward: Ward, officer: Actor, chief: Actor, length: int
) -> None:
    areas = frozenset({make_area(session, ward, number).id for number in (1, 2)})
    ids = [commands.draft_alert(session, officer, content=facts.content(area_ids=areas)).id for _ in range(length)]
    session.flush()
    session.expunge_all()
    assert count(lambda: queries.list_alerts(session, officer)) == 2
    assert count(lambda: queries.count_alerts(session, officer)) == 1
    assert count(lambda: queries.count_to_approve(session, chief)) == 1
    session.expunge_all()
    assert count(lambda: queries.open_alert(session, officer, alert_id=ids[0])) == 5


def test_what_waits_is_counted_in_the_words_of_its_index(session: Session, chief: Actor) -> None:
    with noted() as asked:
        queries.count_to_approve(session, chief)
    assert "alerts.state = 'submitted'" in asked[0]
