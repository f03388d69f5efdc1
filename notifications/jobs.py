"""Jobs that have failed for good."""

from procrastinate import JobContext

from notifications.sending.app import CLEANUP, app

KEEP_FAILED_HOURS = 24


@app.periodic(cron="52 * * * *")
@app.task(name="forget_old_jobs", lock="forget_old_jobs", pass_context=True, **CLEANUP)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that failed a day ago: their arguments are of no use any more."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
