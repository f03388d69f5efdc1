"""What the tests of the embedded server share."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from binhyen.embedded import Cluster
from binhyen.embedded_owner import system_owner
from binhyen.embedded_place import temporary_folder
from tests.skips import ROOT_ONLY

as_root = pytest.mark.skipif(os.geteuid() != 0, reason=ROOT_ONLY)


def rows(cluster: Cluster, statement: str) -> list[tuple[object, ...]]:
    """What a statement returns on a server that runs."""
    engine = create_engine(cluster.url())
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder for the block that the server's user can enter: those of pytest are closed to others."""
    place = temporary_folder(system_owner())
    with tempfile.TemporaryDirectory(prefix="binhyen-open-", dir=place) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def modes(folder: Path) -> dict[Path, int]:
    """The permissions of a folder and of every one above it."""
    return {part: part.stat().st_mode for part in (folder, *folder.parents)}
