"""What became of each receiver of a chunk, written down while the rest of the chunk is still under way."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog

from backend import clock
from backend.db import unit_of_work
from backend.push import deliveries
from backend.push.deliveries import Retry
from backend.push.enums import DeliveryState
from backend.push.rules import RetryPolicy, next_try
from notifications.channels.outcome import Outcome, Verdict

SPREAD = 0.2
_STATES = {
    Verdict.ACCEPTED: DeliveryState.ACCEPTED,
    Verdict.GONE: DeliveryState.GONE,
    Verdict.INVALID: DeliveryState.INVALID,
}

log = structlog.get_logger()


class OutcomeWriter:
    """Takes outcomes as they come and writes them down, `batch_size` at a time.

    A worker that dies forgets only what was not yet written: those receivers stay pending and are told again.
    """

    def __init__(self, alert_id: UUID, *, batch_size: int, policy: RetryPolicy, expires: datetime) -> None:
        self._alert_id = alert_id
        self._batch_size = batch_size
        self._policy = policy
        self._expires = expires
        self._settled: list[tuple[UUID, Outcome]] = []
        self._failed: dict[UUID, tuple[int, Outcome]] = {}
        self._writing: set[asyncio.Task[int]] = set()
        self.accepted = 0
        """How many; known once it is closed."""

    def record(self, receiver: UUID, tries: int, outcome: Outcome) -> None:
        """One outcome; `tries` is how often the receiver had been tried before."""
        if outcome.verdict is Verdict.TEMPORARY:
            self._failed[receiver] = (tries + outcome.sent, outcome)
            return
        self._settled.append((receiver, outcome))
        if len(self._settled) >= self._batch_size:
            self._write()

    async def close(self) -> None:
        """Write down what is left; everything is written when this returns."""
        self._write()
        self.accepted = sum(await asyncio.gather(*self._writing))
        if self._failed:
            await asyncio.to_thread(self._postpone)

    def _write(self) -> None:
        settled, self._settled = self._settled, []
        self._writing.add(asyncio.create_task(asyncio.to_thread(_settle, self._alert_id, settled)))

    def _postpone(self) -> None:
        now = clock.now()
        # the chunks must not all come back to a service at the same moment; a chunk stays together
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
    """Write down what has come to its end; returns how many were accepted."""
    by_state: dict[DeliveryState, list[UUID]] = {}
    for receiver, outcome in settled:
        by_state.setdefault(_STATES[outcome.verdict], []).append(receiver)
    if by_state:
        with unit_of_work() as session:
            for state, ids in by_state.items():
                deliveries.settle(session, alert_id=alert_id, ids=ids, state=state)
    return len(by_state.get(DeliveryState.ACCEPTED, ()))
