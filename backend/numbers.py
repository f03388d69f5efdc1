"""Running numbers: in each ward the rows of a table are counted from 1, without gaps."""

from typing import cast

from sqlalchemy import ForeignKey, String, Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from backend.db import Base


class RunningNumber(Base):
    """The last number that a ward has given to a row of the table `counted`."""

    __tablename__ = "running_numbers"

    ward_id: Mapped[str] = mapped_column(ForeignKey("wards.code"), primary_key=True)
    counted: Mapped[str] = mapped_column(String(30), primary_key=True)
    last: Mapped[int]


# built once, because sending a tip runs it
_table = cast("Table", RunningNumber.__table__)
_NEXT = (
    insert(_table)
    .values(ward_id=bindparam("ward"), counted=bindparam("counted"), last=1)
    .on_conflict_do_update(index_elements=["ward_id", "counted"], set_={"last": _table.c.last + 1})
    .returning(_table.c.last)
)


def next_number(session: Session, model: type[Base], *, ward_id: str) -> int:
    """The number of the ward's next `model` row.

    The count stays locked until the transaction ends: another one waits for its number, and a number whose transaction
    is rolled back is given again.
    """
    number: int = session.connection().execute(_NEXT, {"ward": ward_id, "counted": model.__tablename__}).scalar_one()
    return number


def last_numbers(session: Session, model: type[Base]) -> dict[str, int]:
    """The last number of each ward that has given any to `model` rows."""
    query = select(RunningNumber.ward_id, RunningNumber.last).where(RunningNumber.counted == model.__tablename__)
    return dict(session.execute(query).all())
