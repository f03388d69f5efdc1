"""What an officer is offered is what the commands do, in every status; no more and no less."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import clock
from backend.errors import DomainError
from backend.permissions import Actor
from backend.tips import staff_commands as commands
from backend.tips.life import CLOSED, Status
from backend.tips.models import Tip
from backend.tips.rules import NEEDS, TipAct

REASON = "Vì đã xem kỹ."
DO: dict[TipAct, Callable[[Session, Actor, UUID], object]] = {
    TipAct.ACKNOWLEDGE: lambda s, who, tip: commands.acknowledge_tip(s, who, tip_id=tip, reason=REASON),
    TipAct.VERIFY: lambda s, who, tip: commands.verify_tip(s, who, tip_id=tip, reason=REASON),
    TipAct.REPLY: lambda s, who, tip: commands.reply_to_tip(s, who, tip_id=tip, text="Xin chào."),
    TipAct.ASSIGN: lambda s, who, tip: commands.assign_tip(s, who, tip_id=tip, staff_id=None),
    TipAct.CLOSE: lambda s, who, tip: commands.close_tip(s, who, tip_id=tip, outcome=Status.RESOLVED, reason=REASON),
}


def test_every_act_has_its_permission_and_its_command():
    assert set(NEEDS) == set(DO) == set(TipAct)


@pytest.mark.parametrize("status", Status)
def test_each_act_is_offered_exactly_where_it_can_be_done(session, officer, chief, receipt, status):
    tip = session.scalars(select(Tip)).one()
    tip.status, tip.closed_at = status, clock.now() if status in CLOSED else None
    session.flush()
    for person in (officer, chief):
        offered = commands.open_tip(session, person, tip_id=tip.id).allowed
        assert {act for act in DO if is_done(session, person, tip.id, act)} == offered, person.role


def is_done(session: Session, person: Actor, tip_id: UUID, act: TipAct) -> bool:
    """Whether the command carries out the act; what it did is undone."""
    attempt = session.begin_nested()
    try:
        DO[act](session, person, tip_id)
    except DomainError:
        return False
    finally:
        attempt.rollback()
    return True


def test_the_reporter_is_offered_nothing_of_the_wards(session, receipt, open_it):
    assert "allowed" not in open_it(receipt).json
