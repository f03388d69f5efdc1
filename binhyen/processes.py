"""The two processes of a site: the web server and the worker."""

import os

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from backend.config import settings
from web import logs

# a thread waits while a phone on a bad network sends its photos: a few of those must not keep everybody else out
THREADS = 32
MOST_WORKERS = 4


def workers_wanted() -> int:
    """One process where limits are counted in its memory, so that they mean what they say; else one for each core."""
    if settings().rate_limit_storage.startswith("memory"):
        return 1
    return min(MOST_WORKERS, os.cpu_count() or 1)


def serve(host: str, port: int, workers: int | None = None, threads: int = THREADS) -> None:
    """Serve the API, the panel and the app until told to stop; `workers` None: as many as `workers_wanted`."""
    Granian(
        "binhyen.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers or workers_wanted(),
        blocking_threads=threads,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


def work() -> None:
    """Carry out jobs until told to stop; jobs of a worker that died are taken up again."""
    from notifications import worker

    logs.configure()
    worker.run()
