"""Staff: sessions that are over and old wrong tries."""

from backend.db import unit_of_work
from backend.staff import cleanup
from notifications.sending.app import CLEANUP, app


@app.periodic(cron="37 * * * *")
@app.task(name="forget_expired_staff", lock="forget_expired_staff", **CLEANUP)
def forget_expired(timestamp: int) -> None:
    """Forget sessions of staff that are over, and wrong tries a month old."""
    with unit_of_work() as session:
        cleanup.forget_expired(session)
