"""The app's home on a middle-class phone: Lighthouse with its mobile preset, and what the first load weighs.

Runs against the demo's data, for a reader who has chosen the invented ward, so that its alerts are on the screen;
nothing is cached and no service worker helps. Lighthouse drives the system's Chromium.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench import server
from binhyen import demo
from binhyen.demo import alerts as demo_alerts
from binhyen.demo import ward as demo_ward

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = ROOT / "bench" / "node_modules" / "lighthouse" / "cli" / "index.js"
NODE = Path(sys.executable).parent / "node"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
NEWEST = demo_alerts.ALERTS[-1].headline.vi
CATEGORIES = {"performance": "performance", "accessibility": "accessibility", "best-practices": "best_practices"}
ROUNDS = 5


@contextmanager
def reader(site: str) -> Iterator[int]:
    """A browser in which somebody has chosen the demo's ward and nothing else is kept; yields its debugging port."""
    port = server.free_port()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="binhyen-reader-") as profile:
        arguments = [*CHROMIUM, f"--remote-debugging-port={port}"]
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=arguments, locale="vi-VN", service_workers="block"
        )
        page = context.pages[0]
        page.goto(f"{site}/phuong")
        page.locator("input").first.fill("ban mai")
        page.get_by_text(demo_ward.NAME).first.click()
        page.wait_for_url("**/to-dan-pho")
        page.goto(f"{site}/")
        page.get_by_text(NEWEST).first.wait_for()
        page.goto("about:blank")
        context.new_cdp_session(page).send("Network.clearBrowserCache")
        yield port
        context.close()


def audit(site: str, folder: Path) -> dict[str, Any]:
    """One report of Lighthouse as JSON; raises CalledProcessError."""
    report = folder / "report.json"
    with reader(site) as port:
        command = [
            str(NODE), str(LIGHTHOUSE), f"{site}/", "--quiet", "--output=json", f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}", f"--port={port}", "--disable-storage-reset",
            "--no-enable-error-reporting",
        ]  # fmt: skip
        subprocess.run(command, check=True, cwd=folder)
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def chromium() -> str:
    """The system's Chromium; exits when there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("no Chromium found: apt-get install chromium")
    return found


def weight(report: dict[str, Any]) -> tuple[float, float]:
    """Kilobytes (1,000 bytes) of JavaScript and of everything that went over the network."""
    requests = report["audits"]["network-requests"]["details"]["items"]
    sizes = [(one.get("resourceType"), one.get("transferSize", 0)) for one in requests]
    return sum(size for kind, size in sizes if kind == "Script") / 1000, sum(size for _, size in sizes) / 1000


def main() -> None:
    """Audit the home screen several times and tell the medians."""
    os.environ["BINHYEN_DEMO"] = "1"
    with tempfile.TemporaryDirectory(prefix="binhyen-lighthouse-") as name, server.database():
        demo.make()
        with server.serving("binhyen.wsgi:app", ready="/healthz") as port:
            reports = []
            for number in range(ROUNDS):
                reports.append(audit(f"http://127.0.0.1:{port}", Path(name)))
                scores = {key: reports[-1]["categories"][key]["score"] for key in CATEGORIES}
                print(f"round {number + 1}: {scores}")
    for fault in faults(reports[-1]):
        print(f"  to mend: {fault}")
    told = {
        f"lighthouse_{name}": statistics.median(report["categories"][key]["score"] for report in reports)
        for key, name in CATEGORIES.items()
    }
    scripts, everything = weight(reports[-1])
    print("RESULT " + " ".join(f"{name}={score:.2f}" for name, score in told.items()), end=" ")
    print(f"app_js_kb={scripts:.1f} app_total_kb={everything:.1f}")


def faults(report: dict[str, Any]) -> list[str]:
    """Audits of the measured categories that did not pass."""
    wanted = {one["id"] for key in CATEGORIES for one in report["categories"][key]["auditRefs"] if one["weight"]}
    audits = report["audits"].items()
    return [f"{key} {one['title']}" for key, one in audits if key in wanted and (one["score"] or 0) < 0.9]


if __name__ == "__main__":
    main()
