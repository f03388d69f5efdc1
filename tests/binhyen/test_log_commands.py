"""The log from the command line: what somebody has taken out of the database shows."""

import json
import sys

import pytest
from sqlalchemy import text

from backend import audit, db
from backend.permissions import OPERATOR
from binhyen import cli, log_check
from tests import make

ENTRIES = 5


@pytest.fixture
def folder(monkeypatch, tmp_path, real_db):
    monkeypatch.setenv("BINHYEN_DATA_DIR", str(tmp_path))
    with db.unit_of_work() as session:
        make.make_staff(session, make.make_ward(session))
        for _ in range(ENTRIES):
            write(session, make.WARD)
        write(session, None)
    return tmp_path


@pytest.fixture
def run(monkeypatch, capsys, folder):
    """Calls the command; what it exits with and what it printed."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["binhyen", "audit", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code or 0, f"{printed.out}{printed.err}"

    return call


def write(session, ward_id):
    audit.record(session, OPERATOR, "ward.activate", ward_id=ward_id, subject_type="ward", subject_id=ward_id or "-")


def strong_hand(*statements):
    with db.unit_of_work() as session:
        session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        for statement in statements:
            session.execute(text(statement), {"ward": make.WARD})


CUT = "DELETE FROM audit_entries WHERE chain = :ward AND seq > 2"
SET_BACK = (
    "UPDATE audit_heads SET (seq, hash) = (SELECT seq, hash FROM audit_entries WHERE chain = :ward AND seq = 2)"
    " WHERE chain = :ward"
)
EMPTY = "DELETE FROM audit_entries WHERE chain = :ward"
ZERO = "UPDATE audit_heads SET seq = 0, hash = decode(repeat('00', 32), 'hex') WHERE chain = :ward"
BEHEAD = "DELETE FROM audit_heads WHERE chain = :ward"


@pytest.mark.parametrize("act", [(CUT, SET_BACK), (EMPTY, ZERO), (EMPTY, BEHEAD)], ids=["cut", "emptied", "removed"])
@pytest.mark.parametrize("checked_before", [True, False])
def test_what_was_removed_shows_and_stays_shown(run, act, checked_before):
    if checked_before:
        assert run("verify")[0] == 0
    strong_hand(*act)
    for _ in range(2):
        code, printed = run("verify")
        assert code == 1
        assert f"{make.WARD}: holds" not in printed
        assert "-: holds, 1 entries" in printed


def test_a_chain_that_begins_anew_is_not_the_one_that_was(run):
    assert run("verify")[0] == 0
    strong_hand(EMPTY, BEHEAD)
    with db.unit_of_work() as session:
        for _ in range(ENTRIES + 1):
            write(session, make.WARD)
    code, printed = run("verify")
    assert code == 1
    assert f"another chain: entry {ENTRIES} is not that of the check before" in printed


def test_an_older_copy_put_back_whole_shows(run):
    with db.unit_of_work() as session:
        head = session.get(audit.AuditHead, make.WARD)
        older = {"seq": head.seq, "hash": head.hash, "seal": head.seal, "ward": make.WARD}
        write(session, make.WARD)
    assert run("verify")[0] == 0
    with db.unit_of_work() as session:
        session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        session.execute(text("DELETE FROM audit_entries WHERE chain = :ward AND seq > :seq"), older)
        back = "UPDATE audit_heads SET seq = :seq, hash = :hash, seal = :seal WHERE chain = :ward"
        session.execute(text(back), older)
    code, printed = run("verify")
    assert code == 1
    assert f"{make.WARD}: shortened: it had {ENTRIES + 1} entries at the check before" in printed


def test_growing_is_no_fault_and_the_file_is_its_owners(run, folder):
    assert run("verify")[0] == 0
    with db.unit_of_work() as session:
        write(session, make.WARD)
    code, printed = run("verify", "--json")
    assert code == 0
    chain = {line["chain"]: line for line in json.loads(printed)}[make.WARD]
    assert (chain["number"], chain["holds"], len(chain["hash"])) == (ENTRIES + 1, True, 72)
    file = folder / log_check.FILE
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(file.read_text())[make.WARD] == {"number": ENTRIES + 1, "hash": chain["hash"]}
    assert [path for path in folder.iterdir() if path.name.startswith(log_check.FILE)] == [file]


def test_a_file_that_is_not_ours_is_said_in_a_line(run, folder):
    (folder / log_check.FILE).write_text("[]")
    code, printed = run("verify")
    assert "audit-heads.json cannot be read" in str(code)
    assert "Traceback" not in printed


def test_each_chain_can_be_read_also_that_of_the_whole_system(run):
    code, printed = run("show")
    assert code == 0
    assert printed.strip().endswith("operator  ward.activate  ward:-")
    code, printed = run("show", "--ward", make.WARD, "--last", 2)
    assert [line.split()[0] for line in printed.splitlines()] == [str(ENTRIES - 1), str(ENTRIES)]
    assert all(f"ward:{make.WARD}" in line for line in printed.splitlines())
