"""What every test stands on: one PostgreSQL server per run, one database per worker, no way out of this machine."""

import ipaddress
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

# before anything of ours is imported: settings are read from the environment once
os.environ.update(
    {
        "BINHYEN_DATABASE_URL": "postgresql+psycopg://no-test-asked-for-a-database/none",
        "BINHYEN_SECRET_KEY": "test-secret-key-test-secret-key-test-secret-key",
        "BINHYEN_RECEIPT_PEPPER": "test-receipt-pepper-test-receipt-pepper-test",
        "BINHYEN_TESTING": "1",
    }
)
for _name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[_name]

import hypothesis  # noqa: E402
from argon2 import PasswordHasher  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from backend import clock, config, db  # noqa: E402
from backend.crypto import keys  # noqa: E402
from backend.staff import passwords  # noqa: E402
from tests import cluster as test_cluster  # noqa: E402

# a busy machine is slow, not wrong
patient = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
# the same examples at every run: a red check is the change's own; --hypothesis-profile=explore looks for new ones
hypothesis.settings.register_profile("patient", derandomize=True, **patient)
hypothesis.settings.register_profile("explore", **patient)
hypothesis.settings.load_profile("patient")

pytest_plugins = ["tests.skips"]
ROOT = Path(__file__).parents[1]
_running: list[test_cluster.Cluster] = []


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every connection that leaves the loopback interface, whichever library tries."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_loopback(str(address[0])):
        raise PermissionError(f"a test tried to reach {address[0]}: only this machine may be reached")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


sys.addaudithook(_stay_on_this_machine)


def _cluster() -> test_cluster.Cluster:
    if not _running:
        _running.append(test_cluster.start())
    return _running[0]


def pytest_configure_node(node: Any) -> None:
    """xdist: the workers share the server of the process that starts them."""
    try:
        node.workerinput["admin_url"] = _cluster().url("postgres")
    except pytest.exit.Exception as error:
        raise pytest.UsageError(error.msg) from None  # said once: before the workers start, an exit is said twice


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    while _running:
        test_cluster.stop(_running.pop())


@pytest.fixture(scope="session")
def admin_url(request: pytest.FixtureRequest) -> str:
    """The server's own database, to make others from."""
    given = getattr(request.config, "workerinput", {}).get("admin_url")
    return given or _cluster().url("postgres")


@pytest.fixture(scope="session", autouse=True)
def _data_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["BINHYEN_DATA_DIR"] = str(tmp_path_factory.mktemp("data"))
    config.reset_settings()


@pytest.fixture(scope="session")
def database(admin_url: str, worker_id: str) -> Iterator[str]:
    """This worker's own database; its address is also in the settings."""
    name = f"test_{worker_id}"
    url = test_cluster.create_database(admin_url, name, test_cluster.TEMPLATE)
    _point_at(url)
    yield url
    db.dispose()
    test_cluster.drop_database(admin_url, name)


@pytest.fixture
def session(database: str) -> Iterator[Session]:
    """A session inside a transaction that is rolled back after the test; every unit_of_work joins it."""
    with db.engine().connect() as connection:
        outer = connection.begin()
        with (
            db.bound_to(connection),
            Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as opened,
        ):
            yield opened
        outer.rollback()


@pytest.fixture
def real_db(admin_url: str) -> Iterator[str]:
    """A database of the test's own in which commits are real; its address is in the settings."""
    before = os.environ["BINHYEN_DATABASE_URL"]
    name = f"real_{uuid4().hex[:12]}"
    url = test_cluster.create_database(admin_url, name, test_cluster.TEMPLATE)
    _point_at(url)
    yield url
    _point_at(before)
    test_cluster.drop_database(admin_url, name)


def _point_at(url: str) -> None:
    db.dispose()
    os.environ["BINHYEN_DATABASE_URL"] = url
    config.reset_settings()


@pytest.fixture
def frozen_clock() -> Iterator[clock.FrozenClock]:
    """The clock stands at Monday 31 August 2026, 09:00 in Vietnam, until the test moves it."""
    with clock.frozen(datetime(2026, 8, 31, 9, 0, tzinfo=clock.VIETNAM)) as stopped:
        yield stopped


@pytest.fixture
def quick_argon2(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same functions with the least work they allow, for tests that try many passwords."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(keys, "ARGON2_PASSES", 1)
    monkeypatch.setattr(keys, "ARGON2_BYTES", 8192)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project (photos, communes, schemas)."""
    folder = Path(os.environ.get("BINHYEN_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        assert not os.environ.get("CI"), f"continuous integration must have the real data at {folder}"
        pytest.skip(f"real data is not at {folder}; BINHYEN_SHARED_DATA says where it is")
    return folder
