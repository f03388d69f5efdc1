"""Where the embedded server's files go when its user cannot enter the project, and what stays as it was."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from binhyen import embedded_place, embedded_programs
from binhyen.embedded import FAST, Cluster
from binhyen.embedded_owner import ClusterFailed, NoServerHere
from tests.binhyen.servers import as_root, modes, open_folder, rows

ROOT = Path(__file__).parents[2]
MIGRATE = """
import sys
from pathlib import Path
from binhyen import cli, embedded_place
embedded_place.ELSEWHERE = Path(sys.argv.pop(1))
cli.main()
"""
pytestmark = as_root


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user may enter."""
    with open_folder() as place:
        yield place


@pytest.fixture
def closed(open_place: Path) -> Path:
    """A home that only root may enter, with a project in it."""
    home = open_place / "home"
    home.mkdir(mode=0o700)
    (home / "project" / ".binhyen").mkdir(parents=True)
    return home


@pytest.fixture
def elsewhere(open_place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = open_place / "binhyen-postgres"
    monkeypatch.setattr(embedded_place, "ELSEWHERE", place)
    return place


def test_the_database_of_a_closed_project_lies_elsewhere_and_no_folder_is_opened(closed: Path, elsewhere: Path) -> None:
    project = closed / "project"
    named = project / ".binhyen" / "postgres"
    before = modes(named.parent)
    with Cluster(named, FAST) as cluster:
        rows(cluster, "CREATE TABLE kept (word text)")
        assert cluster.folder.parent == elsewhere
        assert named.readlink() == cluster.folder
        assert str(named.parent) in (cluster.folder / embedded_place.NOTE).read_text()
        assert cluster.data.stat().st_mode & 0o777 == 0o700
    assert modes(named.parent) == before
    assert [path.name for path in named.parent.iterdir()] == ["postgres"]

    project.rename(closed / "moved")
    with Cluster(closed / "moved" / ".binhyen" / "postgres", FAST) as cluster:
        assert rows(cluster, "SELECT * FROM kept") == [], "a project that is moved finds its database"
    cluster.destroy()
    assert list(elsewhere.iterdir()) == []
    assert not cluster.named.is_symlink()


def test_whatever_the_umask_the_place_can_be_entered(closed: Path, elsewhere: Path) -> None:
    before = os.umask(0o077)
    try:
        with Cluster(closed / "project" / ".binhyen" / "postgres", FAST) as cluster:
            assert rows(cluster, "SELECT 1") == [(1,)]
    finally:
        os.umask(before)


def test_a_place_that_is_not_there_is_not_replaced_by_an_empty_one(closed: Path, elsewhere: Path) -> None:
    named = closed / "project" / ".binhyen" / "postgres"
    named.symlink_to(elsewhere / "unmounted")
    with pytest.raises(ClusterFailed, match="which is not there"):
        Cluster(named, FAST).start()
    assert not elsewhere.exists()


def test_a_database_that_its_user_can_reach_stays_where_it_is(closed: Path, elsewhere: Path) -> None:
    closed.chmod(0o711)
    with Cluster(closed / "project" / ".binhyen" / "postgres", FAST) as cluster:
        assert cluster.folder == cluster.named
    assert not elsewhere.exists()


def test_a_database_that_its_user_can_no_longer_reach_is_not_replaced_by_an_empty_one(
    closed: Path, elsewhere: Path
) -> None:
    closed.chmod(0o711)
    cluster = Cluster(closed / "project" / ".binhyen" / "postgres", FAST)
    with cluster:
        pass
    closed.chmod(0o700)
    with pytest.raises(ClusterFailed, match=f"chmod o\\+x {closed}") as refused:
        cluster.start()
    assert len(str(refused.value).splitlines()) == 1
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not elsewhere.exists()


def test_where_nothing_can_be_made_elsewhere_a_sentence_says_what_to_do(closed: Path, elsewhere: Path) -> None:
    elsewhere.touch()  # a file where a folder is wanted
    cluster = Cluster(closed / "project" / ".binhyen" / "postgres", FAST)
    with pytest.raises(NoServerHere, match="set BINHYEN_DATA_DIR to a folder that every user may enter"):
        cluster.start()
    assert not cluster.named.exists()


def test_a_database_of_another_user_is_not_taken_over(open_place: Path) -> None:
    cluster = Cluster(open_place / "postgres", FAST)
    with cluster:
        pass
    os.chown(cluster.data, 65534, 65534)
    with pytest.raises(ClusterFailed, match=f"chown -R pgserver {cluster.data}"):
        cluster.start()
    assert cluster.data.stat().st_uid == 65534


@pytest.fixture
def closed_wheel(closed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The wheel of PostgreSQL installed where only root may enter, the way a strict umask leaves it."""
    installed = embedded_programs.program("postgres").parents[1]
    site = closed / "site-packages"
    for path in embedded_programs._parts(installed):
        target = site / path.relative_to(installed.parents[1])
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        target.chmod(0o700)
    ours = site / installed.relative_to(installed.parents[1])
    shutil.copy(installed / "bin" / "psql", ours / "bin")
    (ours.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(site)
    return site


def test_programs_in_a_closed_folder_run_from_a_copy_beside_the_data(
    closed_wheel: Path, closed: Path, open_place: Path
) -> None:
    before = modes(closed_wheel)
    cluster = Cluster(open_place / "postgres", FAST)
    with cluster:
        assert rows(cluster, "SELECT 1") == [(1,)]
        (copy,) = cluster.folder.glob(f"{embedded_programs.COPY}*")
        running = Path(os.fsdecode(Path(f"/proc/{cluster.pid}/cmdline").read_bytes().split(b"\0")[0]))
        assert running.is_relative_to(copy)
        assert running.stat().st_uid == 0, "the server cannot write its own program"
    assert modes(closed_wheel) == before

    copied = running.stat().st_ino
    with cluster:
        assert running.stat().st_ino == copied, "copied once"
    running.write_bytes(b"cut short by a power cut")
    copy.rename(copy.with_name(f"{embedded_programs.COPY}0.0.1"))
    with cluster:
        assert rows(cluster, "SELECT 1") == [(1,)]
    assert list(cluster.folder.glob(f"{embedded_programs.COPY}*")) == [copy], "a copy of another release is not kept"


def test_temporary_folders_that_are_closed_are_not_used(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(closed))
    with Cluster(closed.parent / ("a" * 90) / "postgres", FAST) as cluster:
        assert cluster.socket_folder.parent == Path("/tmp")
        assert rows(cluster, "SELECT 1") == [(1,)]
    assert closed.stat().st_mode & 0o777 == 0o700


def test_the_secrets_of_a_closed_project_stay_in_it(closed: Path, elsewhere: Path) -> None:
    data = closed / "project" / ".binhyen"
    before = modes(data)
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE, str(elsewhere), "migrate"],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "BINHYEN_DATA_DIR": str(data), "TMPDIR": str(closed)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "step(s) carried out" in done.stdout
    assert (data / "secrets.env").stat().st_mode & 0o777 == 0o600
    (place,) = elsewhere.iterdir()
    assert not list(place.rglob("secrets.env"))
    assert modes(data) == before
