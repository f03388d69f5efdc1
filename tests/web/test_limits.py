"""How often one network may ask."""

import threading
import time

import pytest
from sqlalchemy.exc import DataError

from backend import config
from tests.web.conftest import make_app
from web import limits


@pytest.fixture(autouse=True)
def _two_a_minute(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    """Two tries a minute, and a clock that stands: a minute that ends between two tries would let a third one in."""
    stopped = time.time()
    monkeypatch.setattr(time, "time", lambda: stopped)
    monkeypatch.setenv("BINHYEN_RECEIPT_TRIES_PER_NETWORK_MINUTE", "2")
    config.reset_settings()


def test_a_try_counts_even_when_its_transaction_is_rolled_back(session: object) -> None:
    client = make_app().test_client()
    client.application.testing = True
    for _ in range(2):
        with pytest.raises(DataError):
            client.post("/limited")
    refused = client.post("/limited")
    assert refused.status_code == 429
    assert refused.json is not None
    assert refused.json["code"] == "too_many_requests"
    assert 1 <= refused.json["retry_after"] <= 60


def test_networks_are_counted_apart(session: object) -> None:
    client = make_app().test_client()
    codes = [
        client.post("/limited", environ_base={"REMOTE_ADDR": address}).status_code
        for address in ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")
    ]
    assert codes == [500, 500, 429, 500]


def test_nobody_is_kept_out_because_the_counter_is_away(session: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_RATE_LIMIT_STORAGE", "redis://127.0.0.1:1")
    config.reset_settings()
    client = make_app().test_client()
    assert {client.post("/limited").status_code for _ in range(4)} == {500}  # the view was reached every time
    monkeypatch.undo()
    config.reset_settings()


def test_one_line_of_ipv6_is_one_network() -> None:
    app = make_app()
    keys = []
    for address in ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1", "::ffff:192.0.2.1", "192.0.2.1", "unix"):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            keys.append(limits.network_key())
    assert keys[0] == keys[1] != keys[2]
    assert keys[3] == keys[4] != keys[5]
    assert not any("192" in key and "." in key for key in keys)


def test_counting_in_memory_starts_no_thread_for_a_request(monkeypatch: pytest.MonkeyPatch, session: object) -> None:
    limits.reset()
    client = make_app().test_client()
    started = []
    start = threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", lambda thread: (started.append(thread), start(thread)))
    for number in range(50):
        client.post("/limited", environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
        time.sleep(0.005)
    assert len(started) <= 2  # the library's first and the sweeper
    storage = limits._limiter().storage
    assert len(storage.expirations) == 50
    monkeypatch.setattr(time, "time", lambda: later)
    later = max(storage.expirations.values()) + 1
    storage.timer.function()
    assert not storage.expirations
    assert not storage.storage
