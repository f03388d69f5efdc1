"""Who gets an alert by SMS.

The worker asks and has no actor: the permission was checked when the alert was published.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.accounts.models import Resident


@dataclass(frozen=True)
class SmsRecipient:
    """A resident's number (E.164) and the language they read."""

    number: str
    language: str


def residents_in(session: Session, *, ward_id: str, area_ids: Collection[UUID], page: int) -> Iterator[Sequence[UUID]]:
    """The residents of the ward, or of some of its areas (empty: of all), by id, `page` at a time.

    Residents without an area are always among them: they may live in any. The query runs when the first page is read.
    """
    query = select(Resident.id).where(Resident.ward_id == ward_id).order_by(Resident.id)
    if area_ids:
        query = query.where(or_(Resident.area_id.in_(sorted(area_ids)), Resident.area_id.is_(None)))
    with closing(session.scalars(query.execution_options(yield_per=page))) as found:
        yield from found.partitions()


def sms_recipients_of(session: Session, *, resident_ids: Collection[UUID]) -> dict[UUID, SmsRecipient]:
    """The recipients among these residents who still have an account."""
    query = select(Resident.id, Resident.phone, Resident.language).where(Resident.id.in_(list(resident_ids)))
    return {row.id: SmsRecipient(row.phone, row.language) for row in session.execute(query)}
