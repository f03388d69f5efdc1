"""What a member of the police is offered is what the commands do, in every state; no more and no less."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import commands, queries
from backend.alerts.cap import OPEN_STATES, State
from backend.alerts.models import Alert
from backend.alerts.rules import NEEDS, AlertAct
from backend.errors import DomainError
from backend.localized import Localized
from backend.permissions import Actor, Role
from backend.wards.models import Ward
from tests.alerts import facts

WITHDRAWN = Localized("Nhầm địa chỉ.")
DO: dict[AlertAct, Callable[[Session, Actor, Alert], object]] = {
    AlertAct.EDIT: lambda s, who, alert: commands.edit_alert(
        s, who, alert_id=alert.id, content=facts.content(is_drill=True), seen_hash=alert.content_hash
    ),
    AlertAct.DISCARD: lambda s, who, alert: commands.discard_alert(s, who, alert_id=alert.id),
    AlertAct.SUBMIT: lambda s, who, alert: commands.submit_alert(s, who, alert_id=alert.id),
    AlertAct.APPROVE: lambda s, who, alert: commands.approve_alert(
        s, who, alert_id=alert.id, content_hash=alert.content_hash
    ),
    AlertAct.REJECT: lambda s, who, alert: commands.reject_alert(s, who, alert_id=alert.id, reason="Chưa rõ."),
    AlertAct.PUBLISH: lambda s, who, alert: commands.publish_alert(s, who, alert_id=alert.id),
    AlertAct.UPDATE: lambda s, who, alert: commands.update_alert(s, who, alert_id=alert.id, content=facts.content()),
    AlertAct.ALL_CLEAR: lambda s, who, alert: commands.all_clear_alert(
        s, who, alert_id=alert.id, content=facts.content()
    ),
    AlertAct.CANCEL: lambda s, who, alert: commands.cancel_alert(s, who, alert_id=alert.id, reason=WITHDRAWN),
}


def test_every_act_has_its_permission_and_its_command() -> None:
    assert set(NEEDS) == set(DO) == set(AlertAct)


@pytest.mark.parametrize("is_over", [False, True], ids=["in time", "too late"])
@pytest.mark.parametrize("state", State)
def test_each_act_is_offered_exactly_where_it_can_be_done(
    session: Session, ward: Ward, officer: Actor, chief: Actor, state: State, is_over: bool
) -> None:
    other_chief = facts.make_police(session, ward, Role.CHIEF)
    with clock.frozen(clock.now()) as stopped:
        alert = commands.draft_alert(session, chief, content=facts.content())
        alert.state = state
        alert.approved_hash = alert.content_hash if state is State.APPROVED else None
        alert.published_at = None if state in OPEN_STATES else clock.now()
        session.flush()
        stopped.tick(timedelta(days=4 if is_over else 0))
        for person in (officer, chief, other_chief):
            offered = queries.open_alert(session, person, alert_id=alert.id).allowed
            assert {act for act in DO if _is_done(session, person, alert, act)} == offered, person.name


def _is_done(session: Session, person: Actor, alert: Alert, act: AlertAct) -> bool:
    """Whether the command carries out the act; what it did is undone."""
    attempt = session.begin_nested()
    try:
        DO[act](session, person, alert)
    except DomainError:
        return False
    finally:
        attempt.rollback()
    return True
