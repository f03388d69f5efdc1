"""Where the embedded PostgreSQL keeps its files: in the data folder, or elsewhere when its user cannot get there.

Only root has this case: the server then runs under a user of its own, who cannot enter a project in /root or in a
closed home. No folder above ours is opened for that user. The database goes to /var/lib/binhyen-postgres instead, and
a link in the data folder leads to it: whoever looks there finds it, and a project that is moved takes it along.
"""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from binhyen.embedded_owner import ClusterFailed, NoServerHere, Owner

ELSEWHERE = Path("/var/lib/binhyen-postgres")
NOTE = "belongs-to"


def closed_folder(owner: Owner, folder: Path) -> Path | None:
    """The first folder on the way to `folder` that `owner` may not enter; None: the way is free."""
    real = Path(os.path.realpath(folder))
    return next((part for part in (*reversed(real.parents), real) if not allows(owner, part, os.X_OK)), None)


def allows(owner: Owner, path: Path, right: int) -> bool:
    """Whether the permission bits of `path` give os.R_OK or os.X_OK to `owner`, who is in no group but their own."""
    state = path.stat()
    shift = 6 if state.st_uid == owner.uid else 3 if state.st_gid == owner.gid else 0
    return bool(state.st_mode >> shift & right)


def settle(named: Path, owner: Owner | None) -> None:
    """Make the folder of a server that is to be found under `named`; a link leads to one elsewhere.

    A database that is there already is never left behind for an empty one. Raises ClusterFailed.
    """
    if named.is_symlink() and not named.exists():
        raise ClusterFailed(
            f"{named} leads to {named.readlink()}, which is not there: bring it back (is its disk mounted?), "
            f"or delete {named.parent} with everything in it to start anew"
        )
    real = Path(os.path.realpath(named))
    real.parent.mkdir(parents=True, exist_ok=True)
    closed = None if owner is None else closed_folder(owner, real.parent)
    if owner is not None and closed is not None:
        if (real / "data" / "PG_VERSION").exists():
            raise ClusterFailed(
                f"{real} holds a database, but its user {owner.name} cannot enter {closed}: let that user through "
                f"(chmod o+x {closed}), or move {real} to where that user can go and leave a link to it (ln -s)"
            )
        real = _make_elsewhere(named, closed, owner)
    real.mkdir(exist_ok=True)
    if owner is not None and not allows(owner, real, os.X_OK):
        real.chmod(0o755)


def forget(named: Path) -> None:
    """Delete the folder of a server, wherever it lies."""
    shutil.rmtree(os.path.realpath(named), ignore_errors=True)
    if named.is_symlink():
        named.unlink()


def temporary_folder(owner: Owner | None) -> Path:
    """A folder for temporary files that the server's user can reach: TMPDIR may lie in a closed home."""
    given = Path(tempfile.gettempdir())
    if owner is None or closed_folder(owner, given) is None:
        return given
    return Path("/tmp")  # noqa: S108 - what is made in it is made by mkdtemp or own_folder


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


def _make_elsewhere(named: Path, closed: Path, owner: Owner) -> Path:
    try:
        if not ELSEWHERE.is_dir():
            ELSEWHERE.mkdir()
            ELSEWHERE.chmod(0o755)  # whatever the umask
        made = Path(tempfile.mkdtemp(prefix=f"{named.parent.name.lstrip('.')}-", dir=ELSEWHERE))
    except OSError as error:
        raise NoServerHere(
            f"PostgreSQL's user {owner.name} cannot enter {closed}, and nothing can be made in {ELSEWHERE} "
            f"({error.strerror}): set BINHYEN_DATA_DIR to a folder that every user may enter"
        ) from None
    (made / NOTE).write_text(f"The database of {named.parent}, which holds the server's own keys and a link to here.\n")
    if named.exists():
        named.rmdir()
    named.symlink_to(made)
    return made
