"""An alert to 20,000 FCM devices: our whole way, beside firebase-admin's `send_each` alone.

Ours is publication, jobs, chunks and a recorded delivery for each device on a durable PostgreSQL; the SDK's side
records nothing and gets its messages ready made. Both talk to the same double, which answers after 50 ms from a process
of its own; both keep connections and token from round to round. Each round measures ours before and after theirs.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import firebase_admin
import requests
from firebase_admin import credentials, messaging
from sqlalchemy import text

from backend import db
from backend.permissions import Actor, Role
from backend.wards.models import Ward
from bench import people, server
from tests.alerts.facts import make_police, publish
from tests.notifications.facts import add_devices, fcm_address

DEVICES, ROUNDS, DELAY, BATCH = 20_000, 5, 0.05, 500
ROOT = Path(__file__).parents[1]


@contextmanager
def double(folder: Path) -> Iterator[str]:
    """FCM on the loopback; yields its origin. The settings of this process point at it."""
    file = folder / "service-account.json"
    options = ["--delay", str(DELAY), "--credentials", str(file), "--forget-messages"]
    command = [sys.executable, "-m", "tests.doubles.fcm", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        origin: str = json.loads(process.stdout.readline())["origin"]
        os.environ.update(BINHYEN_FCM_CREDENTIALS=str(file), BINHYEN_FCM_BASE_URL=origin, BINHYEN_PUSH_LOOPBACK="1")
        try:
            yield origin
        finally:
            process.terminate()


@contextmanager
def worker() -> Iterator[None]:
    """The worker as an operator starts it."""
    command = [sys.executable, "-c", "from notifications import worker; worker.run()"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def accepted(origin: str) -> int:
    """How many messages the double has taken over."""
    with urllib.request.urlopen(f"{origin}/_double/state") as answer:
        count: int = json.load(answer)["accepted"]
        return count


def ours(origin: str, officer: Actor, chief: Actor) -> float:
    """Seconds from the publication's commit until every delivery is recorded as accepted."""
    wanted = accepted(origin) + DEVICES
    with db.unit_of_work() as session:
        alert = publish(session, officer, chief)
    start = time.perf_counter()
    while accepted(origin) < wanted:
        time.sleep(0.02)
    while recorded(alert.id) < DEVICES:
        time.sleep(0.005)
    seconds = time.perf_counter() - start
    assert accepted(origin) == wanted, "somebody was told twice"
    return seconds


def recorded(alert_id: UUID) -> int:
    query = text("SELECT count(*) FROM deliveries WHERE alert_id = :id AND state = 'accepted'")
    with db.unit_of_work(read_only=True) as session:
        return int(session.execute(query, {"id": alert_id}).scalar_one())


def sdk(origin: str) -> firebase_admin.App:
    """firebase-admin, pointed at the double in the only way there is, with the pool it keeps for Google's host."""
    app = firebase_admin.initialize_app(credentials.Certificate(os.environ["BINHYEN_FCM_CREDENTIALS"]))
    service: Any = messaging._get_messaging_service(app)
    service._fcm_url = service._fcm_url.replace("https://fcm.googleapis.com", origin)
    adapter = service._client.session.get_adapter("https://fcm.googleapis.com")
    service._client.session.mount(origin, adapter)
    assert isinstance(adapter, requests.adapters.HTTPAdapter)
    return app


def theirs(messages: list[messaging.Message]) -> float:
    """Seconds for all messages, in the batches its API asks for; the messages are ready made."""
    start = time.perf_counter()
    for first in range(0, len(messages), BATCH):
        response = messaging.send_each(messages[first : first + BATCH])
        assert response.failure_count == 0, response.responses[0].exception
    return time.perf_counter() - start


def message(token: str) -> messaging.Message:
    """What our template says, as the SDK's own object."""
    return messaging.Message(
        token=token,
        notification=messaging.Notification(title="Giả danh công an, đòi 22.000 đ", body="Tài khoản sắp bị khóa."),
        data={"kind": "alert", "url": "/canh-bao/1", "tag": "1", "alert_id": "1", "expires": "2026-08-31T00:00:00Z"},
        android=messaging.AndroidConfig(collapse_key="1", priority="normal", ttl=3600),
    )


def main() -> None:
    """Run both sides in turn and tell the medians."""
    warnings.simplefilter("ignore")
    addresses = [fcm_address(number) for number in range(DEVICES)]
    with (
        tempfile.TemporaryDirectory(prefix="binhyen-fanout-") as name,
        double(Path(name)) as origin,
        server.database(),
    ):
        people.make_ward()
        with db.unit_of_work() as session:
            ward = session.get_one(Ward, people.WARD)
            officer, chief = make_police(session, ward, Role.OFFICER), make_police(session, ward, Role.CHIEF)
            add_devices(session, ward, addresses)
        sdk(origin)
        messages = [message(address.address) for address in addresses]
        with worker():
            ours(origin, officer, chief)
            theirs(messages[: 4 * BATCH])
            times: list[tuple[float, float]] = []
            for number in range(ROUNDS):
                before, sdks, after = ours(origin, officer, chief), theirs(messages), ours(origin, officer, chief)
                times.append(((before + after) / 2, sdks))
                rates = " ".join(f"{DEVICES / seconds:.0f}/s" for seconds in (before, after))
                print(f"round {number + 1}: ours {rates}, send_each {DEVICES / sdks:.0f}/s", flush=True)
    ratio = statistics.median(b / a for a, b in times)
    per_second = [DEVICES / statistics.median(side) for side in zip(*times, strict=True)]
    print(
        f"RESULT fanout_vs_send_each={ratio:.2f} fanout_per_s={per_second[0]:.0f} send_each_per_s={per_second[1]:.0f}"
    )


if __name__ == "__main__":
    main()
