"""Puts a whole workbook together and returns it as the bytes of an .xlsx file."""

from io import BytesIO

from openpyxl import Workbook

from bcp_portal.annex.excel.dropdowns import LISTS_SHEET, Dropdowns
from bcp_portal.annex.excel.identity import IDENTITY_SHEET, write_identity
from bcp_portal.annex.excel.instruction_sheets import (
    COLUMNS_SHEET,
    GUIDE_SHEET,
    write_columns,
    write_guide,
)
from bcp_portal.annex.excel.names import sheet_names
from bcp_portal.annex.excel.styles import CellStyles
from bcp_portal.annex.excel.texts import visible_text
from bcp_portal.annex.excel.workbook_data import ExcelBook
from bcp_portal.annex.excel.worksheet import write_sheet

_OWN_SHEETS = (GUIDE_SHEET, COLUMNS_SHEET, LISTS_SHEET, IDENTITY_SHEET)


def workbook_bytes(book: ExcelBook) -> bytes:
    """Return the file: 使い方, one sheet a table, 記入要領, and two hidden sheets."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator = visible_text(book.municipality_name)
    workbook.properties.title = visible_text(book.title)
    # There is nothing to calculate; otherwise Excel asks to save what nobody has changed.
    workbook.calculation.fullCalcOnLoad = False
    styles = CellStyles(workbook, book.date_style)
    dropdowns = Dropdowns()
    names = sheet_names([sheet.heading for sheet in book.sheets], taken=_OWN_SHEETS)
    write_guide(workbook, book, names, styles)
    for name, sheet in zip(names, book.sheets, strict=True):
        write_sheet(workbook, name, book, sheet, styles, dropdowns)
    write_columns(workbook, book, names, styles)
    dropdowns.write(workbook, styles)
    write_identity(workbook, book, names, styles)
    if len(names) == 1:
        workbook.active = workbook[names[0]]
    stored = BytesIO()
    workbook.save(stored)
    return stored.getvalue()
