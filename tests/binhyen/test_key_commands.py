"""`binhyen keys renew`, after the server's secret was changed."""

import sys

import pytest

from backend import config, db
from backend.staff.models import Staff, WardKey
from binhyen import cli
from tests import make

OLD = "BINHYEN_FORMER_SECRET_KEYS"


@pytest.fixture
def changed(monkeypatch, tmp_path, real_db):
    """A ward with an officer, made under a secret that is the former one now."""
    with db.unit_of_work() as session:
        make.make_staff(session, make.make_ward(session))
    monkeypatch.setenv("BINHYEN_DATA_DIR", str(tmp_path))
    monkeypatch.setenv(OLD, config.settings().secret_key.get_secret_value())
    monkeypatch.setenv("BINHYEN_SECRET_KEY", "another-server-another-server-another")
    config.reset_settings()
    yield
    monkeypatch.undo()
    config.reset_settings()


def renew(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["binhyen", "keys", "renew"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code or 0, capsys.readouterr().out


def test_what_only_the_server_seals_is_renewed(monkeypatch, capsys, changed):
    assert renew(monkeypatch, capsys) == (0, "2 of wards and staff, 0 ends of the log, 0 devices: renewed\n")
    assert renew(monkeypatch, capsys) == (0, "0 of wards and staff, 0 ends of the log, 0 devices: renewed\n")
    monkeypatch.delenv(OLD)
    config.reset_settings()
    with db.unit_of_work(read_only=True) as session:
        assert session.get_one(WardKey, make.WARD).public_key


def test_who_must_sign_in_again_is_named(monkeypatch, capsys, changed):
    with db.unit_of_work() as session:
        staff = session.query(Staff).one()
        staff.username, staff.wrapped_private_key, staff.vouched_public_key = "thao", b"\x01 of the first release", None
    code, printed = renew(monkeypatch, capsys)
    assert (code, printed.splitlines()[1:]) == (
        0, ["the former secret is needed until these have signed in again: thao"]
    )  # fmt: skip


def test_what_opens_under_no_secret_is_named(monkeypatch, capsys, changed):
    monkeypatch.setenv(OLD, "a-secret-that-never-was-a-secret-that-never-was")
    config.reset_settings()
    code, printed = renew(monkeypatch, capsys)
    assert code == 1
    assert f"{make.WARD}: opens under no secret that the settings name" in printed
