"""The user of the embedded server: made where there is none, and a sentence where none can be made."""

import grp
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from binhyen import embedded_owner
from binhyen.embedded_owner import NoServerHere, Owner
from tests.binhyen.servers import as_root

ROOT = Path(__file__).parents[2]
SYSTEM = os.pathsep.join(embedded_owner.SYSTEM_FOLDERS)
MAKE_THE_USER = """
import sys
from binhyen import embedded_owner
embedded_owner.SYSTEM_USER = sys.argv[1]
print(embedded_owner.system_owner().uid)
"""
pytestmark = as_root


@pytest.fixture
def nobody_yet(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a system user that this machine does not have; it has none after the test either."""
    name = f"binhyentest{uuid4().hex[:8]}"
    monkeypatch.setattr(embedded_owner, "SYSTEM_USER", name)
    yield name
    for command in ("userdel", "groupdel"):
        program = shutil.which(command, path=SYSTEM)
        if program is not None:
            subprocess.run([program, name], capture_output=True, check=False)


def program(folder: Path, name: str, *lines: str) -> None:
    """Something that stands in for a program of the system."""
    file = folder / name
    file.write_text("\n".join(("#!/bin/sh", *lines, "")))
    file.chmod(0o755)


def made() -> Owner:
    owner = embedded_owner.system_owner()
    assert owner is not None
    return owner


def test_the_user_is_made_without_the_systems_folders_on_the_path(
    nobody_yet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    owner = made()
    assert owner == made(), "it is made once"
    user = pwd.getpwnam(nobody_yet)
    assert (owner.uid, owner.gid) == (user.pw_uid, user.pw_gid)
    assert grp.getgrgid(user.pw_gid).gr_name == nobody_yet, "a group that nobody else is in"
    assert user.pw_shell.endswith("nologin")
    assert not Path(user.pw_dir).exists()


def test_a_group_of_that_name_that_is_there_already_is_taken(nobody_yet: str) -> None:
    subprocess.run(["groupadd", "--system", nobody_yet], check=True, env={"PATH": SYSTEM})
    assert made().gid == grp.getgrnam(nobody_yet).gr_gid


def test_of_processes_that_start_at_once_all_find_the_same_user(nobody_yet: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE_THE_USER, nobody_yet],
            cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    told = [process.communicate(timeout=120) for process in started]
    assert {uid.strip() for uid, _ in told} == {str(pwd.getpwnam(nobody_yet).pw_uid)}, told


def test_a_busybox_makes_the_user_with_its_own_programs(
    nobody_yet: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(embedded_owner, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    # `addgroup -S GROUP`, and `adduser -S` with the options that BusyBox knows, the name last
    program(tmp_path, "addgroup", f'[ "$1" = -S ] && exec {shutil.which("groupadd", path=SYSTEM)} --system "$2"')
    program(
        tmp_path, "adduser", '[ "$1" = -S ] || exit 1', "shift", "home= shell= group=",
        "while getopts DHh:s:G: option; do case $option in",
        "  h) home=$OPTARG;; s) shell=$OPTARG;; G) group=$OPTARG;; [DH]) ;; *) exit 1;; esac; done",
        "shift $((OPTIND - 1))",
        f'exec {shutil.which("useradd", path=SYSTEM)} --system -M -d "$home" -s "$shell" -g "$group" "$1"',
    )  # fmt: skip
    assert made().uid == pwd.getpwnam(nobody_yet).pw_uid
    assert made().gid == grp.getgrnam(nobody_yet).gr_gid


def test_a_machine_without_the_programs_says_what_to_do(nobody_yet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_owner, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoServerHere) as refused:
        made()
    assert "neither useradd nor adduser" in str(refused.value)
    assert f"run `useradd --system {nobody_yet}` as root, or start as a user other than root" in str(refused.value)


@pytest.mark.parametrize(
    "complaint", ["cannot lock /etc/passwd; try again later.", "cannot open /etc/passwd: Read-only file system"]
)
def test_a_system_that_refuses_is_heard(
    nobody_yet: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, complaint: str
) -> None:
    program(tmp_path, "useradd", f"echo 'useradd: {complaint}' >&2", "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(embedded_owner, "LOCK_SECONDS", 0.3)
    with pytest.raises(NoServerHere) as refused:
        made()
    assert f"useradd: {complaint}" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_list_of_users_that_is_locked_for_a_moment_is_waited_for(
    nobody_yet: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tried = tmp_path / "tried"
    program(
        tmp_path, "useradd",
        f"if [ -e {tried} ]; then exec {shutil.which('useradd', path=SYSTEM)} \"$@\"; fi",
        f": > {tried}", "echo 'useradd: cannot lock /etc/passwd; try again later.' >&2", "exit 1",
    )  # fmt: skip
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert made().uid == pwd.getpwnam(nobody_yet).pw_uid


def test_the_command_line_says_it_in_one_line(nobody_yet: str, tmp_path: Path) -> None:
    program(tmp_path, "useradd", "echo 'useradd: cannot open /etc/passwd: Read-only file system' >&2", "exit 1")
    command = (
        "import sys; from binhyen import cli, embedded_owner; embedded_owner.SYSTEM_USER = sys.argv.pop(1); cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", command, nobody_yet, "migrate"],
        cwd=ROOT, env={"PATH": f"{tmp_path}:/usr/bin:/bin", "BINHYEN_DATA_DIR": str(tmp_path / "data")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(
        "binhyen: PostgreSQL does not run as root, and a system user for it could not be made"
    )
    assert done.stderr.endswith("or name another PostgreSQL with BINHYEN_DATABASE_URL\n")
    assert len(done.stderr.splitlines()) == 1
