"""The rooms of the panel: each feature is a package of `admin`, and its module `room` says what it brings.

Nothing else names a feature. A new one is a new package with a `room.py`; no file of another one changes.
"""

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, current_app
from flask_babel.speaklater import LazyString

import admin
from backend.audit import AuditEntry
from backend.permissions import Action, Actor, can

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHELL = "admin.shell"
EXTENSION = "binhyen-rooms"


@dataclass(frozen=True)
class Notice:
    """A line on the first page of the day: what waits for the reader in this room. `address` leads to it."""

    icon: str
    text: str
    link: str
    address: str


@dataclass(frozen=True)
class RailItem:
    """The room's entry on the rail. Without `action` everybody has it.

    `count` gives the number of things that wait for the actor; `notice` puts a number above zero into words.
    """

    endpoint: str
    icon: str
    text: LazyString
    action: Action | None = None
    count: "Callable[[Session, Actor], int] | None" = None
    notice: Callable[[int], Notice] | None = None
    at_end: bool = False


@dataclass(frozen=True)
class Landing:
    """The page on which a working day begins for whoever may do `action`; without one, for everybody."""

    endpoint: str
    action: Action | None = None


@dataclass(frozen=True)
class Key:
    """A shortcut and what it does. Without `action` everybody has it."""

    key: str
    text: LazyString
    action: Action | None = None


@dataclass(frozen=True)
class LogNote:
    """What follows an act in the log: the code of its subject, a word before the code, and its link if it has one."""

    code: str
    text: str = ""
    address: str | None = None


def no_note(_entry: AuditEntry) -> LogNote | None:
    """The note of acts that need none."""
    return None


@dataclass(frozen=True)
class LogWords:
    """How the log tells the room's acts. `reads` are acts that only read; the log prints them in grey."""

    acts: Mapping[str, LazyString] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()
    note: Callable[[AuditEntry], LogNote | None] = no_note


@dataclass(frozen=True)
class Room:
    """What one feature brings to the panel.

    `place` is the order of the rooms: on the rail, among the landing pages, in the list of keys.
    `secrets` are names of form fields whose values are never written into a page again.
    """

    blueprint: Blueprint
    place: int = 1000
    rail: RailItem | None = None
    landing: Landing | None = None
    keys: Sequence[Key] = ()
    log: LogWords = LogWords()
    secrets: frozenset[str] = frozenset()


class Rooms:
    """The rooms of one application, in their order."""

    def __init__(self, rooms: Iterable[Room]) -> None:
        self._rooms = sorted(rooms, key=lambda room: (room.place, room.blueprint.name))
        self._acts = {action: text for room in self._rooms for action, text in room.log.acts.items()}
        self._reads = frozenset(action for room in self._rooms for action in room.log.reads)
        self.secrets = frozenset(name for room in self._rooms for name in room.secrets)

    def rail(self, actor: Actor) -> list[RailItem]:
        """The entries that `actor` may open."""
        return [room.rail for room in self._rooms if room.rail and _may(actor, room.rail.action)]

    def keys(self, actor: Actor) -> list[Key]:
        """The shortcuts of `actor`."""
        return [key for room in self._rooms for key in room.keys if _may(actor, key.action)]

    def landing(self, actor: Actor) -> str:
        """The endpoint of the page on which the actor's day begins."""
        pages = [room.landing for room in self._rooms if room.landing]
        return next(page.endpoint for page in pages if _may(actor, page.action))

    def act_words(self, action: str) -> str:
        """What was done, in words; the code itself where no room has words for it."""
        return str(self._acts.get(action, action))

    def is_read(self, action: str) -> bool:
        """Whether the act has only read something."""
        return action in self._reads

    def log_notes(self, entry: AuditEntry) -> list[LogNote]:
        """What the rooms add to an entry of the log."""
        notes = (room.log.note(entry) for room in self._rooms)
        return [note for note in notes if note is not None]


def _may(actor: Actor, action: Action | None) -> bool:
    return action is None or can(actor, action)


def discover() -> list[Room]:
    """The room of every package of `admin` except the shell."""
    packages = [found.name for found in pkgutil.iter_modules(admin.__path__, "admin.") if found.ispkg]
    return [import_module(f"{name}.room").room for name in packages if name != SHELL]


def install(app: Flask, rooms: Sequence[Room]) -> None:
    """Register the rooms' pages with `app`."""
    for room in rooms:
        app.register_blueprint(room.blueprint)
    app.extensions[EXTENSION] = Rooms(rooms)


def current_rooms() -> Rooms:
    """The rooms of the application that answers this request."""
    found: Rooms = current_app.extensions[EXTENSION]
    return found
