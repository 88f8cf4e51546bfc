"""Writes one table as a worksheet that looks and prints like the 様式."""

from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.properties import PageSetupProperties

from bcp_portal.annex.excel.dropdowns import Dropdowns
from bcp_portal.annex.excel.identity import UID_HEAD, sheet_mark, sheet_stamp
from bcp_portal.annex.excel.placement import (
    EMPTY_ROWS,
    FACTS_ROW,
    FIRST_COLUMN,
    HEAD_ROW,
    NAMES_ROW,
    SUBTITLE_ROW,
    TITLE_ROW,
    UID_COLUMN,
    SheetPlacement,
)
from bcp_portal.annex.excel.sheet_sizes import (
    LINE_POINTS,
    column_width,
    head_heights,
    height_of,
    line_count,
    paper,
)
from bcp_portal.annex.excel.styles import BODY_FONT, HEAD, NOTE, PLAIN, TITLE, CellStyles, alignment
from bcp_portal.annex.excel.texts import cell_text
from bcp_portal.annex.excel.values import excel_value, number_format
from bcp_portal.annex.excel.workbook_data import ExcelBook, ExcelSheet
from bcp_portal.annex.table import TableRow

_SIDE_MARGIN, _UPPER_MARGIN, _FOOT = 0.4, 0.6, 0.3
_UID_WIDTH = 38


class FittedRow(RowDimension):  # type: ignore[misc]
    """A row with a height to begin with; Excel fits it again when somebody types.

    LibreOffice does not fit rows that come without a height.
    """

    customHeight = False


def write_sheet(
    workbook: Workbook,
    name: str,
    book: ExcelBook,
    sheet: ExcelSheet,
    styles: CellStyles,
    dropdowns: Dropdowns,
) -> None:
    """Add the worksheet of a table of the book; rows are streamed, so that memory does not grow with their number."""
    worksheet = workbook.create_sheet(name)
    place = SheetPlacement(sheet)
    _set_columns(worksheet, sheet)
    _set_heights(worksheet, sheet)
    _set_paper(worksheet, place)
    for line in _lines_above(book, sheet):
        worksheet.append([None if t is None else styles.cell(worksheet, t, s) for t, s in line])
    for cells in _head_lines(worksheet, place, styles):
        worksheet.append(cells)
    for cells in _row_lines(worksheet, sheet, styles):
        worksheet.append(cells)
    worksheet.auto_filter.ref = place.filter_area
    for number, column in enumerate(sheet.columns, start=FIRST_COLUMN):
        validation = dropdowns.validation(column, place.cells_below_head(number))
        if validation is not None:
            worksheet.data_validations.append(validation)


def _set_columns(worksheet: Any, sheet: ExcelSheet) -> None:
    """Set widths, and the format of cells below the table, for those who go on writing there."""
    hidden = worksheet.column_dimensions[get_column_letter(UID_COLUMN)]
    hidden.width, hidden.hidden = _UID_WIDTH, True
    for number, column in enumerate(sheet.columns, start=FIRST_COLUMN):
        dimension = worksheet.column_dimensions[get_column_letter(number)]
        dimension.width = column_width(column)
        dimension.font = BODY_FONT
        dimension.alignment = alignment(column.kind)
        dimension.number_format = number_format(column.kind, sheet.table.date_style)


def _set_heights(worksheet: Any, sheet: ExcelSheet) -> None:
    worksheet.row_dimensions[TITLE_ROW].height = 2 * LINE_POINTS
    worksheet.row_dimensions[NAMES_ROW].hidden = True
    for row, points in head_heights(sheet).items():
        worksheet.row_dimensions[row].height = points


def _set_paper(worksheet: Any, place: SheetPlacement) -> None:
    sheet = place.sheet
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = worksheet.page_setup
    setup.orientation = "landscape" if sheet.table.landscape else "portrait"
    sheets = paper(sheet)
    setup.paperSize = sheets.size
    setup.fitToWidth, setup.fitToHeight = sheets.pages_wide, 0
    margins = worksheet.page_margins
    margins.left = margins.right = _SIDE_MARGIN
    margins.top = margins.bottom = _UPPER_MARGIN
    margins.header = margins.footer = _FOOT
    worksheet.oddFooter.left.text = "&A"
    worksheet.oddFooter.right.text = "&P / &N"
    worksheet.print_area = place.print_area
    worksheet.print_title_rows = f"{HEAD_ROW}:{place.last_head_row}"
    if sheets.pages_wide > 1:
        worksheet.print_title_cols = (
            f"{get_column_letter(FIRST_COLUMN)}:{get_column_letter(FIRST_COLUMN)}"
        )
    worksheet.freeze_panes = place.panes_freeze_at


def _lines_above(book: ExcelBook, sheet: ExcelSheet) -> list[list[tuple[str | None, str]]]:
    """Return the rows above the head as (text, style) from column A on."""
    facts = [f"{label}：{text}" for label, text in sheet.facts]
    conditions = [f"絞り込み：{'、'.join(sheet.conditions)}"] if sheet.conditions else []
    names = [(column.column.name, NOTE) for column in sheet.columns]
    lines: dict[int, list[tuple[str | None, str]]] = {
        TITLE_ROW: [(sheet_mark(sheet.table.code), NOTE), (cell_text(sheet.heading), TITLE)],
        SUBTITLE_ROW: [(sheet_stamp(book), NOTE), (cell_text(sheet.subtitle), PLAIN)],
        FACTS_ROW: [(None, NOTE), (cell_text("　".join([*facts, *conditions])), PLAIN)],
        NAMES_ROW: [(UID_HEAD, NOTE), *names],
    }
    return [lines[row] for row in range(TITLE_ROW, HEAD_ROW)]


def _head_lines(worksheet: Any, place: SheetPlacement, styles: CellStyles) -> Iterator[list[Any]]:
    spans = place.head()
    labels = {(span.row, span.column): span.label for span in spans}
    for span in spans:
        if span.is_merged:
            worksheet.merged_cells.add(span.ref)
    for row in range(HEAD_ROW, place.first_row):
        columns = range(FIRST_COLUMN, place.last_column + 1)
        texts = [labels.get((row, column)) for column in columns]
        yield [None, *(styles.cell(worksheet, text and cell_text(text), HEAD) for text in texts)]


def _row_lines(worksheet: Any, sheet: ExcelSheet, styles: CellStyles) -> Iterator[list[Any]]:
    names = [styles.of_column(column.kind, editable=column.editable) for column in sheet.columns]
    widths = [column_width(column) for column in sheet.columns]
    empty = [TableRow("", {})] * EMPTY_ROWS
    rows = enumerate((*sheet.table.rows, *empty), start=SheetPlacement(sheet).first_row)
    for number, row in rows:
        values = [
            excel_value(column.column, row.cells.get(column.column.name), sheet.table.date_style)
            for column in sheet.columns
        ]
        texts = [(v, w) for v, w in zip(values, widths, strict=True) if isinstance(v, str)]
        lines = max((line_count(text, width) for text, width in texts), default=1)
        worksheet.row_dimensions[number] = FittedRow(worksheet, number, height_of(lines))
        cells = (styles.cell(worksheet, v, s) for v, s in zip(values, names, strict=True))
        yield [styles.cell(worksheet, row.uid, NOTE), *cells]
