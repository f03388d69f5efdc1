"""Reading CSV files as they really are: BOM, CRLF, blank lines, wrong columns. Every fault is kept with its line."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from backend.errors import DomainError
from backend.text import clean_line
from backend.wards.errors import (
    BadRow,
    ColumnCountWrong,
    FileEmpty,
    FileUnreadable,
    HeaderWrong,
    ImportRefused,
    QuotesWrong,
)

Value = TypeVar("Value")

MOST_BAD_ROWS = 1000


class Line:
    """One row of a sheet, whose cells are read one by one; what is wrong goes to the sheet's bad rows."""

    def __init__(self, number: int, cells: dict[str, str], bad: list[BadRow]) -> None:
        self.number = number
        self._cells = cells
        self._bad = bad
        self.is_sound = True

    def raw(self, column: str) -> str:
        """The cell without blanks around it."""
        return self._cells[column].strip()

    def text(self, column: str, longest: int) -> str:
        """The cell as one clean line in NFC; empty text and a fault when it is none."""
        return self.checked(column, lambda cell: clean_line(cell, max_length=longest, field=column)) or ""

    def checked(self, column: str, read: Callable[[str], Value]) -> Value | None:
        """What `read` makes of the cell, None and a fault when it raises a DomainError."""
        try:
            return read(self.raw(column))
        except DomainError as error:
            self.fault(error, column)
            return None

    def fault(self, error: DomainError, column: str | None = None) -> None:
        """Note that this line cannot be imported."""
        self.is_sound = False
        self._bad.append(BadRow(self.number, error, column))


class Sheet:
    """A CSV file with a fixed header, its columns in any order. Iterate over it, then call `refuse_if_bad`."""

    def __init__(self, lines: Iterable[str], columns: Sequence[str]) -> None:
        """Raises ImportRefused when the header is not `columns`."""
        self._bad: list[BadRow] = []
        self._filled = 0
        self._rows = csv.reader(_without_mark(lines), strict=True)
        self._header = [cell.strip() for cell in self._next_row() or []]
        if sorted(self._header) != sorted(columns):
            raise ImportRefused(self._bad or [BadRow(1, HeaderWrong(columns=", ".join(columns)))])

    def __iter__(self) -> Iterator[Line]:
        while len(self._bad) < MOST_BAD_ROWS:
            number = self._rows.line_num + 1
            row = self._next_row()
            if row is None:
                break
            if not any(cell.strip() for cell in row):
                continue
            self._filled += 1
            line = Line(number, dict(zip(self._header, row, strict=False)), self._bad)
            if len(row) != len(self._header):
                line.fault(ColumnCountWrong(found=len(row), wanted=len(self._header)))
            else:
                yield line

    def _next_row(self) -> list[str] | None:
        number = self._rows.line_num + 1
        try:
            return next(self._rows, None)
        except csv.Error:
            self._bad.append(BadRow(number, QuotesWrong()))
            return []  # passed over like a blank line; reading goes on behind it
        except UnicodeDecodeError:
            self._bad.append(BadRow(number, FileUnreadable()))
            return None

    def refuse_if_bad(self) -> None:
        """Raises ImportRefused with everything that is wrong."""
        if not self._bad and not self._filled:
            self._bad.append(BadRow(2, FileEmpty()))
        if self._bad:
            raise ImportRefused(sorted(self._bad, key=lambda row: row.line))


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """Excel writes a byte order mark."""
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line
