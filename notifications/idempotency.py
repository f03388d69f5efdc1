"""Replies that were kept for phones which repeat a request."""

from backend.db import unit_of_work
from backend.idempotency import forget_old
from notifications.sending.app import CLEANUP, app


@app.periodic(cron="47 * * * *")
@app.task(name="forget_old_replies", lock="forget_old_replies", **CLEANUP)
def forget_old_replies(timestamp: int) -> None:
    """Forget replies that no phone asks for again: they hold receipts, sealed."""
    with unit_of_work() as session:
        forget_old(session)
