"""The worker: carries out every job that was put, on as many machines as one likes."""

import asyncio
import logging
import resource
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector

import notifications
import notifications.sending.app as sending_app
from backend.config import settings
from notifications.sending.services import Services

CONCURRENCY = 6
HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0
GRACE_SECONDS = 20.0
# a worker that starts does what was due by the clock in this time and was not put, because there was no worker
MAKE_UP_SECONDS = 3600.0
OPEN_FILES = 4096
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)

log = structlog.get_logger()


class WorkerEnded(Exception):
    """The worker has ended though nobody asked it to, because it cannot reach the database."""


def run(*, concurrency: int = CONCURRENCY, wait: bool = True, stalled_after: float = STALLED_SECONDS) -> None:
    """Work until SIGINT or SIGTERM; what has begun is finished first. Raises WorkerEnded.

    `wait` False: only until no job is left, and what was due by the clock before is not made up for. `stalled_after`:
    seconds without a sign of life after which another worker's jobs are taken over.
    """
    _raise_limit_of_open_files()
    asyncio.run(work(concurrency=concurrency, wait=wait, stalled_after=stalled_after))


async def work(*, concurrency: int = CONCURRENCY, wait: bool = True, stalled_after: float = STALLED_SECONDS) -> None:
    """`run` inside a loop that exists."""
    # procrastinate writes every job's arguments into its lines
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    services = Services.of(settings())
    log.info("channels", fcm=bool(services.fcm), webpush=bool(services.webpush), sms=services.sms.configured)
    connector = PsycopgConnector(conninfo=_conninfo(), min_size=2, max_size=concurrency + 4)
    beat = min(HEARTBEAT_SECONDS, stalled_after / 3)
    try:
        with app_with_tasks().replace_connector(connector) as app:
            app.periodic_defaults = {"max_delay": MAKE_UP_SECONDS if wait else 0}
            async with app.open_async(), _taking_over(app, stalled_after):
                working = app.run_worker_async(
                    concurrency=concurrency, wait=wait, delete_jobs="successful", name="notifier",
                    shutdown_graceful_timeout=GRACE_SECONDS, update_heartbeat_interval=beat,
                    stalled_worker_timeout=stalled_after, additional_context={"services": services},
                    install_signal_handlers=False,
                )  # fmt: skip
                await (_until_asked_to_stop(working) if wait else working)
    finally:
        services.close()


def app_with_tasks() -> App:
    """The worker's app with the tasks of every feature: importing a feature's file is what registers them."""
    for found in iter_modules(notifications.__path__):
        import_module(f"notifications.{found.name}")
    return sending_app.app


async def _until_asked_to_stop(working: Coroutine[Any, Any, None]) -> None:
    """Work until SIGINT or SIGTERM. Raises WorkerEnded.

    procrastinate's own handling of signals ends a worker in the same way whether it was asked to or has lost its
    heartbeat, and a service manager must start the second one again.
    """
    loop, task = asyncio.get_running_loop(), asyncio.create_task(working)
    asked = False

    def stop() -> None:
        nonlocal asked
        asked = True
        forget_signals()  # a second Ctrl-C ends the process at once
        task.cancel()

    def forget_signals() -> None:
        for number in STOP_SIGNALS:
            loop.remove_signal_handler(number)

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise
    else:
        raise WorkerEnded("the worker has lost its heartbeat or its clock")
    finally:
        forget_signals()


@asynccontextmanager
async def _taking_over(app: App, stalled_after: float) -> AsyncIterator[None]:
    """Take over stalled jobs for as long as the block lasts."""
    loop = asyncio.create_task(_take_over_stalled_jobs(app, stalled_after))
    try:
        yield
    finally:
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop


async def _take_over_stalled_jobs(app: App, stalled_after: float) -> None:
    """Give the jobs of workers that died to those that live.

    This is a loop in each worker, like the heartbeat that it looks at, and no periodic job: a job would wait for one of
    the worker's places, and all of them may be taken by jobs that wait for a service. When two workers take over a job
    at the same moment it may run twice, which every task allows for.
    """
    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after):
                log.warning("job_taken_over", task=job.task_name, job_id=job.id)
                await app.job_manager.retry_job(job)
        except Exception as error:  # noqa: BLE001 - whatever fails here, the next jobs must still be taken over
            log.error("take_over_failed", error=type(error).__name__)
        await asyncio.sleep(stalled_after / 2)


def _raise_limit_of_open_files() -> None:
    """Raise this process's own limit: some systems start with 256, fewer than there are connections to FCM."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _conninfo() -> str:
    """libpq's form of the database's address."""
    return settings().database_url.replace("postgresql+psycopg://", "postgresql://", 1)
