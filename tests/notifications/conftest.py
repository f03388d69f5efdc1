"""The push services' doubles, the settings that point at them, and a worker."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backend import clock, config
from backend.push import vapid
from notifications import worker
from tests.doubles.fcm import FcmDouble
from tests.doubles.sms import SmsDouble
from tests.doubles.webpush import WebPushDouble
from tests.notifications import facts

AHEAD = timedelta(minutes=3)


@pytest.fixture(scope="session")
def fcm_server() -> Iterator[FcmDouble]:
    with FcmDouble() as double:
        yield double


@pytest.fixture
def fcm(fcm_server: FcmDouble) -> FcmDouble:
    fcm_server.reset()
    return fcm_server


@pytest.fixture
def browsers() -> Iterator[WebPushDouble]:
    with WebPushDouble() as double:
        yield double


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> facts.Told:
    """All that has been printed and logged; the log's own stream may be that of an earlier test."""
    return lambda: "".join(capfd.readouterr()) + caplog.text


@pytest.fixture
def gateway() -> Iterator[SmsDouble]:
    with SmsDouble() as double:
        yield double


@pytest.fixture
def pointed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fcm: FcmDouble, browsers: WebPushDouble, gateway: SmsDouble
) -> Iterator[config.Settings]:
    """The settings of an installation whose push services and SMS gateway are the doubles."""
    monkeypatch.setenv("BINHYEN_FCM_CREDENTIALS", str(facts.write_credentials(tmp_path, fcm.credentials())))
    monkeypatch.setenv("BINHYEN_FCM_BASE_URL", fcm.origin)
    monkeypatch.setenv("BINHYEN_PUSH_LOOPBACK", "1")
    monkeypatch.setenv("BINHYEN_VAPID_PRIVATE_KEY", vapid.new_private_key())
    monkeypatch.setenv("BINHYEN_VAPID_SUBJECT", "mailto:tech@example.org")
    monkeypatch.setenv("BINHYEN_SMS_URLS", gateway.apprise_url)
    config.reset_settings()
    yield config.settings()
    config.reset_settings()


@pytest.fixture
def work_off(real_db: str, pointed: config.Settings) -> facts.WorkOff:
    """Let a worker of this process do everything that is due now, and what comes of it; returns when that was.

    The worker's clock stands, some minutes ahead of the database's: what it puts off for seconds is not due again while
    a slow machine is still at work.
    """

    def run() -> datetime:
        with clock.frozen(clock.now() + AHEAD) as stopped:
            while facts.due_jobs():
                asyncio.run(worker.work(wait=False))
        return stopped.at

    return run
