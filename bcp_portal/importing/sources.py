"""A file as it was read: sheets with numbered lines of plain cells; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from bcp_portal.importing.number_formats import exact

Cell = str | int | float | bool | dict[str, Any] | None
"""JSON as `reader_process` writes it."""


@dataclass(frozen=True)
class SourceLine:
    """One filled line: its number as Excel shows it, and its cells from column A on.

    `struck` is what is struck through, by column: it is no part of the cells. `unshown` are the
    columns in which the number format shows nothing of what the cell holds, `white` those with
    white letters on no ground.
    """

    number: int
    cells: tuple[Cell, ...]
    struck: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    unshown: tuple[int, ...] = ()
    white: tuple[int, ...] = ()

    def cell(self, column: int) -> Cell:
        """Return the cell of a column counted from 1; beyond the last it is empty."""
        return self.cells[column - 1] if 0 < column <= len(self.cells) else None

    def text(self, column: int) -> str:
        """Return the cell as a person reads it, without blanks at its ends."""
        return shown(self.cell(column)).strip()

    def filled(self) -> list[int]:
        """Return the columns (from 1) that hold something."""
        return [number for number, cell in enumerate(self.cells, start=1) if cell is not None]


@dataclass
class SourceSheet:
    """One visible sheet; merged cells as (first row, first column, last row, last column).

    `comments` are (place, text) of what is written beside cells, `conditions` (effect, ranges) of
    conditions that may strike text through or hide it (`hiding_conditions`).
    """

    name: str
    lines: list[SourceLine] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    conditions: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class SourceFile:
    """All visible sheets of one file, and what a workbook of ours says about itself."""

    sheets: list[SourceSheet] = field(default_factory=list)
    identity: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def sheet(self, name: str) -> SourceSheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def shown(cell: Cell) -> str:
    """Return a cell as text, for heads, messages and quotations."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dict):
        return _special(cell)
    if isinstance(cell, float):
        return f"{exact(cell):f}"
    return str(cell)


def _special(cell: Mapping[str, Any]) -> str:
    if "s" in cell:
        return str(cell["s"])
    if "p" in cell:
        return f"{cell['p'] * 100:.12g}%"
    if "m" in cell:
        hours, minutes = divmod(int(cell["m"]), 60)
        return f"{hours}:{minutes:02}"
    if "t" in cell:
        return str(cell["t"]).replace("T", " ")
    return str(next(iter(cell.values()), ""))


def place_of(column: int) -> str:
    """Return the letter Excel shows above a column counted from 1."""
    return str(get_column_letter(column)) if column > 0 else ""
