"""The user that the embedded PostgreSQL runs under, and the folders that this user may enter."""

import contextlib
import os
import pwd
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

SYSTEM_USER = "pgserver"


class ClusterFailed(Exception):
    """The server did not start or stop; the text holds the end of its log."""


class Owner(NamedTuple):
    """A user of this machine and their own group."""

    uid: int
    gid: int


def system_owner() -> Owner | None:
    """The user the server runs under when we are root; None: our own."""
    if os.geteuid() != 0:
        return None
    try:
        found = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True, capture_output=True
        )
        found = pwd.getpwnam(SYSTEM_USER)
    return Owner(found.pw_uid, found.pw_gid)


def as_owner() -> dict[str, Any]:
    """What makes subprocess run a program as the server's user."""
    owner = system_owner()
    return {} if owner is None else {"user": owner.uid, "group": owner.gid, "extra_groups": []}


def own_folder(folder: Path, owner: Owner | None) -> None:
    """Make a folder that only the server's user enters. Raises ClusterFailed when something else lies there.

    In the temporary folder anybody can put something under a name that is known before: a link is not followed, and
    a folder of somebody else is not taken.
    """
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise ClusterFailed(f"{folder} is no folder of its own: take it away ({error.strerror})") from None
    try:
        if os.fstat(opened).st_uid not in {os.geteuid(), owner.uid if owner else os.geteuid()}:
            raise ClusterFailed(f"{folder} belongs to somebody else: take it away")
        os.fchmod(opened, 0o700)
        if owner is not None:
            os.fchown(opened, owner.uid, owner.gid)
    finally:
        os.close(opened)


def let_through(path: Path, owner: Owner) -> None:
    """Let `owner` walk (not list) every folder above `path`."""
    for folder in path.parents:
        state = folder.stat()
        if state.st_uid != owner.uid and not state.st_mode & 0o001:
            folder.chmod(state.st_mode | 0o001)
