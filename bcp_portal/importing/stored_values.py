"""Compares a cell of a file with what is stored, and names values so that two spellings meet; pure."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from bcp_portal.annex.excel.texts import text_of_cell
from bcp_portal.annex.excel.values import excel_value
from bcp_portal.annex.kinds import MASK, CellValue
from bcp_portal.annex.table import Column
from bcp_portal.importing.sources import Cell
from bcp_portal.ui.durations import Duration
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.text import match_key


def is_as_exported(column: Column, stored: CellValue, cell: Cell, style: DateStyle) -> bool:
    """Tell whether a cell holds exactly what an export of the stored value wrote there."""
    if column.personal and cell == MASK:
        return True
    expected = excel_value(column, stored, style)
    if expected is None or cell is None:
        # A text of blanks alone is read as an empty cell.
        return (expected is None or not str(expected).strip()) and cell is None
    if isinstance(expected, str):
        return isinstance(cell, str) and _same_text(cell, expected)
    if isinstance(expected, datetime):
        return _moment_in(cell) in (
            {"t": expected.isoformat(timespec="minutes")},
            _day_at_midnight(expected),
        )
    if isinstance(expected, date):
        return _moment_in(cell) == {"d": expected.isoformat()}
    return _same_number(cell, expected)


def _moment_in(cell: Cell) -> dict[str, str] | None:
    """Return the day or moment of a cell without how it is shown."""
    if not isinstance(cell, dict):
        return None
    return {key: str(cell[key]) for key in ("d", "t") if key in cell}


def _same_text(cell: str, expected: str) -> bool:
    # The text of a cell is read as Excel shows it, without the escapes it was written with.
    expected = text_of_cell(expected)
    return cell == expected or _line_ends(cell) == expected


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _day_at_midnight(moment: datetime) -> dict[str, str]:
    return {"d": moment.date().isoformat()} if not (moment.hour or moment.minute) else {}


def _same_number(cell: Cell, expected: int | Decimal) -> bool:
    number = cell.get("n", cell.get("p")) if isinstance(cell, dict) else cell
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    return abs(float(expected) - number) <= 1e-9 * max(1.0, abs(number))


def key_of_value(value: Any) -> str:
    """Return the same text for two values that mean one thing, to find rows by their natural key."""
    if value is None:
        return ""
    if isinstance(value, Duration):
        return str(value.minutes)
    if isinstance(value, Model):
        # Two rows of one name are two rows.
        return f"#{value.pk}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return match_key(str(value))
