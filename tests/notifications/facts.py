"""The facts that tests of the notifier stand on: devices, a published alert, and a worker on its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from backend import clock, crypto
from backend.alerts.models import Alert
from backend.db import unit_of_work
from backend.permissions import Role
from backend.push.address import DeviceKind, PushAddress
from backend.push.models import Delivery, Device
from backend.wards.models import Area, Ward
from tests.alerts.facts import make_police, publish
from tests.make import make_area, make_ward

__all__ = ["make_area", "make_ward", "text"]

ROOT = Path(__file__).parents[2]
WorkOff = Callable[[], datetime]
Told = Callable[[], str]


def token(number: int = 0) -> str:
    """A registration token as FCM makes them: unlike an installation id."""
    return f"d{number:08d}:APA91b{uuid4().hex}{number:08d}"


def fid() -> str:
    """A Firebase installation id: 22 characters, the first of c, d, e, f."""
    return "e" + uuid4().hex[:21]


def fcm_address(number: int = 0, language: str = "vi") -> PushAddress:
    return PushAddress(DeviceKind.FCM_TOKEN, token(number), language=language)


def webpush_address(subscription: dict[str, object], language: str = "vi") -> PushAddress:
    return PushAddress.checked(kind="webpush", subscription=subscription, language=language)


def add_devices(session: Session, ward: Ward, addresses: list[PushAddress], area: Area | None = None) -> list[UUID]:
    """Devices straight into the table; registering is tested elsewhere."""
    now = clock.now()
    rows = [
        {
            "id": uuid4(), "ward_id": ward.code, "area_id": area.id if area else None, "kind": a.kind.value,
            "address": a.address, "p256dh": a.p256dh, "auth": a.auth, "language": a.language,
            "address_hash": crypto.keyed_hash("push-address", f"{a.kind.value}:{a.address}".encode()),
            "created_at": now, "seen_at": now,
        }
        for a in addresses
    ]  # fmt: skip
    session.execute(insert(Device), rows)
    return [row["id"] for row in rows]


def publish_alert(session: Session, ward: Ward, **changes: object) -> Alert:
    """An alert from draft to public, by two people; its job waits for the worker."""
    officer, chief = make_police(session, ward, Role.OFFICER), make_police(session, ward, Role.CHIEF)
    return publish(session, officer, chief, **changes)


def alert_for(addresses: list[PushAddress], **changes: object) -> Alert:
    """A ward, its devices and a published alert for them."""
    with unit_of_work() as session:
        ward = make_ward(session)
        add_devices(session, ward, addresses)
        return publish_alert(session, ward, **changes)


def state_of(alert_id: UUID, address: PushAddress) -> str:
    """What became of one device of an alert."""
    with unit_of_work(read_only=True) as session:
        device = session.scalars(select(Device).where(Device.address == address.address)).one()
    return states(alert_id)[device.id]


def states(alert_id: UUID) -> dict[UUID, str]:
    """What became of each device of an alert."""
    with unit_of_work(read_only=True) as session:
        rows = session.execute(select(Delivery.device_id, Delivery.state).where(Delivery.alert_id == alert_id))
        return dict(rows.all())


def tries(alert_id: UUID) -> dict[UUID, int]:
    """How often each device of an alert has been tried."""
    with unit_of_work(read_only=True) as session:
        rows = session.execute(select(Delivery.device_id, Delivery.tries).where(Delivery.alert_id == alert_id))
        return dict(rows.all())


def due_jobs() -> int:
    """How many jobs could be done now."""
    with unit_of_work(read_only=True) as session:
        due = "status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"
        return int(session.execute(text(f"SELECT count(*) FROM procrastinate_jobs WHERE {due}")).scalar_one())


def make_due() -> None:
    """Let the time pass that jobs and deliveries wait for."""
    with unit_of_work() as session:
        session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))
        session.execute(text("UPDATE deliveries SET not_before = NULL"))


def waits(since: datetime) -> list[float]:
    """Seconds from `since` to the moment that each waiting job waits for."""
    with unit_of_work(read_only=True) as session:
        moments = session.scalars(text("SELECT scheduled_at FROM procrastinate_jobs WHERE status = 'todo'"))
        return [(at - since).total_seconds() if at else 0.0 for at in moments]


def until(happened: Callable[[], bool], *, seconds: float = 120.0) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


@contextmanager
def worker_process(*, also: str = "notifications", **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as an operator runs it, in a process of its own; `also`: a module with tasks of a test."""
    command = [sys.executable, "-c", f"import {also}; from notifications import worker; worker.run(**{options!r})"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def write_credentials(folder: Path, credentials: dict[str, str]) -> Path:
    """The service account's file."""
    file = folder / "service-account.json"
    file.write_text(json.dumps(credentials))
    return file
