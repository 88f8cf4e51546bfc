"""Writes the tables of a public document as an Excel file without ids, hidden sheets or formulas."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from bcp_portal.annex.excel.names import sheet_names
from bcp_portal.annex.excel.sheet_sizes import column_width, height_of, line_count, paper
from bcp_portal.annex.excel.styles import HEAD, PLAIN, TITLE, CellStyles
from bcp_portal.annex.excel.texts import cell_text, visible_text
from bcp_portal.annex.excel.values import excel_value
from bcp_portal.annex.excel.workbook_data import ExcelColumn, ExcelSheet
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Table, TableRow
from bcp_portal.ui.eras import DateStyle
from plans.document.document import Document
from plans.document.table_heads import head_rows
from plans.document.tables import tables_of
from plans.public_edition.page import page_title

FIRST_SHEET = "公開版"
HEAD_ROW = 3


def public_workbook(document: Document, style: DateStyle) -> bytes:
    """Return the file: a first sheet that says what it is, then one sheet a table."""
    workbook = Workbook()
    workbook.properties.creator = visible_text(document.cover.municipality)
    workbook.properties.title = visible_text(page_title(document))
    styles = CellStyles(workbook, style)
    tables = tables_of(document)
    headings = [table.heading for table in tables]
    names = sheet_names(headings, taken=[FIRST_SHEET])
    _write_first(workbook.active, document, headings, styles)
    for name, table in zip(names, tables, strict=True):
        _Writer(workbook.create_sheet(name), table, styles).write()
    stored = BytesIO()
    workbook.save(stored)
    return stored.getvalue()


def _write_first(sheet: Any, document: Document, headings: list[str], styles: CellStyles) -> None:
    sheet.title = FIRST_SHEET
    cover = document.cover
    sheet.column_dimensions["A"].width = 60
    _append(sheet, [(page_title(document), TITLE)], styles)
    for text in (cover.date_text, cover.department, *headings):
        _append(sheet, [(text, PLAIN)], styles)


def _append(sheet: Any, cells: list[tuple[Any, str]], styles: CellStyles) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for number, (value, style) in enumerate(cells, 1):
        _set(sheet.cell(row, number), value, style)


def _set(cell: Any, value: Any, style: str) -> None:
    cell.style = style
    if value is not None and value != "":
        cell.value = cell_text(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"


def _kind(column: ExcelColumn) -> Kind:
    return column.kind if column.kind.excel.typed_when_public else Kind.TEXT


class _Writer:
    """Writes one table on its sheet."""

    def __init__(self, sheet: Any, table: Table, styles: CellStyles) -> None:
        self.sheet = sheet
        self.table = table
        self.styles = styles
        self.columns = tuple(ExcelColumn(column, editable=False) for column in table.columns)

    def write(self) -> None:
        _set(self.sheet["A1"], self.table.heading, TITLE)
        _set(self.sheet["A2"], self.table.subtitle, PLAIN)
        first = self._write_head()
        self._write_rows(first)
        self._set_paper(first)

    def _write_head(self) -> int:
        heads = head_rows(self.table.columns)
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(heads, HEAD_ROW):
            column = 1
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                _set(self.sheet.cell(row, column), cell.label, HEAD)
                last = (row + cell.rowspan - 1, column + cell.colspan - 1)
                taken |= {
                    (r, c) for r in range(row, last[0] + 1) for c in range(column, last[1] + 1)
                }
                if last != (row, column):
                    self.sheet.merge_cells(None, row, column, *last)
                column = last[1] + 1
        return HEAD_ROW + len(heads)

    def _write_rows(self, first: int) -> None:
        names = [self.styles.of_column(_kind(column), editable=True) for column in self.columns]
        widths = [column_width(column) for column in self.columns]
        for number, row in enumerate(self.table.rows, first):
            lines = 1
            for place, (column, name) in enumerate(zip(self.columns, names, strict=True), 1):
                value = self._value(row, column)
                _set(self.sheet.cell(number, place), value, name)
                if isinstance(value, str):
                    lines = max(lines, line_count(value, widths[place - 1]))
            self.sheet.row_dimensions[number].height = height_of(lines)

    def _value(self, row: TableRow, column: ExcelColumn) -> Any:
        # Other values are written as they read: what a file says can be compared with the document.
        if column.kind.excel.typed_when_public:
            return excel_value(
                column.column, row.cells.get(column.column.name), self.table.date_style
            )
        return self.table.text(row, column.column)

    def _set_paper(self, first: int) -> None:
        sheet = self.sheet
        for place, column in enumerate(self.columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = column_width(column)
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape" if self.table.landscape else "portrait"
        chosen = paper(ExcelSheet(self.table.heading, self.table, self.columns))
        sheet.page_setup.paperSize = chosen.size
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = chosen.pages_wide, 0
        sheet.print_title_rows = f"{HEAD_ROW}:{first - 1}"
        sheet.freeze_panes = f"A{first}"
