"""Where messages are seen without a phone: the demo's page /demo/outbox, or the worker's console on a site on trial.

The log only counts them: its lines hold no personal data.
"""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import islice

import structlog

from backend.config import settings
from backend.db import unit_of_work
from backend.push.outbox import OutboxMessage, add_to_outbox

MAX_SHOWN = 50

log = structlog.get_logger()


def print_sms(to: str, words: str) -> None:
    """Print an SMS for whoever tries a site out without a gateway: on standard output, apart from the log."""
    print(f"=== SMS not sent, BINHYEN_SMS_URLS is empty === to {to}: {words}", flush=True)  # noqa: T201 - not for the log


async def show(entries: Iterable[OutboxMessage], *, channel: str, accepted: int) -> None:
    """Log how many messages were accepted; the demo keeps the first of `entries` to look at."""
    if accepted:
        log.info("messages_sent", channel=channel, count=accepted)
    if settings().demo:
        await asyncio.to_thread(_keep, list(islice(entries, MAX_SHOWN)))


def _keep(entries: Sequence[OutboxMessage]) -> None:
    with unit_of_work() as session:
        add_to_outbox(session, entries)
