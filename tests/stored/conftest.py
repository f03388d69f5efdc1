"""What a release has stored: its secrets in the settings, its database brought to the present shape."""

import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.orm import Session

from backend import clock, config, db
from backend.config import settings
from binhyen import migrate
from tests import cluster

RELEASES = sorted(Path(__file__).parent.glob("release_*.json"))
FORMER = {
    "BINHYEN_SECRET_KEY": "BINHYEN_FORMER_SECRET_KEYS",
    "BINHYEN_RECEIPT_PEPPER": "BINHYEN_FORMER_RECEIPT_PEPPERS",
}
OTHERS = {name: f"another-secret-for-{name.lower()}-another" for name in FORMER}
NUMBERED = (
    "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id' "
    "AND is_identity = 'YES' AND table_name NOT LIKE 'procrastinate%'"
)


@pytest.fixture(scope="session", params=RELEASES, ids=lambda file: file.stem)
def stored(request) -> dict:
    """All that the release has stored."""
    return json.loads(request.param.read_text())


@pytest.fixture
def values(stored, secrets) -> dict:
    """Single values, each beside what it opens to."""
    return stored["values"]


@pytest.fixture
def known(stored) -> dict:
    """What the people of its database know: passwords, codes, receipts."""
    return stored["known"]


@pytest.fixture(params=["same", "changed"])
def secrets(request, stored, monkeypatch) -> Iterator[None]:
    """The server's secrets are those of then, or they were changed and those of then are named as former ones."""
    set_secrets(monkeypatch, stored["secrets"] if request.param == "same" else changed(stored["secrets"]))
    yield
    monkeypatch.undo()
    config.reset_settings()


def set_secrets(monkeypatch, secrets: dict[str, str]) -> None:
    """From now on these are the server's secrets."""
    for name in (*FORMER, *FORMER.values(), "BINHYEN_RETIRED_SECRET_KEYS"):
        monkeypatch.delenv(name, raising=False)
    for name, secret in secrets.items():
        monkeypatch.setenv(name, secret)
    config.reset_settings()


def changed(secrets: dict[str, str]) -> dict[str, str]:
    """New secrets beside the former ones."""
    return OTHERS | {FORMER[name]: secret for name, secret in secrets.items()}


@pytest.fixture(scope="session")
def upgraded(stored, admin_url, worker_id) -> Iterator[str]:
    """The release's database as it was left, and then migrated to the present shape."""
    name = f"stored_{worker_id}"
    url = cluster.create_database(admin_url, name)
    engine = create_engine(url)
    migrate.upgrade(engine, stored["revision"])
    with engine.begin() as connection:
        fill(connection, stored["rows"])
    migrate.upgrade(engine)
    engine.dispose()
    yield url
    cluster.drop_database(admin_url, name)


def fill(connection: Connection, tables: dict[str, list]) -> None:
    """Put rows into empty tables; numbers go on after the highest that is there."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))  # in any order, and no triggers
    for table, rows in tables.items():
        put = f'INSERT INTO "{table}" SELECT * FROM jsonb_populate_recordset(NULL::"{table}", :rows)'
        connection.execute(text(put), {"rows": json.dumps(rows)})
    for table in connection.scalars(text(NUMBERED)).all():
        last = f'(SELECT coalesce(max(id), 0) + 1 FROM "{table}")'
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last}, false)"))


@pytest.fixture
def session(stored, secrets, upgraded, monkeypatch) -> Iterator[Session]:
    """A session in the release's database, the clock as it stood then; all is rolled back after the test."""
    db.dispose()
    monkeypatch.setenv("BINHYEN_DATABASE_URL", upgraded)
    config.reset_settings()
    for name, blob in stored["blobs"].items():
        place = Path(settings().blobs) / name[:2] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b64decode(blob))
    with clock.frozen(datetime.fromisoformat(stored["known"]["at"])), db.engine().connect() as connection:
        outer = connection.begin()
        with (
            db.bound_to(connection),
            Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as opened,
        ):
            yield opened
        outer.rollback()
    db.dispose()
