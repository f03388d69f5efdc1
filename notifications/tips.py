"""Tips: the push that wakes their reporter, and what is left of those that were never sent."""

from datetime import datetime, timedelta

import structlog
from procrastinate import JobContext

from backend import clock
from backend.db import unit_of_work
from backend.errors import DomainError
from backend.push.address import PushAddress
from backend.push.rules import TIP_UPDATE_RETRIES
from backend.tips import cleanup
from backend.tips.messages import TipUpdated
from notifications.channels.push import Push
from notifications.sending.app import CLEANUP, app
from notifications.sending.retry import RETRY
from notifications.sending.single import open_arguments, send_push

UPDATE_TTL = timedelta(days=3)

_UPDATE = {"vi": "Bạn có cập nhật mới", "en": "You have an update"}

log = structlog.get_logger()


def update_push(language: str, *, now: datetime) -> Push:
    """Something waits for a reporter. The same for everyone and every tip: it names and counts nothing."""
    return Push(
        kind="update",
        title=_UPDATE[language],
        body="",
        url="/tin",
        tag="update",
        urgent=False,
        ttl=UPDATE_TTL,
        expires=now + UPDATE_TTL,
    )


@app.task(name=TipUpdated.task, pass_context=True, retry=RETRY)
async def tip_updated(context: JobContext, *, sealed_address: str) -> None:
    """Tell a reporter that something waits, and nothing else."""
    raw = open_arguments("tip-push", sealed_address)
    if raw is None:
        return
    try:
        address = PushAddress.from_json(raw)
    except (DomainError, TypeError, KeyError):
        log.error("push_address_unreadable", task=TipUpdated.task)
        return
    await send_push(context, update_push(address.language, now=clock.now()), address, policy=TIP_UPDATE_RETRIES)


@app.periodic(cron="22 * * * *")
@app.task(name="sweep_blobs", lock="sweep_blobs", **CLEANUP)
def sweep_blobs(timestamp: int) -> None:
    """Delete the sealed photos whose transaction rolled back."""
    with unit_of_work() as session:
        cleanup.sweep_blobs(session)
