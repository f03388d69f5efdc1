"""The PostgreSQL server of a test run: one for all workers, with a migrated template that each worker clones."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from binhyen import migrate
from binhyen.embedded import FAST, Cluster

TEMPLATE = "template_binhyen"
_PREFIX = "binhyen-test-"


def start() -> Cluster:
    """Start a server that is thrown away after the run, with the template database in it."""
    _sweep()
    # a short path: a socket's may have some hundred bytes only, and the server's user must reach it
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)
    cluster = Cluster(folder, FAST | {"max_connections": "200"})
    cluster.start()
    create_database(cluster.url("postgres"), TEMPLATE)
    engine = create_engine(cluster.url(TEMPLATE))
    migrate.upgrade(engine)
    engine.dispose()
    return cluster


def stop(cluster: Cluster) -> None:
    """Stop the server and delete everything it wrote."""
    cluster.stop()
    shutil.rmtree(cluster.folder, ignore_errors=True)


def create_database(admin_url: str, name: str, template: str = "template0") -> str:
    """Make database `name` as a copy of `template`; returns its address."""
    with _administrator(admin_url) as execute:
        execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return make_url(admin_url).set(database=name).render_as_string(hide_password=False)


def drop_database(admin_url: str, name: str) -> None:
    """Delete database `name`, whoever is still connected to it."""
    with _administrator(admin_url) as execute:
        execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _administrator(url: str) -> Iterator[Callable[[str], object]]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()


def _sweep() -> None:
    """Throw away what runs that were killed have left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            stop(Cluster(folder))
