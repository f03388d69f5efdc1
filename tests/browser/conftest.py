"""A whole site and a real browser: granian, worker, a database of its own with the invented ward, protocol doubles."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from binhyen.demo_accounts import DemoAccounts, load
from tests import cluster as test_cluster
from tests.browser.panel import person, sign_in
from tests.doubles.fcm import FcmDouble
from tests.doubles.webpush import WebPushDouble
from tests.skips import NO_CHROMIUM

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
}"""
# A refusal of the server and a lost network are shown by the page itself, and a private window gets no push but the
# demo's own page does: the browser's own lines about them are no fault.
NO_FAULTS = (
    "Failed to load resource",
    "An unknown error occurred when fetching the script",
    "does not support the Push API in incognito mode",
)
Desk = Callable[[str], Page]
NewPhone = Callable[..., Page]
PATIENCE = 20_000  # milliseconds: a busy machine is slow, not wrong

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves a running event loop behind, in which others could start none."""
    here = Path(__file__).parent
    mine = [item for item in items if here in item.path.parents]
    for item in mine:
        item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(300))  # the first one also waits for the site
    items[:] = [item for item in items if item not in set(mine)] + mine


@pytest.fixture(scope="session", autouse=True)
def _needs_chromium() -> None:
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS, "headless": True}


@dataclass(frozen=True)
class Site:
    """A running site. `fcm` and `webpush` are what its worker talks to."""

    url: str
    database_url: str
    accounts: DemoAccounts
    fcm: FcmDouble
    webpush: WebPushDouble


@pytest.fixture(scope="session")
def site(admin_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this run, with the demo's people and data; tests leave in it what they do."""
    name = f"browser_{uuid4().hex[:8]}"
    database_url = test_cluster.create_database(admin_url, name, test_cluster.TEMPLATE)
    folder = tmp_path_factory.mktemp("site")
    with FcmDouble() as fcm, WebPushDouble() as webpush:
        credentials = folder / "fcm.json"
        credentials.write_text(json.dumps(fcm.credentials()))
        port = _free_port()
        environment = os.environ | {
            "BINHYEN_DATABASE_URL": database_url,
            "BINHYEN_DATA_DIR": str(folder),
            "BINHYEN_DEMO": "1",
            "BINHYEN_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "BINHYEN_FCM_CREDENTIALS": str(credentials),
            "BINHYEN_FCM_BASE_URL": fcm.origin,
            "BINHYEN_PUSH_LOOPBACK": "1",
            "BINHYEN_WEBPUSH_HOSTS": "127.0.0.1",
            # one network plays every reader
            "BINHYEN_OTP_PER_NETWORK_HOUR": "1000",
            "BINHYEN_OTP_PER_PHONE_HOUR": "1000",
            "BINHYEN_TIPS_PER_NETWORK_HOUR": "1000",
            "BINHYEN_RECEIPT_TRIES_PER_NETWORK_MINUTE": "1000",
        }
        _run("demo-data", environment, folder)
        accounts = load(folder)
        assert accounts is not None
        web = _start(["serve", "--port", str(port), "--workers", "1"], environment, folder / "web.log")
        worker = _start(["worker"], environment, folder / "worker.log")
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/healthz", web, folder)
            yield Site(f"http://127.0.0.1:{port}", database_url, accounts, fcm, webpush)
        finally:
            for process in (web, worker):
                process.terminate()
            for process in (web, worker):
                process.wait(60)
    test_cluster.drop_database(admin_url, name)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A resident's telephone: 360 × 740, Vietnamese, its own storage; what the page complains about fails the test."""
    context = browser.new_context(
        base_url=site.url,
        viewport=PHONE,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        is_mobile=True,
        has_touch=True,
    )
    yield from _page(context)


@pytest.fixture
def new_phone(browser: Browser, site: Site) -> Iterator[NewPhone]:
    """More telephones, which know nothing of each other."""
    contexts: list[BrowserContext] = []

    def make(locale: str = "vi-VN", **more: Any) -> Page:
        context = browser.new_context(
            **more,
            base_url=site.url,
            viewport=PHONE,
            locale=locale,
            timezone_id="Asia/Ho_Chi_Minh",
            is_mobile=True,
            has_touch=True,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """An officer's desk: 1440 × 900, Vietnamese, its own storage."""
    context = browser.new_context(base_url=site.url, viewport=DESK, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    yield from _page(context)


def _page(context: BrowserContext) -> Iterator[Page]:
    complaints = _complaints(context, "error")
    yield context.new_page()
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def doors() -> dict[str, Any]:
    """What the browsers of those who have signed in hold: a code of the authenticator works once."""
    return {}


@pytest.fixture
def at_desk(browser: Browser, site: Site, doors: dict[str, Any]) -> Iterator[Desk]:
    """A desk with somebody signed in to the panel; what the page complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[list[str]] = []

    def sit(username: str) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport=DESK,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            storage_state=doors.get(username),
        )
        contexts.append(context)
        complaints.append(_complaints(context, "error", "warning"))
        page = context.new_page()
        if username not in doors:
            sign_in(page, person(site.accounts, username))
            doors[username] = context.storage_state()
        return page

    yield sit
    for context in contexts:
        context.close()
    assert [heard for heard in complaints if heard] == []


def _complaints(context: BrowserContext, *kinds: str) -> list[str]:
    """Hears what the pages of `context` complain about from now on."""
    context.set_default_timeout(PATIENCE)
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in kinds and not any(known in message.text for known in NO_FAULTS):
            heard.append(message.text)

    context.on("console", hear)
    context.on("weberror", lambda error: heard.append(str(error.error)))
    return heard


def check_axe(page: Page) -> None:
    """No violation of WCAG 2.2 A or AA (and of axe's best practices) on the page as it stands now."""
    page.evaluate(SETTLED)  # a colour half way to the next one is nobody's contrast
    page.evaluate(AXE.read_text())  # over the debugger: the page's own Content-Security-Policy stays on
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    told = [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
    assert told == [], "\n".join(told)


def _run(command: str, environment: dict[str, str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "binhyen", command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"binhyen {command}: {done.stdout}{done.stderr}"


def _start(arguments: list[str], environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as opened:
        return subprocess.Popen(
            [sys.executable, "-m", "binhyen", *arguments], cwd=ROOT, env=environment, stdout=opened, stderr=opened
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    limit = time.monotonic() + 120
    while time.monotonic() < limit and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the site did not start: {(folder / 'web.log').read_text()[-3000:]}")
