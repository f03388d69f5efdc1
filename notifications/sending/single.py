"""One message to one person, whose address came sealed in the job's arguments."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from procrastinate import JobContext

from backend import clock, crypto
from backend.push.address import PushAddress
from backend.push.outbox import OutboxMessage
from backend.push.rules import SMS_RETRIES, RetryPolicy, next_try
from notifications.channels import console
from notifications.channels.outcome import ACCEPTED, Outcome, Verdict
from notifications.channels.push import Push
from notifications.sending.retry import SendAgain
from notifications.sending.services import Services, shown_push

log = structlog.get_logger()


@dataclass(frozen=True)
class _Recipient:
    address: PushAddress


def open_arguments(purpose: str, sealed: str) -> Mapping[str, Any] | None:
    """What was sealed for the worker under `purpose`; None, with a line in the log, when it does not open."""
    try:
        opened: Mapping[str, Any] = json.loads(crypto.open_for_worker(purpose, sealed))
    except (crypto.SealBroken, ValueError):
        log.error("job_seal_broken", purpose=purpose)
        return None
    return opened


async def send_push(context: JobContext, push: Push, address: PushAddress, *, policy: RetryPolicy) -> None:
    """Send a push to one address. Raises SendAgain while it failed for now and is worth another try."""
    outcomes: list[Outcome] = []
    await Services.of_worker(context).send_pushes(
        {address.language: push}, [_Recipient(address)], lambda _, outcome: outcomes.append(outcome)
    )
    shown = [shown_push(push, address)] if context.job.attempts == 0 else []
    await console.show(shown, channel="push", accepted=outcomes.count(ACCEPTED))
    _again_if_temporary(outcomes[0], context, policy=policy, expires=push.expires)


async def send_sms(context: JobContext, phone: str, text: str, *, expires: datetime) -> None:
    """Send an SMS, or print it where no gateway is set. Raises SendAgain as `send_push` does."""
    services = Services.of_worker(context)
    if not services.sends_sms:
        log.warning("sms_not_sent", reason="no_gateway", count=1)
        console.print_sms(phone, text)
        return
    outcome = await services.send_sms(phone, text)
    shown = [OutboxMessage("sms", phone, "", text)] if context.job.attempts == 0 else []
    await console.show(shown, channel="sms", accepted=int(outcome is ACCEPTED))
    _again_if_temporary(outcome, context, policy=SMS_RETRIES, expires=expires)


def _again_if_temporary(outcome: Outcome, context: JobContext, *, policy: RetryPolicy, expires: datetime) -> None:
    if outcome.verdict is not Verdict.TEMPORARY:
        return
    tries = context.job.attempts + 1
    at = next_try(now=clock.now(), tries=tries, policy=policy, retry_after=outcome.retry_after, expires=expires)
    if at is not None:
        raise SendAgain(at)
    log.warning("message_given_up", task=context.job.task_name, reason=outcome.reason)
