"""What has happened in the invented ward so far: every feature's own steps, played in the order of time."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from uuid import UUID

from sqlalchemy.orm import Session

import binhyen.demo
from backend import clock
from backend.db import unit_of_work
from backend.permissions import NOBODY, Actor
from backend.wards.queries import areas_of_ward
from binhyen.demo import ward

Act = Callable[[Session], None]
Step = tuple[datetime, Act]


@dataclass(frozen=True)
class Office:
    """Who does the ward's work in the demo."""

    officers: tuple[Actor, ...]
    chief: Actor


def play(office: Office) -> None:
    """Play the steps of every feature; each act has a transaction and a clock of its own, as on the day it happened."""
    for moment, act in sorted(_steps(office), key=lambda step: step[0]):
        with _at(moment) as session:
            act(session)


def area_ids(session: Session) -> dict[str, UUID]:
    """The ward's residential groups by their code."""
    return {area.code: area.id for area in areas_of_ward(session, NOBODY, code=ward.WARD)}


def _steps(office: Office) -> Iterator[Step]:
    """A feature takes part with a module or package here that has `steps(office)`."""
    for found in iter_modules(binhyen.demo.__path__, "binhyen.demo."):
        tell: Callable[[Office], Iterable[Step]] | None = getattr(import_module(found.name), "steps", None)
        if tell is not None:
            yield from tell(office)


@contextmanager
def _at(moment: datetime) -> Iterator[Session]:
    with clock.frozen(moment), unit_of_work() as session:
        yield session
