"""A whole site on one machine: database, web server and worker under one supervisor."""

import fcntl
import os
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend import db
from binhyen import demo, demo_accounts, environment, migrate
from binhyen.supervisor import Supervisor

READY_SECONDS = 60
UNFINISHED = "demo.unfinished"
ANYWHERE = ("0.0.0.0", "::")


class CannotStart(Exception):
    """Something else stands in the place; the text says what, and what to do."""


def run_site(host: str, port: int) -> int:
    """Run a site until told to stop; returns the exit code."""
    with _only_one():
        _check_port(host, port)
        supervisor = Supervisor()
        environment.load_secrets()
        with _database():
            migrate.upgrade(db.engine())
            db.dispose()
            _start(supervisor, host, port)
            if _wait_until_ready(supervisor, host, port):
                print(f"Bình Yên: {_address(host, port)}", flush=True)
            return supervisor.run()


def run_demo(port: int) -> int:
    """Run the demo until told to stop; returns the exit code."""
    started = time.monotonic()
    # a folder of its own: a real site beside it is never touched
    os.environ.setdefault(f"{environment.PREFIX}DATA_DIR", str(environment.data_folder() / "demo"))
    os.environ["BINHYEN_DEMO"] = "1"
    _send_to_nobody()
    os.environ.setdefault("BINHYEN_PUBLIC_URL", f"http://127.0.0.1:{port}")
    with _only_one() as folder:
        _check_port("127.0.0.1", port)
        supervisor = Supervisor(logs=folder)
        environment.load_secrets()
        _clear_unfinished(folder)
        (folder / UNFINISHED).touch()  # before the database: a start that fails is no real site
        _say("starting PostgreSQL")
        with _database():
            migrate.upgrade(db.engine())
            _say("looking after the invented ward (the first time takes a little longer)")
            accounts = demo.make()
            (folder / UNFINISHED).unlink()
            db.dispose()
            if supervisor.asked_to_stop:
                return 0
            _say("starting the web server and the worker")
            _start(supervisor, "127.0.0.1", port)
            if _wait_until_ready(supervisor, "127.0.0.1", port):
                print(
                    demo.welcome(_address("127.0.0.1", port), folder, accounts, time.monotonic() - started), flush=True
                )
            return supervisor.run()


def _send_to_nobody() -> None:
    """The demo's people are invented, but their numbers may be somebody's: no gateway of this machine is used."""
    for way in ("SMS_URLS", "FCM_CREDENTIALS"):
        os.environ.pop(f"{environment.PREFIX}{way}", None)


def _clear_unfinished(folder: Path) -> None:
    """Throw away a demo that was stopped while it was being made; refuse a folder that holds something else."""
    if demo_accounts.load() is not None:
        return
    cluster, blobs = environment.cluster(), folder / "blobs"
    if (folder / UNFINISHED).exists():
        cluster.destroy()
        shutil.rmtree(blobs, ignore_errors=True)
    elif cluster.folder.exists() or blobs.exists():
        raise CannotStart(f"{folder} holds a real site; the demo wants a folder of its own (BINHYEN_DATA_DIR)")


def _start(supervisor: Supervisor, host: str, port: int) -> None:
    supervisor.start("web", "serve", "--host", host, "--port", str(port))
    supervisor.start("worker", "worker")


@contextmanager
def _only_one() -> Iterator[Path]:
    """The data folder, locked for the block: two supervisors would stop each other's database."""
    with environment.using_data_folder() as folder:
        lock = (folder / "lock").open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"a site already runs on {folder}; stop it, or set BINHYEN_DATA_DIR") from None
        yield folder


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CannotStart(f"port {port} is taken; choose another with PORT=…") from None


@contextmanager
def _database() -> Iterator[None]:
    if not environment.uses_embedded():
        yield
        return
    cluster = environment.cluster()
    with cluster:
        if cluster.named.is_symlink():
            _say(f"the database lies in {cluster.folder}, where its user can reach it")
        environment.point_at(cluster.url())
        yield


def _address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host in ANYWHERE else host}:{port}"


def _wait_until_ready(supervisor: Supervisor, host: str, port: int) -> bool:
    limit = time.monotonic() + READY_SECONDS
    # our own address: a proxy that the environment names would not find it
    directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < limit and not supervisor.asked_to_stop and supervisor.ended() is None:
        try:
            with directly.open(f"{_address(host, port)}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def _say(text: str) -> None:
    print(f"binhyen: {text}", file=sys.stderr, flush=True)
