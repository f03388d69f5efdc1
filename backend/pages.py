"""Pages of long lists: a cursor says where a page ended, and the next one is read from there with the list's index.

`page_of` serves a list whose rows have one order; its cursors hold the values that the last row has in that order.
Whoever counts pages off with OFFSET reads all the pages before, and skips rows when new ones come in.

What to do with a cursor that we did not make: a public list refuses it (`values_of`), because a client that got the
first page again would read in circles. A list of the panel starts at the top (`values_or_start`), because its cursors
stand in links that people shorten and keep.
"""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Integer, Row, Select, SQLColumnExpression, Uuid, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from backend.errors import CursorUnknown

Item = TypeVar("Item")

LONGEST_CURSOR = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some items of a list; `next_cursor` continues after the last one, None at the end."""

    items: Sequence[Item]
    next_cursor: str | None


@dataclass(frozen=True)
class Order:
    """The order of a list: columns that together differ in any two rows, and that one index holds in this order."""

    columns: Sequence[SQLColumnExpression[Any]]
    descending: bool = False

    @property
    def types(self) -> Sequence[TypeEngine[Any]]:
        """The types of the columns, for reading a cursor."""
        return tuple_(*self.columns).type.types


def page_of(
    session: Session,
    query: Select[*tuple[Any, ...]],
    order: Order,
    *,
    make: Callable[..., Item],
    after: Sequence[Any] | None,
    limit: int,
) -> Page[Item]:
    """One page of `query` in `order`: from the start, or `after` a place in it. `make` makes an item of each row."""
    rows, has_more = rows_after(session, query.add_columns(*order.columns), order, after=after, limit=limit)
    width = len(order.columns)
    items = [make(*row[:-width]) for row in rows]
    return Page(items, cursor_of(rows[-1][-width:]) if has_more else None)


def rows_after(
    session: Session, query: Select[*tuple[Any, ...]], order: Order, *, after: Sequence[Any] | None, limit: int
) -> tuple[Sequence[Row[*tuple[Any, ...]]], bool]:
    """The rows of a page, and whether the list goes on behind them: for lists with cursors of their own."""
    if after is not None:
        key = tuple_(*order.columns)
        query = query.where(key < tuple_(*after) if order.descending else key > tuple_(*after))
    query = query.order_by(*(column.desc() if order.descending else column for column in order.columns))
    rows = session.execute(query.limit(limit + 1)).all()
    return rows[:limit], len(rows) > limit


def cursor_of(values: Sequence[Any]) -> str:
    """The cursor for a place in a list: datetimes, UUIDs and integers as JSON in base64url."""
    plain = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _plain(value: datetime | UUID | int) -> int | str:
    if isinstance(value, datetime):
        return (value - _EPOCH) // _MICROSECOND
    return value.hex if isinstance(value, UUID) else value


def values_of(cursor: str | None, types: Sequence[TypeEngine[Any]]) -> tuple[Any, ...] | None:
    """The place that a cursor stands for, None for no cursor. Raises CursorUnknown for what cursor_of did not make."""
    if cursor is None:
        return None
    try:
        return _read(cursor, types)
    except (ValueError, OverflowError):
        raise CursorUnknown(field="cursor") from None


def values_or_start(cursor: str | None, types: Sequence[TypeEngine[Any]]) -> tuple[Any, ...] | None:
    """The same; None, which is the start of the list, for a cursor that is not ours."""
    try:
        return values_of(cursor, types)
    except CursorUnknown:
        return None


def _read(cursor: str, types: Sequence[TypeEngine[Any]]) -> tuple[Any, ...]:
    if len(cursor) > LONGEST_CURSOR:
        raise ValueError
    plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if not isinstance(plain, list):
        raise ValueError
    values = tuple(_value(raw, type_) for raw, type_ in zip(plain, types, strict=True))
    if cursor_of(values) != cursor:
        raise ValueError
    return values


def _value(raw: object, type_: TypeEngine[Any]) -> datetime | UUID | int:
    """A value of the column's type, within what the column can be compared with."""
    if isinstance(raw, bool):  # an int to Python alone
        raise ValueError
    match type_, raw:
        case DateTime(), int():
            return _EPOCH + timedelta(microseconds=raw)
        case Uuid(), str():
            return UUID(hex=raw)
        case Integer(), int():
            bits = 63 if isinstance(type_, BigInteger) else 31
            if -(2**bits) <= raw < 2**bits:
                return raw
    raise ValueError
