"""Storage of blobs under random keys. Callers seal the bytes first; no plaintext is stored."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Protocol

from backend.config import settings
from backend.errors import N_, DomainError, Kind

_KEY = re.compile(r"[0-9a-f]{32}")
_INCOMING = "incoming"


class BlobMissing(DomainError):
    """A stored file is gone; the operator has to restore the storage together with the database."""

    kind = Kind.NOT_FOUND
    code = "blob_missing"
    text = N_("Không còn tìm thấy tệp này trong kho lưu trữ.")


class Storage(Protocol):
    """Where blobs are stored."""

    def put(self, data: bytes) -> str:
        """Store the bytes durably and return their key: 32 random hexadecimal digits."""

    def get(self, key: str) -> bytes:
        """The bytes of a key; raises BlobMissing."""

    def delete(self, key: str) -> None:
        """Delete a blob; a key that does not exist is no error."""

    def stored_before(self, moment: datetime) -> Iterator[str]:
        """The keys that were stored before `moment`, ascending: to find blobs that no row refers to.

        A blob is stored before its row is committed, and its time is rounded down to the hour. So `moment` must be some
        hours ago.
        """


class FolderStorage:
    """Blobs as files `ab/ab12…` in a local folder that only this user can read.

    A new file is written completely before it gets its name. The times of files and folders are rounded down to the
    hour, because backups copy them and only the hour of a tip may be known.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes) -> str:
        key = token_hex(16)
        arriving, place = self._root / _INCOMING / key, self._place(key)
        _make_folder(arriving.parent)
        _make_folder(place.parent)
        try:
            _write_durably(arriving, data)
            _show_hour(arriving)
            arriving.rename(place)
            _show_hour(arriving.parent, place.parent, self._root)
        except BaseException:
            arriving.unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        return key

    def get(self, key: str) -> bytes:
        try:
            return self._place(key).read_bytes()
        except FileNotFoundError:
            raise BlobMissing from None

    def delete(self, key: str) -> None:
        place = self._place(key)
        place.unlink(missing_ok=True)
        (self._root / _INCOMING / key).unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            _sync_folder(place.parent)

    def stored_before(self, moment: datetime) -> Iterator[str]:
        arriving = self._old(_INCOMING, moment)
        for folder in (f"{number:02x}" for number in range(256)):  # one by one: there may be millions of keys
            yield from sorted(self._old(folder, moment) | {key for key in arriving if key.startswith(folder)})

    def _old(self, folder: str, moment: datetime) -> set[str]:
        found = set()
        with suppress(FileNotFoundError):
            for entry in os.scandir(self._root / folder):
                with suppress(FileNotFoundError):  # deleted meanwhile
                    if _KEY.fullmatch(entry.name) and entry.stat().st_mtime < moment.timestamp():
                        found.add(entry.name)
        return found

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):  # also prevents paths outside the folder
            raise BlobMissing
        return self._root / key[:2] / key


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _write_durably(place: Path, data: bytes) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _show_hour(*places: Path) -> None:
    hour = int(time()) // 3600 * 3600
    for place in places:
        os.utime(place, (hour, hour))


def _sync_folder(folder: Path) -> None:
    """Write the folder's list of names to the disk, so that it survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@lru_cache(maxsize=4)
def _folder(root: Path) -> FolderStorage:
    return FolderStorage(root)


def storage() -> Storage:
    """The storage of this installation."""
    return _folder(settings().blobs)
