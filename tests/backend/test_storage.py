"""Blobs: durable, private, under keys that tell nothing and reach nothing else."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from backend.config import settings
from backend.storage import BlobMissing, FolderStorage, storage

SEALED = b"\x01 sealed by the caller"


@pytest.fixture
def folder(tmp_path):
    return FolderStorage(tmp_path / "blobs")


def test_what_is_put_can_be_got_until_it_is_deleted(folder):
    key = folder.put(SEALED)
    assert folder.get(key) == SEALED
    folder.delete(key)
    folder.delete(key)
    with pytest.raises(BlobMissing):
        folder.get(key)


def test_the_same_bytes_twice_have_unrelated_keys(folder):
    assert folder.put(SEALED) != folder.put(SEALED)


def test_files_are_for_this_user_only(folder, tmp_path):
    before = os.umask(0o022)
    key = folder.put(SEALED)
    os.umask(before)
    place = tmp_path / "blobs" / key[:2] / key
    assert place.stat().st_mode & 0o777 == 0o600
    assert {entry.stat().st_mode & 0o777 for entry in (tmp_path / "blobs").iterdir()} == {0o700}


@pytest.mark.parametrize(
    "key", ["", "..", "../../etc/passwd", "/etc/passwd", "a" * 31, "a" * 33, "A" * 32, "a" * 32 + "\n", "\0" * 32]
)
def test_no_key_leads_out_of_the_folder(folder, key):
    for act in (folder.get, folder.delete):
        with pytest.raises(BlobMissing):
            act(key)


def test_a_write_that_fails_leaves_nothing(folder, tmp_path, monkeypatch):
    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full_disk)
        with pytest.raises(OSError, match="No space"):
            folder.put(SEALED)
    assert [file for file in (tmp_path / "blobs").rglob("*") if file.is_file()] == []


def test_what_is_old_is_listed_in_the_order_of_the_keys(folder, tmp_path):
    known, lost, young = folder.put(b"known"), folder.put(b"lost"), folder.put(b"young")
    cut_off = "c" * 32  # the power went while it was written
    (tmp_path / "blobs" / "incoming" / cut_off).write_bytes(b"half")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).timestamp()
    for key in (known, lost):
        os.utime(tmp_path / "blobs" / key[:2] / key, (yesterday, yesterday))
    os.utime(tmp_path / "blobs" / "incoming" / cut_off, (yesterday, yesterday))

    old = list(folder.stored_before(datetime.now(UTC) - timedelta(hours=2)))
    assert old == sorted([known, lost, cut_off])
    for key in (lost, cut_off):
        folder.delete(key)
    assert list(folder.stored_before(datetime.now(UTC) + timedelta(hours=1))) == sorted([known, young])


def test_files_show_the_hour_only(folder, tmp_path):
    key = folder.put(SEALED)
    root = tmp_path / "blobs"
    for place in (root / key[:2] / key, root / key[:2], root / "incoming", root):
        assert place.stat().st_mtime % 3600 == 0


def test_an_empty_storage_lists_nothing(folder):
    assert list(folder.stored_before(datetime.now(UTC))) == []


def test_the_installations_storage_lies_in_its_data_folder():
    key = storage().put(SEALED)
    assert storage().get(key) == SEALED
    assert (settings().blobs / key[:2] / key).is_file()
