"""Decides what of a row stands in its cells, and what in a line of its own below it; pure.

Some columns are declared to stand below, because few rows fill them. Besides, a text that would run
down a narrow cell over half a page is set below its row over the whole width, whatever its column:
one long remark must not leave pages of empty cells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from bcp_portal.annex.table import Column, Table, TableRow

SEE_BELOW = "この行の下に記載"
"""Stands in a cell whose text is printed below the row."""

MOST_LINES = 24
"""A cell with more lines is set below its row: about half a lying sheet."""

# In a column so wide as this part of the sheet, a text gains nothing by moving.
_WIDE_ENOUGH = 0.5
# A note of this many characters or more, or of several lines, begins a line of its own.
_SHORT_NOTE = 60


@dataclass(frozen=True)
class Note:
    """One text that stands below a row, under the name of its column."""

    label: str
    text: str

    @property
    def is_short(self) -> bool:
        return len(self.text) < _SHORT_NOTE and "\n" not in self.text


@dataclass(frozen=True)
class SetRow:
    """One row as it is set: the text of each cell, and the notes below them."""

    cells: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    def note_lines(self) -> Iterator[tuple[Note, ...]]:
        """Yield the notes line by line; short ones share a line."""
        together: list[Note] = []
        for note in self.notes:
            if note.is_short:
                together.append(note)
                continue
            if together:
                yield tuple(together)
            together = []
            yield (note,)
        if together:
            yield tuple(together)


@dataclass(frozen=True)
class Band:
    """The columns of one run of a table with their widths in em, and what stands below its rows."""

    columns: tuple[Column, ...]
    widths_em: tuple[float, ...]
    below: tuple[Column, ...] = ()


def set_rows(table: Table, band: Band) -> Iterator[SetRow]:
    """Yield every row of a table as it is set in a band."""
    return (_set_row(table, row, band) for row in table.rows)


def notes_of(table: Table, row: TableRow, columns: Sequence[Column]) -> Iterator[Note]:
    """Yield what a row says in columns that stand below; 「いいえ」 is what an empty line says too."""
    for column in columns:
        if row.cells.get(column.name) is not False and (text := table.text(row, column)):
            yield Note(column.label, text)


def _set_row(table: Table, row: TableRow, band: Band) -> SetRow:
    cells: list[str] = []
    moved: list[Note] = []
    measure = sum(band.widths_em)
    for column, width in zip(band.columns, band.widths_em, strict=True):
        text = table.text(row, column)
        if width < measure * _WIDE_ENOUGH and _runs_long(text, width):
            moved.append(Note(column.label, text))
            text = SEE_BELOW
        cells.append(text)
    return SetRow(tuple(cells), (*notes_of(table, row, band.below), *moved))


def _runs_long(text: str, width_em: float) -> bool:
    if len(text) < MOST_LINES:
        return False
    lines = (ceil(_length_em(line) / max(width_em, 1)) for line in text.split("\n"))
    return sum(max(count, 1) for count in lines) > MOST_LINES


def _length_em(line: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in line)
