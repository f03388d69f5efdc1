"""Whom the notifier reaches by SMS. Asked by the worker, which has no actor: publishing was permitted before."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.accounts.models import Resident


@dataclass(frozen=True)
class Phone:
    """A resident's number (E.164) and the language they read."""

    number: str
    language: str


def residents_of(session: Session, *, ward_id: str, area_ids: Collection[UUID], page: int) -> Iterator[Sequence[UUID]]:
    """Residents whose home is in the ward and in one of the areas (none: anywhere), ascending, `page` at a time.

    Whoever told no area may live in any of them. Nothing is asked before the first page is.
    """
    query = select(Resident.id).where(Resident.ward_id == ward_id).order_by(Resident.id)
    if area_ids:
        query = query.where(or_(Resident.area_id.in_(sorted(area_ids)), Resident.area_id.is_(None)))
    with closing(session.scalars(query.execution_options(yield_per=page))) as found:
        yield from found.partitions()


def phones_of(session: Session, *, resident_ids: Collection[UUID]) -> dict[UUID, Phone]:
    """Numbers of those who still have an account."""
    query = select(Resident.id, Resident.phone, Resident.language).where(Resident.id.in_(list(resident_ids)))
    return {row.id: Phone(row.phone, row.language) for row in session.execute(query)}
