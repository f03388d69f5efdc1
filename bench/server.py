"""The real server and a bare Flask one, started the same way, on a PostgreSQL that keeps its promises."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import create_engine

from backend import config, db
from binhyen import migrate
from binhyen.embedded import Cluster
from binhyen.embedded_owner import system_owner
from binhyen.embedded_place import temporary_folder

ROOT = Path(__file__).parents[1]
# one process on each side: the load generator and PostgreSQL need the second core
GRANIAN = ("--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "--no-ws")
# the limits are for people; here one network sends everything
NO_LIMITS = {
    "BINHYEN_TIPS_PER_NETWORK_HOUR": "100000000",
    "BINHYEN_RECEIPT_TRIES_PER_NETWORK_MINUTE": "100000000",
    "BINHYEN_OTP_PER_NETWORK_HOUR": "100000000",
}


@contextmanager
def database() -> Iterator[str]:
    """A migrated database on a durable server (fsync on) of its own; the settings of this process point at it."""
    folder = Path(tempfile.mkdtemp(prefix="binhyen-bench-", dir=temporary_folder(system_owner())))
    folder.chmod(0o755)
    environment = NO_LIMITS | {
        "BINHYEN_SECRET_KEY": secrets.token_hex(32),
        "BINHYEN_RECEIPT_PEPPER": secrets.token_hex(32),
        "BINHYEN_DATA_DIR": str(folder / "files"),
    }
    try:
        with Cluster(folder / "pg") as cluster:
            os.environ.update(environment, BINHYEN_DATABASE_URL=cluster.url())
            config.reset_settings()
            db.dispose()
            engine = create_engine(cluster.url())
            migrate.upgrade(engine)
            engine.dispose()
            yield cluster.url()
            db.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(target: str, *, ready: str, environment: dict[str, str] | None = None) -> Iterator[int]:
    """granian serving `target` ("module:app") on a free port, once `ready` (a path) answers; yields the port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(port), target]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | (environment or {}), start_new_session=True, stdout=log, stderr=log
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}{ready}", log)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", url: str, log: IO[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            log.seek(0)
            raise RuntimeError(f"the server ended before it answered: {log.read()[-2000:].decode()}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer")
