"""Reading real CSV files, with BOM, CRLF, blank lines and wrong columns. All errors are collected, with their lines."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from backend.errors import DomainError
from backend.text import clean_line
from backend.wards.errors import (
    ColumnCountWrong,
    FileEmpty,
    FileUnreadable,
    HeaderWrong,
    ImportRefused,
    QuotesWrong,
    RowError,
)

Value = TypeVar("Value")

MOST_ROW_ERRORS = 1000


class Line:
    """One row of a sheet. Its cells are read one by one, and errors are added to those of the sheet."""

    def __init__(self, number: int, cells: dict[str, str], errors: list[RowError]) -> None:
        self.number = number
        self._cells = cells
        self._errors = errors
        self.is_valid = True

    def raw(self, column: str) -> str:
        """The cell without blanks around it."""
        return self._cells[column].strip()

    def text(self, column: str, longest: int) -> str:
        """The cell as one clean line in NFC; if it is not valid, an empty text, and the error is added."""
        return self.checked(column, lambda cell: clean_line(cell, max_length=longest, field=column)) or ""

    def checked(self, column: str, read: Callable[[str], Value]) -> Value | None:
        """What `read` makes of the cell; if it raises a DomainError, None, and the error is added."""
        try:
            return read(self.raw(column))
        except DomainError as error:
            self.add_error(error, column)
            return None

    def add_error(self, error: DomainError, column: str | None = None) -> None:
        """Add an error of this line, which then cannot be imported."""
        self.is_valid = False
        self._errors.append(RowError(self.number, error, column))


class Sheet:
    """A CSV file with given columns in any order. Iterate over it, then call `raise_if_invalid`."""

    def __init__(self, lines: Iterable[str], columns: Sequence[str]) -> None:
        """Raises ImportRefused if the header has other columns."""
        self._errors: list[RowError] = []
        self._filled = 0
        self._rows = csv.reader(_without_mark(lines), strict=True)
        self._header = [cell.strip() for cell in self._next_row() or []]
        if sorted(self._header) != sorted(columns):
            raise ImportRefused(self._errors or [RowError(1, HeaderWrong(columns=", ".join(columns)))])

    def __iter__(self) -> Iterator[Line]:
        while len(self._errors) < MOST_ROW_ERRORS:
            number = self._rows.line_num + 1
            row = self._next_row()
            if row is None:
                break
            if not any(cell.strip() for cell in row):
                continue
            self._filled += 1
            line = Line(number, dict(zip(self._header, row, strict=False)), self._errors)
            if len(row) != len(self._header):
                line.add_error(ColumnCountWrong(found=len(row), wanted=len(self._header)))
            else:
                yield line

    def _next_row(self) -> list[str] | None:
        number = self._rows.line_num + 1
        try:
            return next(self._rows, None)
        except csv.Error:
            self._errors.append(RowError(number, QuotesWrong()))
            return []  # skipped like a blank line; reading continues after it
        except UnicodeDecodeError:
            self._errors.append(RowError(number, FileUnreadable()))
            return None

    def raise_if_invalid(self) -> None:
        """Raises ImportRefused if there are errors."""
        if not self._errors and not self._filled:
            self._errors.append(RowError(2, FileEmpty()))
        if self._errors:
            raise ImportRefused(sorted(self._errors, key=lambda row: row.line))


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """The lines without the byte order mark that Excel writes."""
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line
