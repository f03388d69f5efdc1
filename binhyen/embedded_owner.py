"""The user that the embedded PostgreSQL runs under: our own, or for root a system user, made when there is none."""

import fcntl
import grp
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

SYSTEM_USER = "pgserver"
# where the programs lie that make users; a bare PATH leaves these folders out
SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
LOCK_SECONDS = 5  # how long another program may hold the list of users


class ClusterFailed(Exception):
    """The server did not start or stop; the text says why and, where we know it, what to do."""


class NoServerHere(ClusterFailed):
    """This machine cannot run the embedded server as it is; a PostgreSQL somewhere else would do."""


class Owner(NamedTuple):
    """A user of this machine and their own group."""

    uid: int
    gid: int
    name: str


def system_owner() -> Owner | None:
    """The user the server runs under when we are root; None: our own. Raises NoServerHere."""
    if os.geteuid() != 0:
        return None
    if not _exists(SYSTEM_USER):
        _make(SYSTEM_USER)
    found = pwd.getpwnam(SYSTEM_USER)
    return Owner(found.pw_uid, found.pw_gid, found.pw_name)


def as_owner(owner: Owner | None) -> dict[str, Any]:
    """What makes subprocess run a program as the server's user."""
    return {} if owner is None else {"user": owner.uid, "group": owner.gid, "extra_groups": []}


def user_name(uid: int) -> str:
    """The name of a user of this machine, or their number when they have none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _make(name: str) -> None:
    """Make the system user, unless another process has just done so. Raises NoServerHere."""
    limit = time.monotonic() + LOCK_SECONDS
    with _lock():
        refusal = "" if _exists(name) else _try_to_make(name)
        while not _exists(name):
            if "lock" not in refusal or time.monotonic() > limit:
                raise NoServerHere(
                    f"PostgreSQL does not run as root, and a system user for it could not be made ({refusal}): "
                    f"run `useradd --system {name}` as root, or start as a user other than root"
                )
            time.sleep(0.2)
            refusal = _try_to_make(name)


@contextmanager
def _lock() -> Iterator[None]:
    """One process of ours at a time: of two useradd that run at once, the second gives the user another number."""
    system = os.open("/etc", os.O_RDONLY)
    try:
        fcntl.flock(system, fcntl.LOCK_EX)
        yield
    finally:
        os.close(system)


def _try_to_make(name: str) -> str:
    """Run this system's own commands for it; returns what the last one complained about."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])
    commands = _commands(name, path)
    if not commands:
        return f"there is neither useradd nor adduser in {path}"
    for command in commands:
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                env=os.environ | {"PATH": path, "LC_ALL": "C"},
            )  # fmt: skip
        except OSError as error:
            return f"{command[0]}: {error.strerror}"
    complaint = " ".join(f"{done.stderr}{done.stdout}".split())
    return complaint or f"{command[0]} ended with code {done.returncode}"


def _commands(name: str, path: str) -> list[list[str]]:
    useradd = shutil.which("useradd", path=path)
    if useradd:
        group = ["--gid", name] if _group_exists(name) else ["--user-group"]
        nowhere = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
        return [[useradd, "--system", *group, *nowhere, name]]
    addgroup, adduser = shutil.which("addgroup", path=path), shutil.which("adduser", path=path)
    if addgroup and adduser:  # BusyBox
        nowhere = ["-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin"]
        return [[addgroup, "-S", name], [adduser, "-S", *nowhere, "-G", name, name]]
    return []


def _group_exists(name: str) -> bool:
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True
