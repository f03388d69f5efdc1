"""Keeps the processes of one machine together: all run, or none does."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 30  # longer than the worker gives what it has begun (notifications.worker)
_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Starts processes, stops them all when asked to or when one of them ends."""

    def __init__(self, logs: Path | None = None) -> None:
        """`logs`: a folder that gets one file for each process; None leaves them on standard error."""
        self._logs = logs
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    @property
    def asked_to_stop(self) -> bool:
        """Whether Ctrl-C or a signal has come."""
        return self._asked

    def start(self, name: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        """Start `python -m binhyen …` under `name`, in a group of its own: Ctrl-C reaches only the supervisor."""
        output = None if self._logs is None else (self._logs / f"{name}.log").open("ab")
        self._children[name] = subprocess.Popen(
            [sys.executable, "-m", "binhyen", *arguments],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        if output is not None:
            output.close()

    def ended(self) -> str | None:
        """The name of a process that has ended by itself."""
        return next((name for name, child in self._children.items() if child.poll() is not None), None)

    def run(self) -> int:
        """Wait until asked to stop (0) or until a process ends by itself (1); either way nothing is left running."""
        try:
            while not self._asked:
                name = self.ended()
                if name is not None:
                    print(f"binhyen: {name} has ended with code {self._children[name].returncode}", file=sys.stderr)
                    return 1
                time.sleep(0.2)
            return 0
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask every process to end, then make it."""
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        limit = time.monotonic() + GRACE_SECONDS
        for child in self._children.values():
            try:
                child.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True


def _end_with_parent() -> None:
    """Linux: let the child be stopped when the supervisor dies without having said so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
