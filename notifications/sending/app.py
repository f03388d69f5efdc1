"""The worker's app: the file of each feature declares its tasks on it.

What is to be done by the clock is declared by procrastinate's `@app.periodic(cron=…)` above the task. Every worker puts
it, and the database takes it once for each moment, so it runs once in all workers. The cron line's minute spreads these
tasks over the hour; `lock`, which bears the task's name, keeps a long run apart from the next one. Each task keeps its
transactions short.
"""

from typing import TypedDict

from procrastinate import App, SyncPsycopgConnector

from notifications.sending.retry import RETRY, JobRetry

# Not the app that puts jobs (backend.jobs), which uses the connection of the fact's own transaction. The worker gives
# this one a connector.
app = App(connector=SyncPsycopgConnector())


class Options(TypedDict):
    """Options of `app.task`."""

    retry: JobRetry
    priority: int


CLEANUP = Options(retry=RETRY, priority=-10)  # after everything that somebody waits for
