"""What an operator types."""

import json
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from backend import db
from backend.db import unit_of_work
from backend.push import vapid
from binhyen import cli, environment
from binhyen.demo import ward


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, real_db: str) -> None:
    monkeypatch.setenv("BINHYEN_DATA_DIR", str(tmp_path))
    # a command leaves in the environment what it made; set here, it is taken away again after the test
    monkeypatch.setenv("BINHYEN_VAPID_PRIVATE_KEY", vapid.new_private_key())


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[object, str]:
    """What the command exits with (None or 0: all is well) and everything it printed."""
    monkeypatch.setattr(sys, "argv", ["binhyen", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    return ended.value.code, f"{printed.out}{printed.err}{ended.value.code or ''}"


def write(folder: Path, name: str, *lines: str) -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_a_ward_is_set_up_from_files(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    communes = write(tmp_path, "communes.csv", *ward.COMMUNES)
    areas = write(tmp_path, "areas.csv", *ward.areas_csv())
    outline = write(tmp_path, "boundary.geojson", ward.boundary())

    def told(*arguments: object) -> str:
        code, printed = run(monkeypatch, capsys, *arguments)
        assert not code, printed
        return printed

    assert "1 new, 0 changed, 0 unchanged" in told("wards", "import", communes)
    assert "0 new, 0 changed, 1 unchanged" in told("wards", "import", communes)
    assert "24 new" in told("wards", "areas", areas)
    assert "Phường Ban Mai" in told("wards", "boundary", ward.WARD, outline)
    assert "open" in told("wards", "activate", ward.WARD)
    clocks = "acknowledged within 48 h, verified within 20 days (as the installation has it)"
    assert clocks in told("wards", "deadlines", ward.WARD, "--acknowledge-hours", 48)
    assert clocks in told("wards", "deadlines", ward.WARD)
    assert "within 24 h (as" in told("wards", "deadlines", ward.WARD, "--acknowledge-hours", 0)
    code, printed = run(monkeypatch, capsys, "wards", "deadlines", ward.WARD, "--verify-days", 400)
    assert code
    assert "1 to 90" in printed
    made = told("staff", "create", "--username", "chi.huy", "--name", "Chỉ huy", "--role", "chief", "--ward", ward.WARD)
    assert len(made.strip().splitlines()[-1]) == 22
    assert "holds" in told("audit", "verify")


def test_faulty_lines_are_named_and_nothing_is_half_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = write(tmp_path, "communes.csv", *ward.COMMUNES, "1,Tỉnh Sai,1234,Không,Làng,Làng Không")
    code, printed = run(monkeypatch, capsys, "wards", "import", file)
    assert code
    assert "line 3, province_code: Province code “1” must be exactly 2 digits" in printed
    with unit_of_work(read_only=True) as session:
        assert session.scalar(text("SELECT count(*) FROM wards")) == 0


@pytest.mark.parametrize("outline", [b"\xff\xfe{}", "{}".encode("utf-16"), b"\xef\xbb\xbf{}", b"[" * 100_000, b""])
def test_an_outline_that_cannot_be_read_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, outline: bytes
) -> None:
    run(monkeypatch, capsys, "wards", "import", write(tmp_path, "communes.csv", *ward.COMMUNES))
    file = tmp_path / "boundary.geojson"
    file.write_bytes(outline)
    code, printed = run(monkeypatch, capsys, "wards", "boundary", ward.WARD, file)
    assert str(code).startswith("binhyen: ")
    assert len(str(code).splitlines()) == 1
    assert "Traceback" not in printed


def test_a_broken_audit_chain_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(monkeypatch, capsys, "wards", "import", write(tmp_path, "communes.csv", *ward.COMMUNES))
    with unit_of_work() as session:
        session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        session.execute(text("UPDATE audit_entries SET action = 'something.else'"))
    code, printed = run(monkeypatch, capsys, "audit", "verify")
    assert code == 1
    assert "broken at entry 1" in printed


def test_a_missing_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BINHYEN_SECRET_KEY", "short")
    code, printed = run(monkeypatch, capsys, "audit", "verify")
    assert code == 1
    assert "BINHYEN_SECRET_KEY" in printed
    assert "Traceback" not in printed


def test_a_database_without_tables_or_without_an_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with unit_of_work() as session:
        session.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    code, printed = run(monkeypatch, capsys, "audit", "verify")
    assert code
    assert "run: binhyen migrate" in printed
    db.dispose()
    environment.point_at("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    code, printed = run(monkeypatch, capsys, "audit", "verify")
    assert code
    assert "the database does not answer" in printed


def test_a_data_folder_that_cannot_be_used_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BINHYEN_DATA_DIR", str(tmp_path / "file" / "data"))
    for command in ("up", "doctor", "migrate"):
        code, printed = run(monkeypatch, capsys, command)
        assert str(code).startswith("binhyen: the data folder "), command
        assert str(code).endswith("set BINHYEN_DATA_DIR to another folder")
        assert len(printed.splitlines()) == 1


def test_secrets_are_made_once_and_kept_to_oneself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("SECRET_KEY", "RECEIPT_PEPPER"):
        monkeypatch.delenv(f"BINHYEN_{name}")
    run(monkeypatch, capsys, "migrate")
    secrets = (tmp_path / "secrets.env").read_text()
    run(monkeypatch, capsys, "migrate")
    assert (tmp_path / "secrets.env").read_text() == secrets
    assert (tmp_path / "secrets.env").stat().st_mode & 0o077 == 0
    for line in secrets.splitlines():
        monkeypatch.delenv(line.partition("=")[0], raising=False)


def test_of_processes_that_start_at_once_all_find_the_same_secrets(tmp_path: Path) -> None:
    file = tmp_path / "secrets.env"
    environment._make_secrets(file)
    first = file.read_text()
    environment._make_secrets(file)
    assert file.read_text() == first
    assert list(tmp_path.iterdir()) == [file], "nothing half written is left"


def test_the_doctor_says_what_to_mend(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed = run(monkeypatch, capsys, "doctor")
    assert code == 1  # the tests' own server throws away what a power cut would lose
    assert "!! fsync is off" in printed
    assert "SMS (BINHYEN_SMS_URLS) is not set: for trial only, codes are printed on the worker's console" in printed
    assert json.dumps("Traceback") not in printed
