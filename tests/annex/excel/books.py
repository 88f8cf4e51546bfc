"""Makes small workbooks by hand, and reads workbooks back the way a later import will find them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from bcp_portal.annex.excel.identity import IDENTITY_SHEET
from bcp_portal.annex.excel.placement import NAMES_ROW, SheetPlacement
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.excel.workbook_data import ExcelBook, ExcelColumn, ExcelSheet
from bcp_portal.annex.table import Table, TableRow
from bcp_portal.ui.eras import DateStyle

HEADING = "様式1 情報システム一覧"


def sheet_of(
    columns: Sequence[ExcelColumn], *rows: Mapping[str, Any], heading: str = HEADING, **more: Any
) -> ExcelSheet:
    """Return a sheet with rows uid-1, uid-2 and so on."""
    table = Table(
        code=more.pop("code", "1"),
        title="情報システム一覧",
        columns=tuple(column.column for column in columns),
        rows=tuple(TableRow(f"uid-{number}", row) for number, row in enumerate(rows, start=1)),
        landscape=more.pop("landscape", False),
        date_style=more.pop("date_style", DateStyle.WAREKI),
    )
    return ExcelSheet(heading=heading, table=table, columns=tuple(columns), **more)


def book_of(*sheets: ExcelSheet, title: str = "様式一式") -> ExcelBook:
    return ExcelBook(
        title=title,
        municipality_code="139998",
        municipality_name="見本市",
        made_at=datetime(2026, 11, 21, 9, 5),
        date_style=sheets[0].table.date_style,
        sheets=sheets,
    )


def written(*sheets: ExcelSheet) -> Workbook:
    """Return the workbook as it is read back from the bytes that were written."""
    return opened(workbook_bytes(book_of(*sheets)))


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def cells_by_uid(worksheet: Any, sheet: ExcelSheet) -> dict[str, dict[str, Any]]:
    """Return the cells of each row by column name, found by the hidden row and column."""
    names = [cell.value for cell in worksheet[NAMES_ROW]]
    rows = worksheet.iter_rows(min_row=SheetPlacement(sheet).first_row)
    named = [dict(zip(names, row, strict=True)) for row in rows]
    return {str(row["uid"].value): row for row in named if row["uid"].value}


def identity_of(workbook: Workbook) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return what the hidden sheet says: values by name, and a line by sheet."""
    lines = [
        [value for value in line if value is not None]
        for line in workbook[IDENTITY_SHEET].iter_rows(values_only=True)
    ]
    head = next(number for number, line in enumerate(lines) if line[0] == "sheet")
    return dict(lines[:head]), {line[0]: line[1:] for line in lines[head + 1 :]}
