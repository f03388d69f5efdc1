"""One message to the devices or residents of a chunk: who is due is told, and what became of it is written down.

The feature says what is told, in a function that is asked anew for each chunk and try; nothing here knows its words. A
worker that dies leaves behind only what was not yet written: those devices are told again, and the collapse key lets
the second message take the place of the first.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from backend.accounts.sms_recipients import SmsRecipient, sms_recipients_of
from backend.db import unit_of_work
from backend.push import deliveries
from backend.push.deliveries import DueDevice
from backend.push.enums import Channel, DeliveryState
from backend.push.outbox import OutboxMessage
from backend.push.rules import RetryPolicy
from notifications.channels import console
from notifications.channels.outcome import CircuitBreaker
from notifications.channels.push import Push
from notifications.sending.outcome_writer import OutcomeWriter
from notifications.sending.services import Services, shown_push

PUSHES_PER_WRITE = 250
# an SMS costs money and cannot be replaced by a later one: hardly any may be forgotten
TEXTS_PER_WRITE = 8
SMS_FAILURES = 16

log = structlog.get_logger()

M = TypeVar("M")


@dataclass(frozen=True)
class Chunk:
    """Devices (or residents) of one alert after `after`, up to and with `upto`."""

    alert_id: UUID
    after: UUID
    upto: UUID


@dataclass(frozen=True)
class Broadcast(Generic[M]):
    """What is told: a message for each language, tried again under `policy` until `expires`."""

    messages: Mapping[str, M]
    policy: RetryPolicy
    expires: datetime


Compose = Callable[[Session, UUID], Broadcast[M] | None]
"""Makes the broadcast of an alert; None when it must not be told any more."""


async def push_chunk(services: Services, chunk: Chunk, compose: Compose[Push]) -> datetime | None:
    """Wake the devices of a chunk that are due. Returns when to come back, or None when all are settled."""
    opened = await asyncio.to_thread(_open_push, chunk, compose)
    if opened is None:
        return None
    broadcast, waiting = opened
    pushes = broadcast.messages
    writer = OutcomeWriter(
        chunk.alert_id, batch_size=PUSHES_PER_WRITE, policy=broadcast.policy, expires=broadcast.expires
    )
    try:
        await services.send_pushes(pushes, waiting, lambda to, outcome: writer.record(to.device_id, to.tries, outcome))
    finally:
        await writer.close()
    first = (one.address for one in waiting if one.tries == 0)
    shown = (shown_push(pushes[address.language], address) for address in first)
    await console.show(shown, channel="push", accepted=writer.accepted)
    return await asyncio.to_thread(_next_due, chunk, Channel.PUSH)


async def text_chunk(services: Services, chunk: Chunk, compose: Compose[str]) -> datetime | None:
    """Send the SMS of a chunk that are due. Returns when to come back, or None when all are settled."""
    opened = await asyncio.to_thread(_open_texts, chunk, compose)
    if opened is None:
        return None
    broadcast, phones, tries = opened
    texts = broadcast.messages
    if not services.sends_sms:
        await asyncio.to_thread(_only_print, chunk, texts, Counter(phone.language for phone in phones.values()))
        return None
    writer = OutcomeWriter(
        chunk.alert_id, batch_size=TEXTS_PER_WRITE, policy=broadcast.policy, expires=broadcast.expires
    )
    breaker = CircuitBreaker(SMS_FAILURES)

    async def tell(resident: UUID, phone: SmsRecipient) -> None:
        async with services.sms.slots:
            outcome = breaker.rejection() or await services.send_sms(phone.number, texts[phone.language])
        breaker.record(outcome)
        writer.record(resident, tries[resident], outcome)

    try:
        await asyncio.gather(*(tell(resident, phone) for resident, phone in phones.items()))
    finally:
        await writer.close()
    first = (phone for resident, phone in phones.items() if tries[resident] == 0)
    shown = (OutboxMessage("sms", phone.number, "", texts[phone.language]) for phone in first)
    await console.show(shown, channel="sms", accepted=writer.accepted)
    return await asyncio.to_thread(_next_due, chunk, Channel.SMS)


def _only_print(chunk: Chunk, texts: Mapping[str, str], phones: Mapping[str, int]) -> None:
    """No gateway is set: the text is printed once, not for every phone, and nobody counts as reached."""
    log.warning("sms_not_sent", reason="no_gateway", count=sum(phones.values()))
    for language in sorted(phones, reverse=True):
        console.print_sms(f"phones ({phones[language]})", texts[language])
    with unit_of_work() as session:
        deliveries.close_chunk(session, **vars(chunk), channel=Channel.SMS, state=DeliveryState.INVALID)


def _open_push(chunk: Chunk, compose: Compose[Push]) -> tuple[Broadcast[Push], list[DueDevice]] | None:
    with unit_of_work() as session:
        broadcast = compose(session, chunk.alert_id)
        if broadcast is None:
            deliveries.close_chunk(session, **vars(chunk), channel=Channel.PUSH, state=DeliveryState.EXPIRED)
            return None
        deliveries.close_unregistered(session, **vars(chunk))
        return broadcast, deliveries.due_devices(session, **vars(chunk))


def _open_texts(
    chunk: Chunk, compose: Compose[str]
) -> tuple[Broadcast[str], dict[UUID, SmsRecipient], dict[UUID, int]] | None:
    with unit_of_work() as session:
        broadcast = compose(session, chunk.alert_id)
        if broadcast is None:
            deliveries.close_chunk(session, **vars(chunk), channel=Channel.SMS, state=DeliveryState.EXPIRED)
            return None
        tries = deliveries.due_residents(session, **vars(chunk))
        phones = sms_recipients_of(session, resident_ids=tries)
        departed = tries.keys() - phones.keys()
        deliveries.settle(session, alert_id=chunk.alert_id, ids=departed, state=DeliveryState.GONE)
        return broadcast, {resident: phones[resident] for resident in tries if resident in phones}, tries


def _next_due(chunk: Chunk, channel: Channel) -> datetime | None:
    with unit_of_work(read_only=True) as session:
        return deliveries.next_due(session, **vars(chunk), channel=channel)
