"""One chunk of an alert: who is due is told, what became of it is written down while the rest is still under way.

A worker that dies leaves behind only what was not yet written: those devices stay pending and are told again, and the
collapse key lets the second message take the place of the first.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from backend import clock
from backend.accounts.sms_recipients import SmsRecipient, sms_recipients_of
from backend.alerts.notices import AlertNotice, alert_notice
from backend.config import settings
from backend.db import unit_of_work
from backend.push import deliveries
from backend.push.deliveries import DueDevice, Retry
from backend.push.enums import Channel, DeliveryState
from backend.push.outbox import OutboxMessage
from backend.push.rules import PUSH_RETRIES, SMS_RETRIES, URGENT_PUSH_RETRIES, RetryPolicy, next_try
from notifications.channels import console
from notifications.channels.outcome import Outcome, Patience, Verdict
from notifications.render import alert_push, alert_text
from notifications.services import Services, shown_push

WRITE_AT_ONCE = 250
# an SMS costs money and cannot be replaced by a later one: hardly any may be forgotten
WRITE_TEXTS_AT_ONCE = 8
PATIENCE_WITH_GATEWAY = 16
SPREAD = 0.2
_STATES = {
    Verdict.ACCEPTED: DeliveryState.ACCEPTED,
    Verdict.GONE: DeliveryState.GONE,
    Verdict.INVALID: DeliveryState.INVALID,
}

log = structlog.get_logger()


@dataclass(frozen=True)
class Chunk:
    """Devices (or residents) of one alert after `after`, up to and with `upto`."""

    alert_id: UUID
    after: UUID
    upto: UUID


class Ledger:
    """Takes outcomes as they come and writes them down, `at_once` at a time."""

    def __init__(self, notice: AlertNotice, *, at_once: int, policy: RetryPolicy) -> None:
        self._alert_id = notice.id
        self._at_once = at_once
        self._expires = notice.expires
        self._policy = policy
        self._settled: list[tuple[UUID, Outcome]] = []
        self._failed: dict[UUID, tuple[int, Outcome]] = {}
        self._writing: set[asyncio.Task[int]] = set()
        self.accepted = 0
        """How many; known once it is closed."""

    def note(self, receiver: UUID, tries: int, outcome: Outcome) -> None:
        """One outcome; `tries` is how often it had failed before."""
        if outcome.verdict is Verdict.TEMPORARY:
            self._failed[receiver] = (tries + outcome.sent, outcome)
            return
        self._settled.append((receiver, outcome))
        if len(self._settled) >= self._at_once:
            self._write()

    def _write(self) -> None:
        settled, self._settled = self._settled, []
        self._writing.add(asyncio.create_task(asyncio.to_thread(_settle, self._alert_id, settled)))

    async def close(self) -> None:
        """Everything is written down when this returns."""
        self._write()
        self.accepted = sum(await asyncio.gather(*self._writing))
        if self._failed:
            await asyncio.to_thread(self._postpone)

    def _postpone(self) -> None:
        now = clock.now()
        # a service that stumbled is not met by all chunks at the same moment; a chunk stays together
        spread = random.uniform(1, 1 + SPREAD)  # noqa: S311
        later: dict[UUID, Retry] = {}
        given_up: list[UUID] = []
        for receiver, (tries, outcome) in self._failed.items():
            at = next_try(
                now=now, tries=tries, policy=self._policy, retry_after=outcome.retry_after, expires=self._expires
            )
            if at is None:
                given_up.append(receiver)
            else:
                later[receiver] = Retry(now + (at - now) * spread, tries)
        log.info("deliveries_postponed", alert_id=str(self._alert_id), later=len(later), given_up=len(given_up))
        with unit_of_work() as session:
            deliveries.postpone(session, alert_id=self._alert_id, until=later)
            deliveries.settle(session, alert_id=self._alert_id, ids=given_up, state=DeliveryState.FAILED)


def _settle(alert_id: UUID, settled: Sequence[tuple[UUID, Outcome]]) -> int:
    by_state: dict[DeliveryState, list[UUID]] = {}
    for receiver, outcome in settled:
        by_state.setdefault(_STATES[outcome.verdict], []).append(receiver)
    if by_state:
        with unit_of_work() as session:
            for state, ids in by_state.items():
                deliveries.settle(session, alert_id=alert_id, ids=ids, state=state)
    return len(by_state.get(DeliveryState.ACCEPTED, ()))


async def push_chunk(services: Services, chunk: Chunk) -> datetime | None:
    """Wake the devices of a chunk that are due. Returns when to come back, or None when all are settled."""
    opened = await asyncio.to_thread(_open_push, chunk)
    if opened is None:
        return None
    notice, waiting = opened
    now = clock.now()
    pushes = {language: alert_push(notice, language, now=now) for language in ("vi", "en")}
    ledger = Ledger(
        notice, at_once=WRITE_AT_ONCE, policy=URGENT_PUSH_RETRIES if notice.severity == "extreme" else PUSH_RETRIES
    )
    try:
        await services.push(pushes, waiting, lambda to, outcome: ledger.note(to.device_id, to.tries, outcome))
    finally:
        await ledger.close()
    first = (one.address for one in waiting if one.tries == 0)
    shown = (shown_push(pushes[address.language], address) for address in first)
    await console.show(shown, channel="push", accepted=ledger.accepted)
    return await asyncio.to_thread(_next_due, chunk, Channel.PUSH)


async def text_chunk(services: Services, chunk: Chunk) -> datetime | None:
    """Send the SMS of a chunk that are due. Returns when to come back, or None when all are settled."""
    opened = await asyncio.to_thread(_open_texts, chunk)
    if opened is None:
        return None
    notice, phones, tries = opened
    url = settings().public_url
    texts = {language: alert_text(notice, language, public_url=url) for language in ("vi", "en")}
    if not services.texts:
        await asyncio.to_thread(_only_say, chunk, texts, Counter(phone.language for phone in phones.values()))
        return None
    ledger = Ledger(notice, at_once=WRITE_TEXTS_AT_ONCE, policy=SMS_RETRIES)
    patience = Patience(PATIENCE_WITH_GATEWAY)

    async def tell(resident: UUID, phone: SmsRecipient) -> None:
        async with services.sms.place:
            outcome = patience.lost() or await services.text(phone.number, texts[phone.language])
        patience.note(outcome)
        ledger.note(resident, tries[resident], outcome)

    try:
        await asyncio.gather(*(tell(resident, phone) for resident, phone in phones.items()))
    finally:
        await ledger.close()
    first = (phone for resident, phone in phones.items() if tries[resident] == 0)
    shown = (OutboxMessage("sms", phone.number, "", texts[phone.language]) for phone in first)
    await console.show(shown, channel="sms", accepted=ledger.accepted)
    return await asyncio.to_thread(_next_due, chunk, Channel.SMS)


def _only_say(chunk: Chunk, texts: Mapping[str, str], phones: Mapping[str, int]) -> None:
    """No gateway is set: the words are printed once, not for every phone, and nobody counts as reached."""
    log.warning("sms_not_sent", reason="no_gateway", count=sum(phones.values()))
    for language in sorted(phones, reverse=True):
        console.say(f"phones ({phones[language]})", texts[language])
    with unit_of_work() as session:
        deliveries.close_chunk(session, **vars(chunk), channel=Channel.SMS, state=DeliveryState.INVALID)


def _open_push(chunk: Chunk) -> tuple[AlertNotice, list[DueDevice]] | None:
    with unit_of_work() as session:
        notice = alert_notice(session, alert_id=chunk.alert_id, at=clock.now())
        if notice is None:
            deliveries.close_chunk(session, **vars(chunk), channel=Channel.PUSH, state=DeliveryState.EXPIRED)
            return None
        deliveries.close_unregistered(session, **vars(chunk))
        return notice, deliveries.due_devices(session, **vars(chunk))


def _open_texts(chunk: Chunk) -> tuple[AlertNotice, dict[UUID, SmsRecipient], dict[UUID, int]] | None:
    with unit_of_work() as session:
        notice = alert_notice(session, alert_id=chunk.alert_id, at=clock.now())
        if notice is None:
            deliveries.close_chunk(session, **vars(chunk), channel=Channel.SMS, state=DeliveryState.EXPIRED)
            return None
        tries = deliveries.due_residents(session, **vars(chunk))
        phones = sms_recipients_of(session, resident_ids=tries)
        departed = tries.keys() - phones.keys()
        deliveries.settle(session, alert_id=chunk.alert_id, ids=departed, state=DeliveryState.GONE)
        return notice, {resident: phones[resident] for resident in tries if resident in phones}, tries


def _next_due(chunk: Chunk, channel: Channel) -> datetime | None:
    with unit_of_work(read_only=True) as session:
        return deliveries.next_due(session, **vars(chunk), channel=channel)
