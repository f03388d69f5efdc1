"""Alerts: their words on phones, whom they reach, and when single phones are forgotten."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from procrastinate import JobContext
from sqlalchemy.orm import Session

from backend import clock
from backend.accounts.sms_recipients import residents_in
from backend.alerts.cap import MessageType
from backend.alerts.cleanup import AT_ONCE, forget_receipts
from backend.alerts.messages import AlertPublished
from backend.alerts.notices import AlertNotice, alert_notice
from backend.alerts.rules import BEGINNINGS
from backend.config import settings
from backend.db import unit_of_work
from backend.push import deliveries
from backend.push.deliveries import BEFORE_FIRST, Audience
from backend.push.messages import AudienceWaiting, ChunkReady, SmsChunkReady
from backend.push.rules import (
    LONGEST_TTL,
    PUSH_BYTES,
    PUSH_RESERVED,
    PUSH_RETRIES,
    SMS_RETRIES,
    URGENT_PUSH_RETRIES,
)
from notifications.channels.push import Push
from notifications.sending import shorten
from notifications.sending.app import CLEANUP, app
from notifications.sending.broadcast import Broadcast, Chunk, push_chunk, text_chunk
from notifications.sending.retry import RETRY, SendAgain
from notifications.sending.services import Services

TITLE_BYTES = 240
SMS_CHARACTERS = 201  # three parts of 67 characters with diacritics

_LANGUAGES = ("vi", "en")
_SEE = {"vi": "Xem", "en": "See"}
_DRILL = {"vi": "[Diễn tập] ", "en": "[Drill] "}
_EMERGENCY = {"vi": "Khẩn cấp: ", "en": "Emergency: "}

log = structlog.get_logger()


def alert_push(notice: AlertNotice, language: str, *, now: datetime) -> Push:
    """An alert for one device in one language; a language that nobody wrote falls back to Vietnamese."""
    title = shorten.to_bytes(alert_title(notice, language), TITLE_BYTES)
    room = PUSH_BYTES - PUSH_RESERVED - shorten.json_bytes(title)
    return Push(
        kind="alert",
        title=title,
        body=shorten.to_json_bytes(notice.description.in_language(language), room),
        url=f"/canh-bao/{notice.id}",
        tag=str(notice.tag),
        urgent=notice.severity in ("extreme", "severe"),
        ttl=min(max(notice.expires - now, timedelta(seconds=1)), LONGEST_TTL),
        expires=notice.expires,
        alert_id=str(notice.id),
    )


def alert_title(notice: AlertNotice, language: str) -> str:
    """The headline, after what a reader must know first: a drill, an emergency, a withdrawal that does not say so."""
    headline = notice.headline.in_language(language)
    prefix = _DRILL[language] if notice.is_drill else ""
    beginning = BEGINNINGS.get(MessageType(notice.message_type))
    if beginning is None:
        prefix += _EMERGENCY[language] if notice.severity == "extreme" else ""
    elif not headline.startswith((beginning.vi, beginning.in_language("en"))):
        prefix += beginning.in_language(language)
    return prefix + headline


def alert_text(notice: AlertNotice, language: str, *, public_url: str) -> str:
    """The SMS of an alert: who warns, the headline, as much as fits, and where the rest is."""
    link = f" {_SEE[language]}: {public_url.rstrip('/')}/canh-bao/{notice.id}"
    told = f"{alert_title(notice, language)}. {notice.description.in_language(language)}"
    words = f"{notice.issuer.in_language(language)}: {told}"
    return shorten.to_characters(" ".join(words.split()), SMS_CHARACTERS - len(link)) + link


@app.task(name=AlertPublished.task, retry=RETRY)
async def alert_published(*, alert_id: str) -> None:
    """List whom the alert concerns; the listing puts a job for each chunk."""
    await asyncio.to_thread(list_audience, UUID(alert_id), BEFORE_FIRST)


@app.task(name=AudienceWaiting.task, retry=RETRY)
async def alert_audience(*, alert_id: str, after: str) -> None:
    """List the next ones."""
    await asyncio.to_thread(list_audience, UUID(alert_id), UUID(after))


def list_audience(alert_id: UUID, after: UUID) -> None:
    """List the devices after `after`; at the start of an emergency also the residents who get an SMS."""
    with unit_of_work() as session:
        notice = alert_notice(session, alert_id=alert_id, at=clock.now())
        if notice is None:
            log.info("alert_not_told", alert_id=str(alert_id))
            return
        audience = Audience(notice.ward_id, notice.area_ids)
        listed = deliveries.list_audience(session, alert_id=alert_id, audience=audience, after=after)
        log.info("audience_listed", alert_id=str(alert_id), devices=listed)
        if after == BEFORE_FIRST and notice.severity == "extreme" and not notice.is_drill:
            pages = residents_in(session, ward_id=notice.ward_id, area_ids=notice.area_ids, page=deliveries.CHUNK)
            deliveries.list_sms_recipients(session, alert_id=alert_id, pages=pages)


@app.task(name=ChunkReady.task, pass_context=True, retry=RETRY)
async def alert_chunk(context: JobContext, *, alert_id: str, after: str, upto: str) -> None:
    """Wake the devices of one chunk that are due; come back for those that failed for now."""
    chunk = Chunk(UUID(alert_id), UUID(after), UUID(upto))
    again = await push_chunk(Services.of_worker(context), chunk, _compose_pushes)
    if again is not None:
        raise SendAgain(again)


@app.task(name=SmsChunkReady.task, pass_context=True, retry=RETRY)
async def alert_texts(context: JobContext, *, alert_id: str, after: str, upto: str) -> None:
    """Send the SMS of one chunk that are due; come back for those that failed for now."""
    chunk = Chunk(UUID(alert_id), UUID(after), UUID(upto))
    again = await text_chunk(Services.of_worker(context), chunk, _compose_texts)
    if again is not None:
        raise SendAgain(again)


def _compose_pushes(session: Session, alert_id: UUID) -> Broadcast[Push] | None:
    now = clock.now()
    notice = alert_notice(session, alert_id=alert_id, at=now)
    if notice is None:
        return None
    pushes = {language: alert_push(notice, language, now=now) for language in _LANGUAGES}
    policy = URGENT_PUSH_RETRIES if notice.severity == "extreme" else PUSH_RETRIES
    return Broadcast(pushes, policy, notice.expires)


def _compose_texts(session: Session, alert_id: UUID) -> Broadcast[str] | None:
    notice = alert_notice(session, alert_id=alert_id, at=clock.now())
    if notice is None:
        return None
    url = settings().public_url
    texts = {language: alert_text(notice, language, public_url=url) for language in _LANGUAGES}
    return Broadcast(texts, SMS_RETRIES, notice.expires)


@app.periodic(cron="12 * * * *")
@app.task(name="forget_phones_of_old_alerts", lock="forget_phones_of_old_alerts", **CLEANUP)
def forget_phones_of_old_alerts(timestamp: int) -> None:
    """Put counts in the place of single phones, three months after an alert's end; a few alerts in a transaction."""
    while _forget_phones_of_some() == AT_ONCE:
        pass


def _forget_phones_of_some() -> int:
    with unit_of_work() as session:
        alert_ids = forget_receipts(session)
        deliveries.forget_deliveries(session, alert_ids)
    return len(alert_ids)
