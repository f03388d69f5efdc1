"""Tests that did not run: `make test` counts them at its end, and continuous integration fails for them."""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT_ONLY = "only root can make what belongs to somebody else"
NO_CHROMIUM = "no Chromium here (apt-get install chromium)"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--skips-to=FILE`: where the tests that did not run are added up."""
    parser.addoption("--skips-to", type=Path, metavar="FILE", help="add a line for every test that was skipped")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Note every skipped test; in continuous integration none may be, except those that need root."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return  # the process that started this one reports
    skipped = [_kind_and_reason(report) for report in reporter.stats.get("skipped", [])]
    file = session.config.getoption("skips_to")
    if file is not None:
        with file.open("a") as lines:
            lines.writelines(json.dumps(one) + "\n" for one in skipped)
    not_allowed = [reason for _, reason in skipped if reason != ROOT_ONLY]
    if os.environ.get("CI") and not_allowed and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("")
        reporter.write_line(f"continuous integration must skip nothing: {'; '.join(sorted(set(not_allowed)))}")


def _kind_and_reason(report: Any) -> tuple[str, str]:
    kind = "browser test" if "browser" in getattr(report, "keywords", {}) else "test"
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return kind, reason.removeprefix("Skipped: ")


def verdict(file: Path) -> str:
    """The last line of `make test`, from what the runs have noted in `file`."""
    skipped = Counter(tuple(json.loads(line)) for line in file.read_text().splitlines())
    if not skipped:
        return "everything passed"
    told = [f"{count} {kind}{'s' if count > 1 else ''} did not run: {why}" for (kind, why), count in skipped.items()]
    return f"all that ran passed; {'; '.join(told)}"


if __name__ == "__main__":
    print(f"make test: {verdict(Path(sys.argv[1]))}")
