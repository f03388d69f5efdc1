"""Devices that are gone."""

from backend.db import unit_of_work
from backend.push.deliveries import delete_gone_devices
from notifications.sending.app import CLEANUP, app


@app.periodic(cron="42 * * * *")
@app.task(name="forget_gone_devices", lock="forget_gone_devices", **CLEANUP)
def forget_gone_devices(timestamp: int) -> None:
    """Forget devices that have been gone for a month."""
    with unit_of_work() as session:
        delete_gone_devices(session)
