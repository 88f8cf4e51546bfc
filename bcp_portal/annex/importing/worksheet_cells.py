"""Reads the cells of a worksheet as openpyxl does, and the formulas that nobody ever calculated.

No Django. For openpyxl such a cell is empty, because it reads either results or formulas.
"""

import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from bcp_portal.annex.importing import limits

_LONGEST_FORMULA = 100
_UNCALCULATED = "uncalculated"


class _Parser(WorkSheetParser):  # type: ignore[misc]
    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return a cell; a formula whose result was never saved is one of its own type."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None:
            formula = element.find(FORMULA_TAG)
            # A result may be an empty text, which is saved as a text without a character.
            if formula is not None and cell["data_type"] != "str":
                cell["value"] = f"={formula.text or ''}"[:_LONGEST_FORMULA]
                cell["data_type"] = _UNCALCULATED
        return cell


def worksheet_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows of a read-only worksheet: number, and cells up to the last filled one.

    The extent that a file declares is not asked for: programs write any they like.
    """
    workbook = sheet.parent
    shares = _formats_of_shares(workbook)
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        last = 0
        for number, row in parser.parse():
            if number > last:
                last = number
                yield number, _cells(row, shares)


def _formats_of_shares(workbook: Any) -> set[int]:
    """Return the styles whose number format shows a share as a percentage."""
    own = dict(enumerate(workbook._number_formats, start=BUILTIN_FORMATS_MAX_SIZE))
    known = BUILTIN_FORMATS | own
    return {
        number
        for number, style in enumerate(workbook._cell_styles)
        if "%" in known.get(style.numFmtId, "")
    }


def _cells(row: list[dict[str, Any]], shares: set[int]) -> list[Any]:
    cells: list[Any] = []
    for cell in row:
        value = _cell(cell, shares)
        column = cell["column"]
        if value is not None and len(cells) < column <= limits.MAX_COLUMNS:
            cells += [None] * (column - len(cells) - 1)
            cells.append(value)
    return cells


def _cell(cell: dict[str, Any], shares: set[int]) -> Any:
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
        return {"p": value} if cell["style_id"] in shares else value
    return _moment(value)


def _text(value: str, data_type: str) -> Any:
    if data_type == "e":
        return {"e": value}
    if data_type == _UNCALCULATED:
        return {"f": value}
    return value[: limits.MAX_CELL_CHARACTERS] if value.strip() else None


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        if value.time() == time():
            return {"d": value.date().isoformat()}
        return {"t": value.isoformat(timespec="minutes")}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time):
        return {"m": value.hour * 60 + value.minute}
    if isinstance(value, timedelta):
        return {"m": round(value.total_seconds() / 60)}
    return str(value)
