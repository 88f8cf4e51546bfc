"""Chooses widths, heights and the paper of a worksheet from what its columns declare; pure."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from bcp_portal.annex.excel.placement import FIRST_COLUMN, HEAD_ROW, SheetPlacement
from bcp_portal.annex.excel.workbook_data import ExcelColumn, ExcelSheet

# Excel counts widths in half-width characters; a share of the printed table is a little more.
_CHARACTERS_PER_SHARE = 1.25
LINE_POINTS = 13.0
_MAX_HEIGHT_POINTS = 400.0
A3, A4 = 8, 9
# What lies between the margins at full size, in half-width characters: (portrait, landscape).
_ROOM = {A4: (95.0, 140.0), A3: (140.0, 200.0)}
_SMALLEST_SCALE = 0.6


@dataclass(frozen=True)
class ExcelPaper:
    """The size of the sheets, by its number in Excel, and how many lie side by side."""

    size: int
    pages_wide: int = 1


def column_width(column: ExcelColumn) -> float:
    """Return the width in half-width characters."""
    return max(column.kind.excel.width, column.column.width * _CHARACTERS_PER_SHARE)


def paper(sheet: ExcelSheet) -> ExcelPaper:
    """Return A4, or A3 (several side by side if need be) where type would be too small to read."""
    width = sum(column_width(column) for column in sheet.columns if column.printed)
    rooms = {size: both[sheet.table.landscape] / _SMALLEST_SCALE for size, both in _ROOM.items()}
    return ExcelPaper(A4) if width <= rooms[A4] else ExcelPaper(A3, ceil(width / rooms[A3]))


def head_heights(sheet: ExcelSheet) -> dict[int, float]:
    """Return the height of each head row in points; Excel does not fit rows to merged cells."""
    place = SheetPlacement(sheet)
    widths = [column_width(column) for column in sheet.columns]
    lines = dict.fromkeys(range(HEAD_ROW, place.first_row), 1)
    for span in place.head():
        width = sum(widths[span.column - FIRST_COLUMN : span.last_column - FIRST_COLUMN + 1])
        covered = range(span.row, span.last_row + 1)
        needed = ceil(line_count(span.label, width) / len(covered))
        lines |= {row: max(lines[row], needed) for row in covered}
    return {row: height_of(count) for row, count in lines.items()}


def height_of(lines: int) -> float:
    """Return the height in points of a row of so many lines, within what Excel allows."""
    return min(_MAX_HEIGHT_POINTS, lines * LINE_POINTS + 4)


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of this width."""
    room = max(2, int(width))
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(display_width(line) / room)) for line in text.split("\n"))


def display_width(text: Iterable[str]) -> int:
    """Return the width in half-width characters; what may be either counts as full width."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
