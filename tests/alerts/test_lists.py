"""What the panel lists: alerts by where they stand, page by page, and what waits for whom."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands, queries
from backend.alerts.cap import AlertKind
from backend.errors import NotPermitted
from backend.permissions import Actor, Role
from backend.wards.models import Ward
from tests.alerts import facts


def test_the_lists_of_the_panel(session: Session, officer: Actor, chief: Actor) -> None:
    with clock.frozen(clock.now()) as stopped:
        draft = commands.draft_alert(session, officer, content=facts.content(kind=AlertKind.FIRE))
        stopped.tick(timedelta(minutes=1))
        live = facts.publish(session, officer, chief)
        stopped.tick(timedelta(minutes=1))
        brief = facts.publish(session, officer, chief, expires=clock.now() + timedelta(hours=1))
        stopped.tick(timedelta(hours=2))
        shown = {
            view: [line.alert.id for line in queries.list_alerts(session, officer, view=view).items]
            for view in queries.View
        }
        counts = queries.count_alerts(session, officer)
    assert shown[queries.View.DRAFTS] == [draft.id]
    assert shown[queries.View.IN_FORCE] == [live.id]
    assert shown[queries.View.ENDED] == [brief.id]
    assert shown[queries.View.ALL] == [brief.id, live.id, draft.id]
    assert counts == {view: len(ids) for view, ids in shown.items()}


def test_a_chief_is_told_what_waits_for_them_alone(session: Session, ward: Ward, officer: Actor, chief: Actor) -> None:
    other = facts.make_police(session, ward, Role.CHIEF)
    with clock.frozen(clock.now()) as stopped:
        by_officer = facts.submit(session, officer)
        by_chief = facts.submit(session, chief, expires=clock.now() + timedelta(hours=1))
        commands.draft_alert(session, officer, content=facts.content())
        session.flush()
        assert [queries.count_to_approve(session, who) for who in (chief, other)] == [1, 2]
        stopped.tick(timedelta(hours=2))
        assert queries.count_to_approve(session, other) == 1, f"{by_chief.id} is over"
        commands.approve_alert(session, chief, alert_id=by_officer.id, content_hash=by_officer.content_hash)
        session.flush()
        assert queries.count_to_approve(session, other) == 0
    with pytest.raises(NotPermitted):
        queries.count_to_approve(session, officer)


def test_the_list_is_read_page_by_page(session: Session, officer: Actor) -> None:
    ids = [commands.draft_alert(session, officer, content=facts.content()).id for _ in range(5)]
    page = queries.list_alerts(session, officer, limit=2)
    seen = [line.alert.id for line in page.items]
    while page.next_cursor:
        page = queries.list_alerts(session, officer, cursor=page.next_cursor, limit=2)
        seen += [line.alert.id for line in page.items]
    assert seen == ids[::-1]
