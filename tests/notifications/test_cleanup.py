"""What the worker forgets: single phones, long after an alert; its figures stay."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts import cleanup, commands, queries
from backend.alerts.cap import ReceiptEvent
from backend.alerts.models import Alert, AlertReceipt
from backend.permissions import NOBODY, Actor, Role
from backend.push import deliveries
from backend.push.deliveries import BEFORE_FIRST, Audience
from backend.push.enums import DeliveryState
from backend.push.models import Delivery
from backend.push.queries import Reach, reach
from backend.wards.models import Ward
from notifications import alerts
from tests.alerts.facts import make_police
from tests.notifications import facts


@pytest.fixture
def ward(session: Session) -> Ward:
    return facts.make_ward(session)


@pytest.fixture
def chief(session: Session, ward: Ward) -> Actor:
    return make_police(session, ward, Role.CHIEF)


def told(session: Session, ward: Ward, ids: list, **changes: object) -> Alert:  # type: ignore[type-arg]
    """An alert that two of three devices got, and that one phone has read."""
    alert = facts.publish_alert(session, ward, **changes)
    session.flush()
    deliveries.list_audience(session, alert_id=alert.id, audience=Audience(ward.code), after=BEFORE_FIRST)
    deliveries.settle(session, alert_id=alert.id, ids=ids[:2], state=DeliveryState.ACCEPTED)
    deliveries.settle(session, alert_id=alert.id, ids=ids[2:], state=DeliveryState.FAILED)
    read(session, alert)
    return alert


def read(session: Session, alert: Alert) -> None:
    commands.record_receipt(session, NOBODY, alert_id=alert.id, event=ReceiptEvent.READ, reader=uuid4())


def rows(session: Session, alert: Alert) -> tuple[int | None, int | None]:
    return (
        session.scalar(select(func.count()).select_from(Delivery).where(Delivery.alert_id == alert.id)),
        session.scalar(select(func.count()).select_from(AlertReceipt).where(AlertReceipt.alert_id == alert.id)),
    )


def figures(session: Session, chief: Actor, alert: Alert) -> tuple[Reach, queries.ReceiptCounts]:
    session.expire_all()  # another session has counted
    assert chief.ward_id is not None
    return (
        reach(session, chief, alert_id=alert.id, ward_id=chief.ward_id),
        queries.count_receipts(session, chief, alert_id=alert.id),
    )


def test_who_got_an_alert_is_forgotten_after_three_months_and_how_many_is_kept(
    session: Session, ward: Ward, chief: Actor, frozen_clock: clock.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "AT_ONCE", 1)
    monkeypatch.setattr(cleanup, "AT_ONCE", 1)
    ids = facts.add_devices(session, ward, [facts.fcm_address(number) for number in range(3)])
    old = [told(session, ward, ids) for _ in range(3)]
    frozen_clock.tick(timedelta(days=3 + 91))
    fresh = told(session, ward, ids, expires=clock.now() + timedelta(days=1))
    before = [figures(session, chief, alert) for alert in (*old, fresh)]
    assert before[0][0].accepted == 2
    assert before[0][1].received == 1

    alerts.forget_phones_of_old_alerts(0)
    assert [rows(session, alert) for alert in old] == [(3, 3)] * 3, "not a moment too early"
    frozen_clock.tick(timedelta(minutes=1))
    alerts.forget_phones_of_old_alerts(0)

    assert [rows(session, alert) for alert in old] == [(0, 0)] * 3
    assert rows(session, fresh) == (3, 3)
    assert [figures(session, chief, alert) for alert in (*old, fresh)] == before


def test_an_alert_that_ended_long_ago_counts_nothing_more(
    session: Session, ward: Ward, frozen_clock: clock.FrozenClock
) -> None:
    alert = told(session, ward, [])
    frozen_clock.tick(timedelta(days=3 + 90, seconds=1))
    read(session, alert)
    assert rows(session, alert)[1] == 3  # received, opened, read: of the first phone alone
