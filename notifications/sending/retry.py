"""When a job is carried out again: as its task asks, after a worker was stopped, after a crash."""

import traceback
from asyncio import CancelledError
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from procrastinate import RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from backend import clock

MAX_CRASHES = 12
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)

log = structlog.get_logger()


class SendAgain(Exception):
    """A task's work is not done; its job comes back at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class JobRetry(BaseRetryStrategy):
    """The retry policy of every task: when SendAgain says, at once after a stop, with growing waits after a crash.

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
        if crashes >= MAX_CRASHES:
            del self._crashes[job.id]
            return None
        return RetryDecision(retry_at=now + min(FIRST_WAIT * 2**crashes, LONGEST_WAIT))


RETRY = JobRetry()


def _without_data(exception: BaseException) -> str:
    """What went wrong and where; messages of exceptions may hold addresses."""
    while isinstance(exception, BaseExceptionGroup):
        exception = exception.exceptions[0]
    frames = traceback.extract_tb(exception.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(exception).__name__ + place
