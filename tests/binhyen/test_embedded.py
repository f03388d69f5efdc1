"""The embedded server: starts, is closed to others, keeps its data, cleans up after a crash."""

import os
import pwd
import signal
import socket
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from binhyen import embedded, embedded_owner
from binhyen.embedded import DURABLE, FAST, Cluster
from binhyen.embedded_owner import ClusterFailed
from tests.binhyen.servers import as_root, open_folder, rows


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as place:
        yield place / "postgres"


def test_keeps_its_data_over_a_restart(folder: Path) -> None:
    with Cluster(folder, FAST) as cluster:
        rows(cluster, "CREATE TABLE kept (word text)")
        rows(cluster, "INSERT INTO kept VALUES ('bình yên')")
    assert cluster.pid is None
    with Cluster(folder, FAST) as cluster:
        assert rows(cluster, "SELECT word FROM kept") == [("bình yên",)]


def test_listens_on_nothing_but_a_socket_of_its_own_user(folder: Path) -> None:
    with Cluster(folder, FAST) as cluster:
        assert rows(cluster, "SHOW listen_addresses") == [("",)]
        assert stat.S_IMODE((cluster.socket_folder).stat().st_mode) == 0o700
        assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700


def test_a_crash_loses_nothing_that_was_committed(folder: Path) -> None:
    first = Cluster(folder, DURABLE)
    first.start()
    rows(first, "CREATE TABLE kept (word text)")
    pid = first.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    first.stop()
    with Cluster(folder, DURABLE) as second:
        assert second.pid not in (None, pid)
        assert rows(second, "SELECT count(*) FROM kept") == [(0,)]


def test_a_start_waits_for_what_a_killed_server_left_to_end(folder: Path) -> None:
    first = Cluster(folder, DURABLE)
    first.start()
    engine = create_engine(first.url())
    with engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        os.kill(backend, signal.SIGSTOP)  # busy: it does not see that its server has died
        assert first.pid is not None
        os.kill(first.pid, signal.SIGKILL)
        first.stop()
        end = threading.Timer(1, os.kill, (backend, signal.SIGKILL))
        end.start()
        with Cluster(folder, DURABLE) as second:
            end.join()
            assert rows(second, "SELECT 1") == [(1,)]
        assert "pre-existing shared memory block" in second.log.read_text()
        connection.invalidate()
    engine.dispose()


def test_a_start_that_is_given_up_leaves_no_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cluster(folder, FAST).__enter__().stop()
    slow = Cluster(folder, FAST)
    monkeypatch.setattr(embedded, "START_SECONDS", 0)
    with pytest.raises(ClusterFailed, match="no answer within"):
        slow.start()
    assert slow.pid is None
    monkeypatch.undo()
    with Cluster(folder, FAST) as next_one:
        assert rows(next_one, "SELECT 1") == [(1,)]


def test_data_whose_making_was_interrupted_are_made_again(folder: Path) -> None:
    (folder / "data.unfinished").mkdir(parents=True)
    (folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    with Cluster(folder, FAST) as cluster:
        assert rows(cluster, "SELECT 1") == [(1,)]
    assert not (folder / "data.unfinished").exists()


def test_what_keeps_it_from_starting_is_one_sentence(folder: Path) -> None:
    folder.parent.joinpath("file").touch()
    with pytest.raises(ClusterFailed, match=r"PostgreSQL cannot start on .*: File exists") as refused:
        Cluster(folder.parent / "file" / "postgres", FAST).start()
    assert len(str(refused.value).splitlines()) == 1


def test_the_log_repeats_no_value_of_a_row(folder: Path) -> None:
    with Cluster(folder, FAST) as cluster:
        rows(cluster, "CREATE TABLE people (phone text PRIMARY KEY)")
        rows(cluster, "INSERT INTO people VALUES ('+84550000001')")
        with pytest.raises(IntegrityError):
            rows(cluster, "INSERT INTO people VALUES ('+84550000001')")
        said = cluster.log.read_text()
    assert "duplicate key" in said
    assert "84550000001" not in said


def test_a_server_left_running_is_taken_over(folder: Path) -> None:
    left = Cluster(folder, FAST)
    left.start()
    with Cluster(folder, FAST) as second:
        assert rows(second, "SELECT 1") == [(1,)]
    assert left.pid is None
    left.stop()


def test_a_number_that_a_crash_left_behind_is_not_taken_for_the_server(folder: Path) -> None:
    cluster = Cluster(folder, FAST)
    cluster.data.mkdir(parents=True)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        try:
            (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
            assert cluster.pid is None
            cluster.stop()
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_a_long_path_still_gets_a_socket(folder: Path) -> None:
    deep = folder.parent / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    with Cluster(deep / "postgres", FAST) as cluster:
        assert rows(cluster, "SELECT 1") == [(1,)]
    assert not cluster.socket_folder.exists()


@pytest.fixture
def far(folder: Path) -> Iterator[Cluster]:
    """A server whose socket lies in the temporary folder, under a name that anybody can work out."""
    cluster = Cluster(folder.parent / ("a" * 90) / "postgres", FAST)
    assert cluster.socket_folder.parent != cluster.folder
    yield cluster
    place = cluster.socket_folder
    if place.is_symlink():
        place.unlink()
    elif place.is_dir():
        place.rmdir()


def test_a_link_planted_where_the_socket_goes_is_not_followed(far: Cluster, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    before = tmp_path.stat()
    far.socket_folder.symlink_to(tmp_path)
    with pytest.raises(ClusterFailed, match="take it away"):
        far.start()
    after = tmp_path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


@as_root
def test_a_folder_of_somebody_else_is_not_taken_for_the_socket(far: Cluster) -> None:
    far.socket_folder.mkdir()
    os.chown(far.socket_folder, 65534, 65534)
    with pytest.raises(ClusterFailed, match="belongs to somebody else"):
        far.start()
    assert far.socket_folder.stat().st_uid == 65534


@as_root
def test_for_root_the_server_runs_as_its_own_user_and_group(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = next((user for user in pwd.getpwall() if 0 < user.pw_uid < 100 and user.pw_uid != user.pw_gid), None)
    if other is None:
        pytest.skip("every user of this machine has a group of the same number")
    monkeypatch.setattr(embedded_owner, "SYSTEM_USER", other.pw_name)
    with Cluster(folder, FAST) as cluster:
        for path in (cluster.data, cluster.socket_folder, cluster.log):
            assert (path.stat().st_uid, path.stat().st_gid) == (other.pw_uid, other.pw_gid)


def test_the_network_beyond_this_machine_is_closed_to_tests() -> None:
    with socket.socket() as closed, pytest.raises(PermissionError, match="only this machine"):
        closed.connect(("192.0.2.1", 80))
