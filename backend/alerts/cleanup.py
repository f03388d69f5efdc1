"""Deletes what phones reported of alerts that ended long ago. The worker calls it regularly, without an actor."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts.models import Alert, AlertReceipt
from backend.alerts.queries import receipts_by_event
from backend.alerts.rules import RECEIPTS_COUNTED

# a day later than counting ends, so that no receipt is written any more
LEFT_AFTER = RECEIPTS_COUNTED + timedelta(days=1)
AT_ONCE = 5


def forget_receipts(session: Session) -> Sequence[UUID]:
    """Replace the receipts of alerts that ended three months ago by their counts; returns the ids of these alerts.

    It takes the oldest first and at most AT_ONCE of them. If it returns that many, call it again.
    """
    over = select(Alert).where(
        Alert.published_at.is_not(None), Alert.receipt_counts.is_(None), Alert.expires < clock.now() - LEFT_AFTER
    )
    alerts = session.scalars(over.order_by(Alert.expires).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for alert in alerts:
        alert.receipt_counts = {event.value: count for event, count in receipts_by_event(session, alert.id).items()}
        session.execute(delete(AlertReceipt).where(AlertReceipt.alert_id == alert.id))
    return [alert.id for alert in alerts]
