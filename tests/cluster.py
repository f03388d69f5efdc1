"""The PostgreSQL server of a test run: one for all workers, with a migrated template that each worker clones."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from binhyen import migrate
from binhyen.embedded import FAST, Cluster
from binhyen.embedded_owner import ClusterFailed, system_owner
from binhyen.embedded_place import temporary_folder

TEMPLATE = "template_binhyen"
OPTIONS = FAST | {"max_connections": "200"}
_PREFIX = "binhyen-test-"


def start() -> Cluster:
    """Start a server that is thrown away after the run, with the template database in it.

    Where this machine cannot run one, the whole run ends with the sentence that says why.
    """
    try:
        cluster = _started()
    except ClusterFailed as error:
        pytest.exit(f"no test can run without a database: {error}", returncode=1)
    create_database(cluster.url("postgres"), TEMPLATE)
    engine = create_engine(cluster.url(TEMPLATE))
    migrate.upgrade(engine)
    engine.dispose()
    return cluster


def _started() -> Cluster:
    # a short path: a socket's may have some hundred bytes only, and the server's user must reach it
    place = temporary_folder(system_owner())
    _sweep(place)
    cluster = Cluster(Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place)), OPTIONS)
    try:
        cluster.start()
    except ClusterFailed:
        cluster.destroy()
        raise
    return cluster


def stop(cluster: Cluster) -> None:
    """Stop the server and delete everything it wrote."""
    cluster.destroy()


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


def _sweep(place: Path) -> None:
    """Throw away what runs that were killed have left behind."""
    for folder in place.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            Cluster(folder).destroy()
