"""What is known of single phones is forgotten when an alert is long over: run by the worker, which has no actor."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend import clock
from backend.alerts.models import Alert, AlertReceipt
from backend.alerts.queries import receipts_by_event
from backend.alerts.rules import RECEIPTS_COUNTED

# a receipt that was being written when counting ended is there by then
LEFT_AFTER = RECEIPTS_COUNTED + timedelta(days=1)
AT_ONCE = 5


def forget_receipts(session: Session) -> Sequence[UUID]:
    """Put counts in the place of what phones said of alerts that ended three months ago; returns their ids.

    The oldest first, at most AT_ONCE of them: there is more to do while that many come back.
    """
    over = select(Alert).where(
        Alert.published_at.is_not(None), Alert.receipt_counts.is_(None), Alert.expires < clock.now() - LEFT_AFTER
    )
    alerts = session.scalars(over.order_by(Alert.expires).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for alert in alerts:
        alert.receipt_counts = {event.value: count for event, count in receipts_by_event(session, alert.id).items()}
        session.execute(delete(AlertReceipt).where(AlertReceipt.alert_id == alert.id))
    return [alert.id for alert in alerts]
