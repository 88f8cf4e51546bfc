"""Reads the cells of a worksheet as Excel shows them, and the formulas that nobody ever calculated.

No Django. For openpyxl such a cell is empty, because it reads either results or formulas. What is
struck through is kept apart from the text that is valid.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser

from bcp_portal.annex.excel.texts import text_of_cell
from bcp_portal.importing import limits
from bcp_portal.importing.general_format import GENERAL
from bcp_portal.importing.number_cells import in_column, number_cell
from bcp_portal.importing.number_formats import FormatToken, sections_of
from bcp_portal.importing.stored_texts import Runs, text_in
from bcp_portal.importing.workbook_styles import formats_of, struck_styles, white_styles

_LONGEST_FORMULA = 100
_UNCALCULATED = "uncalculated"
# In points, and in letters: less than anything that is drawn.
_NO_HEIGHT, _NO_WIDTH = 1.0, 0.1
_YES = ("1", "true")


@dataclass
class WorksheetRow:
    """One line: its cells up to the last filled one, what is struck through in them by column.

    `unshown` are the columns in which the number format shows nothing of what the cell holds,
    `white` those with white letters on no ground.
    """

    number: int
    cells: list[Any] = field(default_factory=list)
    struck: dict[int, str] = field(default_factory=dict)
    unshown: list[int] = field(default_factory=list)
    white: list[int] = field(default_factory=list)
    hidden: bool = False


class SheetCells:
    """The rows of a read-only worksheet; once they were read, also its hidden columns."""

    def __init__(self, sheet: Any, merged: frozenset[tuple[int, int]] = frozenset()) -> None:
        """`merged` are the first cells (row, column) of merged areas, wider than their column."""
        self._sheet, self._merged, workbook = sheet, merged, sheet.parent
        self._formats = formats_of(workbook)
        self._struck, self._white = struck_styles(workbook), white_styles(workbook)
        self._since_1904 = workbook.epoch == CALENDAR_MAC_1904
        self._widths: dict[int, float] = {}
        self.hidden_columns: set[int] = set()

    def rows(self) -> Iterator[WorksheetRow]:
        """Yield the rows from the top; one number comes once.

        The extent that a file declares is not asked for: programs write any they like.
        """
        with self._sheet._get_source() as source:
            parser = _Parser(source, self._sheet._shared_strings, data_only=True, rich_text=True)
            last = 0
            for number, cells in parser.parse():
                if not last:
                    self._take_columns(parser.columns, parser.width_of_others)
                if number > last:
                    last = number
                    yield self._row(number, cells, hidden=parser.row_is_hidden)

    def _take_columns(self, columns: list[dict[str, str]], width_of_others: str | None) -> None:
        if _is_none(width_of_others, _NO_WIDTH):
            self.hidden_columns |= set(range(1, limits.MAX_COLUMNS + 1))
        for each in columns:
            first, last = int(each.get("min", 0)), int(each.get("max", 0))
            is_hidden = each.get("hidden") in _YES or _is_none(each.get("width"), _NO_WIDTH)
            for number in range(first, min(last, limits.MAX_COLUMNS) + 1):
                (self.hidden_columns.add if is_hidden else self.hidden_columns.discard)(number)
                if each.get("customWidth") in _YES and "width" in each:
                    self._widths[number] = float(each["width"])

    def _row(self, number: int, parsed: list[dict[str, Any]], *, hidden: bool) -> WorksheetRow:
        row = WorksheetRow(number, hidden=hidden)
        for cell in parsed:
            column = cell["column"]
            if not len(row.cells) < column <= limits.MAX_COLUMNS:
                continue
            value, struck = self._valid(cell)
            if struck:
                row.struck[column] = struck[: limits.MAX_CELL_CHARACTERS]
            if value is not None:
                code = self._formats.get(cell["style_id"], GENERAL)
                if column in self._widths and (number, column) not in self._merged:
                    value = in_column(value, code, self._widths[column])
                row.cells += [None] * (column - len(row.cells) - 1)
                row.cells.append(value)
                if self._is_unshown(value, code):
                    row.unshown.append(column)
                if cell["style_id"] in self._white:
                    row.white.append(column)
        return row

    def _valid(self, cell: dict[str, Any]) -> tuple[Any, str]:
        """Return the cell without what is struck through, and that as text."""
        all_struck = cell["style_id"] in self._struck
        if isinstance(cell["value"], Runs):
            kept, struck = _parted(cell["value"], all_struck)
            return _text(kept, "s"), struck.strip()
        value = self._cell(cell)
        if all_struck and value is not None:
            return None, _as_text(value)
        return value, ""

    def _cell(self, cell: dict[str, Any]) -> Any:
        value = cell["value"]
        if value is None:
            return None
        kind = type(value)
        if kind is str:
            return _text(value, cell["data_type"])
        if kind is bool:
            return value
        if kind is int or kind is float:
            if not math.isfinite(value):
                return {"e": str(value)}
            code = self._formats.get(cell["style_id"], GENERAL)
            return number_cell(value, code, since_1904=self._since_1904)
        return _moment(value)

    def _is_unshown(self, value: Any, code: str) -> bool:
        if isinstance(value, str):
            of_texts = sections_of(code)[3:]
            return bool(of_texts) and not any(_shows(token) for token in of_texts[0].tokens)
        return isinstance(value, dict) and not str(value.get("s", "0")).strip()


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Gives numbers as they are stored, and says of each row whether it is hidden."""

    row_is_hidden = False

    @property
    def width_of_others(self) -> str | None:
        """The width of columns of which nothing is said."""
        width = getattr(getattr(self, "sheet_format", None), "defaultColWidth", None)
        return None if width is None else str(width)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.columns: list[dict[str, str]] = []

    def parse_column_dimensions(self, element: Any) -> None:
        """Keep what is said of columns, hidden or how wide."""
        self.columns.append(dict(element.attrib))

    def parse_formatting(self, element: Any) -> None:
        """Leave conditions to `hiding_conditions`: the library is strict about them."""

    def parse_extensions(self, element: Any) -> None:
        """Leave what later versions of Excel added."""

    def parse_row(self, element: Any) -> Any:
        """Return the row, having noted whether it is hidden."""
        is_flat = _is_none(element.get("ht"), _NO_HEIGHT)
        self.row_is_hidden = element.get("hidden") in _YES or is_flat
        return super().parse_row(element)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return a cell; a formula whose result was never saved is one of its own type."""
        kind, held = element.get("t"), element.find(INLINE_STRING)
        if kind == "inlineStr" and held is not None:
            # The library makes objects of each part of a text, also where it has but one.
            element.remove(held)
            return super().parse_cell(element) | {"value": text_in(held), "data_type": "s"}
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None:
            formula = element.find(FORMULA_TAG)
            # A result may be an empty text, which is saved as a text without a character.
            if formula is not None and cell["data_type"] != "str":
                cell["value"] = f"={formula.text or ''}"[:_LONGEST_FORMULA]
                cell["data_type"] = _UNCALCULATED
        elif kind == "str":
            cell["value"] = text_of_cell(cell["value"])
        return cell


def _is_none(size: str | None, most: float) -> bool:
    """Tell whether a height or width is so small that nobody sees what is there."""
    try:
        return size is not None and float(size) <= most
    except ValueError:
        return False


def _shows(token: FormatToken) -> bool:
    return token.kind != "literal" or bool(token.text.strip())


def _parted(text: Runs, all_struck: bool) -> tuple[str, str]:
    """Return the runs that are valid, and those that are struck through."""
    kept: list[str] = []
    struck: list[str] = []
    for run, own in text:
        # A run without a font of its own is written in that of the cell.
        (struck if (all_struck if own is None else own) else kept).append(run)
    return "".join(kept), "".join(struck)


def _text(value: str, data_type: str) -> Any:
    if data_type == "e":
        return {"e": value}
    if data_type == _UNCALCULATED:
        return {"f": value}
    return value[: limits.MAX_CELL_CHARACTERS] if value.strip() else None


def _as_text(value: Any) -> str:
    return (
        str(next(iter(value.values())) if "s" not in value else value["s"])
        if isinstance(value, dict)
        else str(value)
    )


_WRITTEN: dict[type, Callable[[Any], dict[str, Any]]] = {
    date: lambda day: {"d": day.isoformat()},
    time: lambda at: {"m": at.hour * 60 + at.minute},
    timedelta: lambda stretch: {"m": round(stretch.total_seconds() / 60)},
}


def _moment(value: Any) -> Any:
    """Return a day or time that the file writes as text of ISO 8601."""
    if isinstance(value, datetime):
        if value.time() == time():
            return {"d": value.date().isoformat()}
        return {"t": value.isoformat(timespec="minutes")}
    known = _WRITTEN.get(type(value))
    return known(value) if known else str(value)
