"""Who hears which message. Every task may run twice: what is settled stays settled."""

import asyncio
import json
import traceback
from asyncio import CancelledError
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from procrastinate import JobContext, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from backend import clock, crypto
from backend.accounts.messages import OtpRequested
from backend.accounts.sms_recipients import residents_in
from backend.alerts.messages import AlertPublished
from backend.alerts.notices import AlertNotice, alert_notice
from backend.db import unit_of_work
from backend.errors import DomainError
from backend.jobs import app
from backend.push import deliveries
from backend.push.address import PushAddress
from backend.push.deliveries import BEFORE_FIRST, Audience
from backend.push.messages import AudienceWaiting, ChunkReady, SmsChunkReady
from backend.push.outbox import OutboxMessage
from backend.push.rules import SMS_RETRIES, TIP_UPDATE_RETRIES, RetryPolicy, next_try
from backend.tips.messages import TipUpdated
from notifications import render
from notifications.channels import console
from notifications.channels.outcome import ACCEPTED, Outcome, Verdict
from notifications.fanout import Chunk, push_chunk, text_chunk
from notifications.services import Services, shown_push

MOST_CRASHES = 12
CODE_LIFE = timedelta(minutes=5)

log = structlog.get_logger()


class SendAgain(Exception):
    """The work is not done; the job comes back at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class Persistent(BaseRetryStrategy):
    """Comes back when the task says so, at once after a worker was stopped, with growing pauses after a crash.

    Only crashes one after the other end a job: one that waits for a service to return has been begun many times.
    """

    def __init__(self) -> None:
        self._crashes: Counter[int | None] = Counter()

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """See BaseRetryStrategy; None ends the job as failed."""
        now = clock.now()
        if isinstance(exception, SendAgain):
            del self._crashes[job.id]
            return RetryDecision(retry_at=max(exception.at, now))
        if isinstance(exception, JobAborted | CancelledError):
            return RetryDecision(retry_at=now)
        self._crashes[job.id] += 1
        crashes = self._crashes[job.id]
        log.error("job_crashed", task=job.task_name, crashes=crashes, error=_without_data(exception))
        if crashes >= MOST_CRASHES:
            del self._crashes[job.id]
            return None
        return RetryDecision(retry_at=now + min(timedelta(seconds=2) * 2**crashes, timedelta(minutes=10)))


RETRY = Persistent()


def _without_data(exception: BaseException) -> str:
    """What went wrong and where; messages of exceptions may hold addresses."""
    while isinstance(exception, BaseExceptionGroup):
        exception = exception.exceptions[0]
    frames = traceback.extract_tb(exception.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(exception).__name__ + place


def _services(context: JobContext) -> Services:
    services: Services = context.additional_context["services"]
    return services


@app.task(name=AlertPublished.task, retry=RETRY)
async def alert_published(*, alert_id: str) -> None:
    """List whom the alert concerns; the listing puts a job for each chunk."""
    await asyncio.to_thread(_list, UUID(alert_id), BEFORE_FIRST)


@app.task(name=AudienceWaiting.task, retry=RETRY)
async def alert_audience(*, alert_id: str, after: str) -> None:
    """List the next ones."""
    await asyncio.to_thread(_list, UUID(alert_id), UUID(after))


def _list(alert_id: UUID, after: UUID) -> None:
    with unit_of_work() as session:
        notice = alert_notice(session, alert_id=alert_id, at=clock.now())
        if notice is None:
            log.info("alert_not_told", alert_id=str(alert_id))
            return
        audience = Audience(notice.ward_id, notice.area_ids)
        listed = deliveries.list_audience(session, alert_id=alert_id, audience=audience, after=after)
        log.info("audience_listed", alert_id=str(alert_id), devices=listed)
        if after == BEFORE_FIRST and _is_critical(notice):
            pages = residents_in(session, ward_id=notice.ward_id, area_ids=notice.area_ids, page=deliveries.CHUNK)
            deliveries.list_sms_recipients(session, alert_id=alert_id, pages=pages)


def _is_critical(notice: AlertNotice) -> bool:
    return notice.severity == "extreme" and not notice.is_drill


@app.task(name=ChunkReady.task, pass_context=True, retry=RETRY)
async def alert_chunk(context: JobContext, *, alert_id: str, after: str, upto: str) -> None:
    """Wake the devices of one chunk that are due; come back for those that failed for now."""
    again = await push_chunk(_services(context), Chunk(UUID(alert_id), UUID(after), UUID(upto)))
    if again is not None:
        raise SendAgain(again)


@app.task(name=SmsChunkReady.task, pass_context=True, retry=RETRY)
async def alert_texts(context: JobContext, *, alert_id: str, after: str, upto: str) -> None:
    """Send the SMS of one chunk that are due; come back for those that failed for now."""
    again = await text_chunk(_services(context), Chunk(UUID(alert_id), UUID(after), UUID(upto)))
    if again is not None:
        raise SendAgain(again)


@dataclass(frozen=True)
class _Reporter:
    address: PushAddress


@app.task(name=TipUpdated.task, pass_context=True, retry=RETRY)
async def tip_updated(context: JobContext, *, sealed_address: str) -> None:
    """Tell a reporter that something waits, and nothing else."""
    raw = _opened("tip-push", sealed_address)
    if raw is None:
        return
    try:
        reporter = _Reporter(PushAddress.from_json(raw))
    except (DomainError, TypeError, KeyError):
        log.error("push_address_unreadable", task=TipUpdated.task)
        return
    push = render.update_push(reporter.address.language, now=clock.now())
    outcomes: list[Outcome] = []
    await _services(context).push(
        {reporter.address.language: push}, [reporter], lambda _, outcome: outcomes.append(outcome)
    )
    first = [shown_push(push, reporter.address)] if context.job.attempts == 0 else []
    await console.show(first, channel="push", accepted=outcomes.count(ACCEPTED))
    _again_if_temporary(outcomes[0], context, policy=TIP_UPDATE_RETRIES, expires=push.expires)


@app.task(name=OtpRequested.task, pass_context=True, retry=RETRY, priority=OtpRequested.priority)
async def otp_requested(context: JobContext, *, sealed: str) -> None:
    """Send a sign-in code by SMS, while it is still worth anything."""
    request = _opened("otp-sms", sealed)
    if request is None:
        return
    now = clock.now()
    expires = datetime.fromisoformat(request["expires"]) if request.get("expires") else now + CODE_LIFE
    if expires <= now:
        return
    words = render.code_text(request["code"], request.get("language", "vi"))
    services = _services(context)
    if not services.texts:
        log.warning("sms_not_sent", reason="no_gateway", count=1)
        console.say(request["phone"], words)
        return
    outcome = await services.text(request["phone"], words)
    first = [OutboxMessage("sms", request["phone"], "", words)] if context.job.attempts == 0 else []
    await console.show(first, channel="sms", accepted=int(outcome is ACCEPTED))
    _again_if_temporary(outcome, context, policy=SMS_RETRIES, expires=expires)


def _opened(purpose: str, sealed: str) -> Mapping[str, Any] | None:
    try:
        opened: Mapping[str, Any] = json.loads(crypto.open_for_worker(purpose, sealed))
    except (crypto.SealBroken, ValueError):
        log.error("job_seal_broken", purpose=purpose)
        return None
    return opened


def _again_if_temporary(outcome: Outcome, context: JobContext, *, policy: RetryPolicy, expires: datetime) -> None:
    if outcome.verdict is not Verdict.TEMPORARY:
        return
    tries = context.job.attempts + 1
    at = next_try(now=clock.now(), tries=tries, policy=policy, retry_after=outcome.retry_after, expires=expires)
    if at is not None:
        raise SendAgain(at)
    log.warning("message_given_up", task=context.job.task_name, reason=outcome.reason)
