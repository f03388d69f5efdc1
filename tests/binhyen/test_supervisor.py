"""All processes run, or none does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# a supervisor over two stand-ins for `binhyen …`: one that stays, and one that ends when told to by the test
PROGRAM = """
import sys
from pathlib import Path
from binhyen import supervisor
keeper = supervisor.Supervisor(Path(sys.argv[1]))
keeper.start("stays", "stand-in", "stays")
keeper.start("other", "stand-in", sys.argv[2])
print("started", flush=True)
sys.exit(keeper.run())
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package `binhyen` whose command only waits, found before the real one by the processes that are started."""
    folder = tmp_path / "binhyen"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "supervisor.py").write_text((ROOT / "binhyen" / "supervisor.py").read_text())
    (folder / "__main__.py").write_text(
        "import os, sys, time\n"
        "open(f'{os.environ[\"PIDS\"]}/{os.getpid()}', 'w').close()\n"
        "time.sleep(1 if sys.argv[2] == 'ends' else 60)\n"
        "sys.exit(3)\n"
    )
    (tmp_path / "pids").mkdir()
    monkeypatch.setenv("PIDS", str(tmp_path / "pids"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


def start(folder: Path, other: str) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), other],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    limit = time.monotonic() + 60
    while len(list((folder / "pids").iterdir())) < 2 and time.monotonic() < limit:
        time.sleep(0.05)
    return process


def still_running(folder: Path) -> list[str]:
    return [file.name for file in (folder / "pids").iterdir() if is_running(file.name)]


def is_running(pid: str) -> bool:
    """A process that has ended may wait for whoever adopted it to take notice of it (state Z)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_when_one_ends_all_end(stand_in: Path) -> None:
    process = start(stand_in, "ends")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "other has ended with code 3" in errors
    assert still_running(stand_in) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(stand_in: Path, number: int) -> None:
    process = start(stand_in, "stays")
    assert len(still_running(stand_in)) == 2
    os.kill(process.pid, number)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert still_running(stand_in) == []


def test_nothing_outlives_a_supervisor_that_is_killed(stand_in: Path) -> None:
    process = start(stand_in, "stays")
    process.kill()
    process.communicate(timeout=60)
    limit = time.monotonic() + 60
    while still_running(stand_in) and time.monotonic() < limit:
        time.sleep(0.05)
    assert still_running(stand_in) == []
