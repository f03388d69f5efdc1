"""Checking the audit log: every chain against the server's key, and against what the check before has seen.

The database alone cannot show that a whole chain was taken away, or that an older copy of it was put back. So the ends
that held are kept beside it, in a file of the data folder.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy.orm import Session

from backend import audit
from backend.audit import Chain
from backend.tips.cleanup import wards_with_tips

FILE = "audit-heads.json"


class HeadsUnreadable(Exception):
    """The file of the check before is not what a check wrote."""


@dataclass(frozen=True)
class End:
    """Where a chain ended when it last held; `hash` in hexadecimal."""

    number: int
    hash: str


@dataclass(frozen=True)
class Finding:
    """What became of one chain; `fault` is None when it holds."""

    chain: str
    number: int
    hash: str
    fault: str | None

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "holds": self.fault is None}


def check(session: Session, before: Mapping[str, End]) -> list[Finding]:
    """Every chain there is, was at the check before, or ought to be: a ward's that takes tips."""
    there, expected = set(audit.chains(session)), set(wards_with_tips(session))
    found = []
    for name in sorted(there | before.keys() | expected):
        chain = audit.examine(session, name)
        fault = _fault(session, chain, before.get(name))
        if fault is None and name in expected - there:
            fault = "missing: the ward takes tips, so it must have a log"
        found.append(Finding(name, chain.number, chain.hash.hex(), fault))
    return found


def _fault(session: Session, chain: Chain, before: End | None) -> str | None:
    if before is not None and audit.hash_of_entry(session, chain.name, 1) is None:
        return f"gone: it had {before.number} entries at the check before"
    if chain.broken_at is not None:
        return f"broken at entry {chain.broken_at}"
    if before is None:
        return None
    if chain.number < before.number:
        return f"shortened: it had {before.number} entries at the check before"
    seen = audit.hash_of_entry(session, chain.name, before.number)
    if seen is None or seen.hex() != before.hash:
        return f"another chain: entry {before.number} is not that of the check before"
    return None


def heads_before(folder: Path) -> dict[str, End]:
    """The ends that held at the check before; empty before the first. Raises HeadsUnreadable."""
    file = folder / FILE
    try:
        kept = json.loads(file.read_text())
        return {chain: End(int(end["number"]), str(end["hash"])) for chain, end in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise HeadsUnreadable(f"{file} cannot be read ({type(error).__name__}); bring it back from a copy") from None


def keep_heads(folder: Path, before: Mapping[str, End], found: Iterable[Finding]) -> None:
    """Write down the ends that hold now; of a chain with a fault the last good one stays. Whole or not at all."""
    held = {finding.chain: End(finding.number, finding.hash) for finding in found if finding.fault is None}
    kept = {chain: asdict(end) for chain, end in sorted({**before, **held}.items())}
    with NamedTemporaryFile("w", dir=folder, prefix=FILE, delete=False) as aside:  # readable by its owner only
        try:
            json.dump(kept, aside, indent=1)
            aside.flush()
            os.fsync(aside.fileno())
            Path(aside.name).replace(folder / FILE)
        except BaseException:
            Path(aside.name).unlink(missing_ok=True)
            raise
