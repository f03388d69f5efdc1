"""The clocks of a tip are the ward's own where it has set them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend import audit
from backend.errors import NotFound
from backend.permissions import NOBODY, OPERATOR, Role
from backend.tips import commands as tips
from backend.tips import staff_commands
from backend.tips.life import Category, Status
from backend.tips.models import Tip
from backend.wards import commands, queries
from backend.wards.errors import DeadlineOutOfRange
from tests import make


@pytest.fixture
def ward(session):
    return make.make_ward(session)


def set_clocks(session, **changes):
    changed = commands.set_deadlines(session, OPERATOR, ward_code=make.WARD, changes=changes)
    session.flush()
    return changed


def send(session) -> Tip:
    return tips.send_tip(session, NOBODY, draft=tips.TipDraft(make.WARD, Category.NOISE, "Ồn quá.")).tip


def test_a_remote_ward_promises_its_own_hours(session, ward):
    make.make_staff(session, ward)
    tip = send(session)
    assert tip.due_at - tip.received_hour == timedelta(hours=24)
    set_clocks(session, acknowledge_hours=48)
    later = send(session)
    assert later.due_at - later.received_hour == timedelta(hours=48)
    assert tip.due_at - tip.received_hour == timedelta(hours=24), "what was told stays"


def test_verification_is_timed_by_the_ward_and_a_told_deadline_stays(session, ward):
    officer, chief = make.make_staff(session, ward), make.make_staff(session, ward, Role.CHIEF)
    set_clocks(session, verify_days=30)
    tip = send(session)
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason="Đã nhận.")
    assert tip.due_at - tip.received_hour == timedelta(days=30)
    set_clocks(session, verify_days=10)
    staff_commands.verify_tip(session, officer, tip_id=tip.id, reason="Đang xem.")
    assert tip.due_at - tip.received_hour == timedelta(days=30)
    # taken up again, it is told anew
    staff_commands.close_tip(session, chief, tip_id=tip.id, outcome=Status.NOT_ENOUGH, reason="Chưa rõ ở đâu.")
    assert tip.due_at is None
    staff_commands.verify_tip(session, officer, tip_id=tip.id, reason="Đã rõ.")
    assert tip.due_at - tip.received_hour == timedelta(days=10)


def test_the_public_is_told_the_clocks_that_hold(session, ward):
    other = make.make_ward(session, "99002", name="Bên Cạnh")
    set_clocks(session, acknowledge_hours=48, verify_days=30)
    found = {view.code: view for view in queries.search_wards(session, NOBODY).items}
    assert (found[ward.code].acknowledge_hours, found[ward.code].verify_days) == (48, 30)
    assert (found[other.code].acknowledge_hours, found[other.code].verify_days) == (24, 20)
    set_clocks(session, acknowledge_hours=None)
    assert queries.deadlines_of(session, ward.code) == queries.Deadlines(24, 30)


@pytest.mark.parametrize(
    "changes", [{"acknowledge_hours": 0}, {"acknowledge_hours": 169}, {"verify_days": -1}, {"verify_days": 91}]
)
def test_no_clock_that_no_ward_can_mean(session, ward, changes):
    with pytest.raises(DeadlineOutOfRange):
        commands.set_deadlines(session, OPERATOR, ward_code=make.WARD, changes=changes)


def test_who_set_them_is_on_record_and_whoever_may_not_is_refused(session, ward):
    set_clocks(session, acknowledge_hours=48)
    set_clocks(session)
    entries = session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.action == "ward.deadlines")).all()
    assert [entry.details for entry in entries] == [{"acknowledge_hours": 48}]
    with pytest.raises(NotFound):
        commands.set_deadlines(session, OPERATOR, ward_code="00000", changes={})
