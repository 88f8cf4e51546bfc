"""What a workbook says about itself on hidden places, so that its rows can be found again."""

from openpyxl import Workbook

from bcp_portal.annex.excel.placement import HEAD_ROW, NAMES_ROW, SheetPlacement
from bcp_portal.annex.excel.styles import NOTE, CellStyles
from bcp_portal.annex.excel.workbook_data import ExcelBook

# Raise it when a reader of older workbooks would misread a newer one.
SCHEMA = 1
IDENTITY_SHEET = "_bcp_portal"
UID_HEAD = "uid"
STAMP = "bcp-portal-sheet:"


def sheet_mark(code: str) -> str:
    """Return what cell A1 of a table's sheet says; it survives copying the sheet elsewhere."""
    return f"bcp-portal:{SCHEMA}:{code}"


def sheet_stamp(book: ExcelBook) -> str:
    """Return what cell A2 of a sheet says: when it was written and whose it is, wherever it is put."""
    frozen = ";frozen=1" if book.frozen else ""
    return (
        f"{STAMP}made_at={book.made_at.isoformat()};municipality={book.municipality_code}{frozen}"
    )


def write_identity(
    workbook: Workbook, book: ExcelBook, names: list[str], styles: CellStyles
) -> None:
    """Add the sheet that nobody sees: what the file is, and for each sheet its table and columns.

    Lines of name and value; then, below `sheet`, one line a sheet: its name, the code of its
    table, the rows of its column names, head and first row, and the names of its columns.
    """
    worksheet = workbook.create_sheet(IDENTITY_SHEET)
    worksheet.sheet_state = "veryHidden"
    lines: list[list[str]] = [
        ["schema", str(SCHEMA)],
        ["municipality", book.municipality_code],
        ["made_at", book.made_at.isoformat()],
        ["date_style", book.date_style.value],
        *([["frozen", "1"]] if book.frozen else []),
        ["sheet", "code", "names_row", "head_row", "first_row", "columns"],
    ]
    for name, sheet in zip(names, book.sheets, strict=True):
        rows = (NAMES_ROW, HEAD_ROW, SheetPlacement(sheet).first_row)
        columns = [column.column.name for column in sheet.columns]
        lines.append([name, sheet.table.code, *map(str, rows), *columns])
    for line in lines:
        worksheet.append([styles.cell(worksheet, text, NOTE) for text in line])
