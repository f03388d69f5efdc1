"""The worker: hears every message that was put, on as many machines as one likes."""

import asyncio
import logging
import resource
from contextlib import suppress

import structlog
from procrastinate import App, PsycopgConnector

from backend.accounts import cleanup as residents
from backend.alerts.cleanup import AT_ONCE, forget_receipts
from backend.config import settings
from backend.db import unit_of_work
from backend.idempotency import forget_old
from backend.jobs import app
from backend.push.deliveries import delete_gone_devices, forget_deliveries
from backend.staff import cleanup as staff
from backend.tips.cleanup import sweep_blobs
from notifications import tasks
from notifications.services import Services

CONCURRENCY = 6
HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0
GRACE_SECONDS = 20.0
KEEP_FAILED_HOURS = 24
SWEEP_SECONDS = 3600.0
OPEN_FILES = 4096

log = structlog.get_logger()


def run(*, concurrency: int = CONCURRENCY, wait: bool = True, stalled_after: float = STALLED_SECONDS) -> None:
    """Work until SIGINT or SIGTERM; what has begun is finished first. `wait` False: until nothing is left to do.

    `stalled_after`: seconds without a sign of life after which another worker's jobs are taken over.
    """
    _allow_many_lines()
    asyncio.run(work(concurrency=concurrency, wait=wait, stalled_after=stalled_after))


async def work(*, concurrency: int = CONCURRENCY, wait: bool = True, stalled_after: float = STALLED_SECONDS) -> None:
    """`run` inside a loop that exists."""
    # procrastinate writes every job's arguments into its lines
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    assert tasks.RETRY is not None  # importing the module is what registers its tasks
    services = Services.of(settings())
    log.info("channels", fcm=bool(services.fcm), webpush=bool(services.webpush), sms=services.sms.configured)
    worker = app.with_connector(PsycopgConnector(conninfo=_conninfo(), min_size=2, max_size=concurrency + 4))
    beat = min(HEARTBEAT_SECONDS, stalled_after / 3)
    try:
        async with worker.open_async():
            keeper = asyncio.create_task(_keep_house(worker, stalled_after))
            try:
                await worker.run_worker_async(
                    concurrency=concurrency, wait=wait, delete_jobs="successful", name="notifier",
                    shutdown_graceful_timeout=GRACE_SECONDS, update_heartbeat_interval=beat,
                    stalled_worker_timeout=stalled_after, additional_context={"services": services},
                )  # fmt: skip
            finally:
                keeper.cancel()
                with suppress(asyncio.CancelledError):
                    await keeper
    finally:
        services.close()


async def _keep_house(worker: App, stalled_after: float) -> None:
    """Give the jobs of workers that died to those that live, and forget old failures: their arguments are of no use."""
    loop = asyncio.get_running_loop()
    swept = -SWEEP_SECONDS
    while True:
        try:
            for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after):
                log.warning("job_taken_over", task=job.task_name, job_id=job.id)
                await worker.job_manager.retry_job(job)
            if loop.time() - swept > SWEEP_SECONDS:
                swept = loop.time()
                await worker.job_manager.delete_old_jobs(
                    nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
                )
                await asyncio.to_thread(_tidy)
        except Exception as error:  # noqa: BLE001 - whatever fails here, jobs of dead workers must still be taken over
            log.error("housekeeping_failed", error=type(error).__name__)
        await asyncio.sleep(stalled_after / 2)


def _tidy() -> None:
    """Forget what is of no use: replies no phone asks for again (they hold receipts, sealed), sessions that are over,
    lost blobs, devices that are gone, which phone got which alert three months after its end.
    """
    for forget in (forget_old, residents.forget_expired, staff.forget_expired, sweep_blobs, delete_gone_devices):
        with unit_of_work() as session:
            forget(session)
    while _forget_phones_of_old_alerts() == AT_ONCE:
        pass


def _forget_phones_of_old_alerts() -> int:
    with unit_of_work() as session:
        alert_ids = forget_receipts(session)
        forget_deliveries(session, alert_ids)
    return len(alert_ids)


def _allow_many_lines() -> None:
    """Raise this process's own limit of open files: some systems start with 256, fewer than there are lines to FCM."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _conninfo() -> str:
    """libpq's form of the database's address."""
    return settings().database_url.replace("postgresql+psycopg://", "postgresql://", 1)
