"""Where a process finds its database and secrets: the environment first, else the data folder of this machine."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from backend import config, db
from backend.push import vapid
from binhyen.embedded import Cluster

PREFIX = "BINHYEN_"


class DataFolderRefused(Exception):
    """The data folder cannot be used by whoever runs this; the text says why, and what to do."""


def data_folder() -> Path:
    """The folder of this machine's own data (BINHYEN_DATA_DIR, else .binhyen here)."""
    return Path(os.environ.get(f"{PREFIX}DATA_DIR", ".binhyen")).absolute()


@contextmanager
def using_data_folder() -> Iterator[Path]:
    """The data folder, made when there is none. Raises DataFolderRefused when the block may not read or write in it."""
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    except OSError as error:
        raise DataFolderRefused(
            f"the data folder {folder} cannot be used, {error.strerror} ({error.filename or 'while writing'}): "
            "start as the user to whom it belongs, or set BINHYEN_DATA_DIR to another folder"
        ) from error


def cluster() -> Cluster:
    """The embedded server of the data folder, started or not."""
    return Cluster(data_folder() / "postgres")


def uses_embedded() -> bool:
    """Whether no database is named, so that the embedded one is used."""
    return not os.environ.get(f"{PREFIX}DATABASE_URL")


def load_secrets() -> None:
    """Take the secrets that the environment does not name from the data folder's file, made at first use.

    The file is the root of every key on the server: keep it out of the database's backups. Raises DataFolderRefused.
    """
    with using_data_folder() as folder:
        os.environ[f"{PREFIX}DATA_DIR"] = str(folder)
        file = folder / "secrets.env"
        if not file.exists():
            _make_secrets(file)
        lines = file.read_text().splitlines()
    for line in lines:
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)
    config.reset_settings()


def point_at(database_url: str) -> None:
    """Use this database in this process and those it starts."""
    os.environ[f"{PREFIX}DATABASE_URL"] = database_url
    config.reset_settings()


@contextmanager
def database() -> Iterator[None]:
    """Settings with a database that answers: the one named, the embedded one if it runs, or one for the block."""
    load_secrets()
    if not uses_embedded():
        yield
        return
    server = cluster()
    if server.pid is not None:
        point_at(server.url())
        yield
        return
    with server:
        point_at(server.url())
        try:
            yield
        finally:
            db.dispose()


def _make_secrets(file: Path) -> None:
    """Write new secrets, whole or not at all; of two processes that start at once the first one's stay."""
    made = {"SECRET_KEY": _random(), "RECEIPT_PEPPER": _random(), "VAPID_PRIVATE_KEY": vapid.new_private_key()}
    with NamedTemporaryFile("w", dir=file.parent) as aside:  # readable by its owner only
        aside.writelines(f"{PREFIX}{name}={value}\n" for name, value in made.items())
        aside.flush()
        os.fsync(aside.fileno())
        with suppress(FileExistsError):
            os.link(aside.name, file)


def _random() -> str:
    return secrets.token_urlsafe(48)
