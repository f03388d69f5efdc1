"""An opened tip, as its reporter and officers see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.tips.life import EntryAuthor, EntryKind, Status
from backend.tips.models import Tip
from backend.tips.rules import Deadline, TipAct
from backend.tips.sealed import Content


@dataclass(frozen=True, repr=False)
class TrailStep:
    """One step of the trail that reporter and officer both see."""

    id: UUID
    kind: EntryKind
    author: EntryAuthor
    at: datetime
    status: Status | None
    text: str


@dataclass(frozen=True, repr=False)
class OpenedTip:
    """A tip whose seal was opened, for its reporter or for an officer.

    `allowed`: what the officer may do with it now; nothing for the reporter. `can_write`: the dialogue is open.
    """

    tip: Tip
    content: Content
    trail: Sequence[TrailStep]
    deadline: Deadline | None
    allowed: frozenset[TipAct]
    can_write: bool
    wants_push: bool
    ward_name: str
    area_name: str | None
