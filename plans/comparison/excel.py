"""Writes a 新旧対照表 as an Excel sheet: real underlines within cells, heads that stay and repeat."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bcp_portal.annex.excel.texts import escaped
from bcp_portal.spelling.widths import half_widths
from bcp_portal.ui.counted_letters import letter_edge
from plans.comparison.changes import Picture, Runs, text_of_runs
from plans.comparison.difference_marks import plain
from plans.comparison.layout import (
    MISSING_PICTURE,
    NOTHING_CHANGED,
    REMARK_TITLE,
    ComparisonHead,
    LoadImage,
    no_image,
)
from plans.comparison.line import ComparisonLine, LineKind
from plans.comparison.office_pictures import office_picture

FONT = "BIZ UDゴシック"
SHEET_TITLE = "新旧対照表"
HEAD_ROW = 4
_WIDTHS = (62, 62, 18)
_POINTS = 10
_LINE_HEIGHT = 15.0
# A column is this wide; more height than this no row has.
_PICTURE_PIXELS = (430, 500)
_POINTS_PER_PIXEL = 0.75
# Excel shows no row higher than this; the text is still there.
_MOST_HEIGHT = 405.0
_CELL_LIMIT = 32_767
_CUT = "…（長いため、以下はWord又はPDFで確かめてください）"
_EDGE = Side(style="thin", color="8D99A8")
_FILLS = {LineKind.HEADING: "E9EEF4", LineKind.TABLE: "F5F7FA", LineKind.FIGURE: "F5F7FA"}
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def excel_file(
    lines: Sequence[ComparisonLine], sheet: ComparisonHead, load_image: LoadImage = no_image
) -> bytes:
    """Return the table as .xlsx, set up for A4 landscape."""
    book = Workbook()
    page = book.active
    page.title = SHEET_TITLE
    book.properties.title, book.properties.creator = sheet.title, sheet.municipality
    above = (sheet.title, f"{sheet.subtitle}　（{sheet.date_text}）", sheet.note or NOTHING_CHANGED)
    for number, text in enumerate(above, start=1):
        _put(page.cell(number, 1), text)
    page["A1"].font = Font(name=FONT, size=14, bold=True)
    for place in ("A2", "A3"):
        page[place].font = Font(name=FONT, size=_POINTS)
    _head(page, sheet)
    for number, line in enumerate(lines, start=HEAD_ROW + 1):
        _write(page, number, line, sheet)
        if line.kind is LineKind.PICTURE:
            _put_pictures(page, number, sheet.layout.pictures(line), load_image)
    _set_page(page)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _head(page: Worksheet, sheet: ComparisonHead) -> None:
    for column, title in enumerate((*sheet.layout.titles, REMARK_TITLE), start=1):
        cell = page.cell(HEAD_ROW, column)
        _put(cell, title)
        cell.font = Font(name=FONT, size=_POINTS, bold=True)
        cell.alignment = Alignment(horizontal="center")
        cell.fill = PatternFill("solid", fgColor=_FILLS[LineKind.HEADING])
        cell.border = Border(_EDGE, _EDGE, _EDGE, _EDGE)


def _put(cell: Cell, text: str) -> None:
    """Put a text in a cell that Excel takes for nothing else."""
    cell.value, cell.data_type = escaped(text), "s"


def _write(page: Worksheet, number: int, line: ComparisonLine, sheet: ComparisonHead) -> None:
    sides = sheet.layout.sides(line)
    bold = line.kind is LineKind.HEADING
    for column, runs in enumerate(sides, start=1):
        page.cell(number, column).value = _rich(runs, bold=bold)
    _put(page.cell(number, 3), line.remark)
    for column in range(1, 4):
        cell = page.cell(number, column)
        cell.alignment = _WRAPPED
        cell.font = Font(name=FONT, size=_POINTS, bold=bold and column < 3)
        cell.border = Border(_EDGE, _EDGE, _EDGE, _EDGE)
        if line.kind in _FILLS:
            cell.fill = PatternFill("solid", fgColor=_FILLS[line.kind])
    lines = max(_line_count(text_of_runs(runs)) for runs in sides)
    page.row_dimensions[number].height = min(_MOST_HEIGHT, lines * _LINE_HEIGHT + 3)


def _put_pictures(
    page: Worksheet,
    number: int,
    pictures: Sequence[Picture | None],
    load_image: LoadImage,
) -> None:
    """Put pictures over their cells; where there is no file its words stand in the cell."""
    height = _LINE_HEIGHT
    for column, picture in enumerate(pictures, start=1):
        found = office_picture(picture, load_image)
        if picture and not found:
            page.cell(number, column).value = _rich(
                plain(picture.words or MISSING_PICTURE), bold=False
            )
        if found:
            image = Image(io.BytesIO(found.content))
            image.width, image.height = map(int, found.size_within(*_PICTURE_PIXELS))
            page.add_image(image, f"{get_column_letter(column)}{number}")
            height = max(height, image.height * _POINTS_PER_PIXEL + 6)
    page.row_dimensions[number].height = height


def _rich(runs: Runs, *, bold: bool) -> CellRichText:
    """Return runs as rich text, which Excel never takes for a formula."""
    blocks = []
    left = _CELL_LIMIT - len(_CUT)
    for run in runs:
        text = run.text[: letter_edge(run.text, left)]
        left -= len(text)
        if text:
            font = InlineFont(rFont=FONT, sz=_POINTS, b=bold, u="single" if run.changed else None)
            blocks.append(TextBlock(font, escaped(text)))
    if left <= 0:
        blocks.append(TextBlock(InlineFont(rFont=FONT, sz=_POINTS), _CUT))
    return CellRichText(*blocks)


def _line_count(text: str) -> int:
    """Return about how many lines a text takes in its column."""
    return sum(1 + max(0, half_widths(part) - 1) // _WIDTHS[0] for part in text.split("\n"))


def _set_page(page: Worksheet) -> None:
    for number, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = f"A{HEAD_ROW + 1}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&P / &N"
