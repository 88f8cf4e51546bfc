"""Edits exported workbooks as people do: by the names of columns and rows, or past them."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.importing.desk import bytes_of

_FIRST_ROWS = 8


class Book:
    """A workbook of ours, opened as Excel would."""

    def __init__(self, content: bytes) -> None:
        self.workbook = load_workbook(BytesIO(content))

    @property
    def content(self) -> bytes:
        return bytes_of(self.workbook)

    def sheet(self, code: str) -> "Page":
        """Return the sheet of one table."""
        for worksheet in self.workbook.worksheets:
            if str(worksheet.cell(1, 1).value).endswith(f":{code}"):
                return Page(worksheet)
        raise KeyError(code)

    def keep(self, *codes: str) -> "Book":
        """Throw away the sheets of all other tables."""
        for worksheet in list(self.workbook.worksheets):
            mark = str(worksheet.cell(1, 1).value)
            if mark.startswith("bcp-portal:") and mark.rsplit(":", 1)[1] not in codes:
                self.workbook.remove(worksheet)
        return self


class Page:
    """One sheet of ours: its hidden names of columns, and its rows."""

    def __init__(self, worksheet: Any) -> None:
        self.worksheet = worksheet
        self.names_row = next(
            row for row in range(1, _FIRST_ROWS) if worksheet.cell(row, 1).value == "uid"
        )
        self.columns = {c.value: c.column for c in worksheet[self.names_row] if c.value}

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that carry a uid."""
        below = range(self.names_row + 1, self.worksheet.max_row + 1)
        return [row for row in below if self.worksheet.cell(row, 1).value]

    def get(self, row: int, name: str) -> Any:
        return self.worksheet.cell(row, self.columns[name]).value

    def put(self, row: int, name: str, value: Any) -> None:
        self.worksheet.cell(row, self.columns[name]).value = value

    def row(self, name: str, value: Any) -> int:
        """Return the row with this value in the column."""
        return next(row for row in self.rows if self.get(row, name) == value)

    def replace(self, name: str, values: Mapping[Any, Any]) -> None:
        """Replace values of one column, all at once."""
        for row in self.rows:
            if self.get(row, name) in values:
                self.put(row, name, values[self.get(row, name)])

    def add(self, **values: Any) -> int:
        """Write a row below the last one, without a uid."""
        last = max((*self.rows, self.names_row + 2))
        row = last + 1
        while any(self.get(row, name) for name in self.columns):
            row += 1
        for name, value in values.items():
            self.put(row, name, value)
        return row

    def sort(self, key: Callable[[Mapping[str, Any]], Any], names: Iterable[str] = ()) -> None:
        """Sort the cells of rows without their uids; with `names` only those columns."""
        columns = [name for name in self.columns if name != "uid"]
        names = list(names) or columns
        rows = self.rows
        lines = [{name: self.get(row, name) for name in columns} for row in rows]
        for row, line in zip(rows, sorted(lines, key=key), strict=True):
            for name in names:
                self.put(row, name, line[name])
