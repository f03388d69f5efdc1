"""How to sign in to the demo: invented people, kept in a file of the data folder that only the demo reads."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import pyotp

from binhyen.environment import data_folder

NAME = "demo.json"


@dataclass(frozen=True)
class DemoStaff:
    """A sign-in to the panel. `totp_secret` is None for the person who has not enrolled yet."""

    role: str
    name: str
    username: str
    password: str
    totp_secret: str | None
    enrol_code: str | None = None

    @property
    def code(self) -> str | None:
        """The six digits that the person's telephone shows now."""
        return pyotp.TOTP(self.totp_secret).now() if self.totp_secret else None


@dataclass(frozen=True)
class DemoAccounts:
    """Everybody who can sign in, and what a site would keep in a safe."""

    staff: tuple[DemoStaff, ...]
    resident_phones: tuple[str, ...]
    recovery_key: str

    def save(self) -> None:
        """Write the file, whole or not at all; it is readable by its owner only."""
        aside = data_folder() / f"{NAME}.new"
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as opened:
            json.dump(asdict(self), opened, ensure_ascii=False, indent=2)
        aside.replace(data_folder() / NAME)


def load(folder: Path | None = None) -> DemoAccounts | None:
    """The accounts of the demo in `folder` (by default this process's own); None when it has not been made yet."""
    try:
        raw = json.loads(((folder or data_folder()) / NAME).read_text())
    except FileNotFoundError:
        return None
    staff = tuple(DemoStaff(**person) for person in raw["staff"])
    return DemoAccounts(staff, tuple(raw["resident_phones"]), raw["recovery_key"])
