"""Writes a 新旧対照表 as a Word document: a table in two columns with real underlines."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bcp_portal.ui.undated_packages import undated
from bcp_portal.ui.word_descriptions import describe
from plans.comparison.changes import GridRow, Picture, Runs
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
_TEXT_PT, _HEADING_PT = 9.5, 10.5
_MARGIN = Mm(15)
_WIDTHS = (Mm(117), Mm(117), Mm(33))
_INDENT = Mm(3)
_PICTURE_WIDTH, _PICTURE_HEIGHT = Mm(108), Mm(120)
_SHADES = {LineKind.HEADING: "E9EEF4", LineKind.TABLE: "F5F7FA", LineKind.FIGURE: "F5F7FA"}


def word_file(
    lines: Sequence[ComparisonLine], sheet: ComparisonHead, load_image: LoadImage = no_image
) -> bytes:
    """Return the table as .docx on A4 landscape; the heads repeat on each page."""
    document = WordDocument()
    _set_page(document)
    describe(document, title=sheet.title, author=sheet.municipality)
    _paragraph(document, sheet.title, 14, bold=True)
    _paragraph(document, f"{sheet.subtitle}　（{sheet.date_text}）", _TEXT_PT)
    _paragraph(document, sheet.note or NOTHING_CHANGED, 8.5)
    if lines:
        _table(document, lines, sheet, load_image)
    target = io.BytesIO()
    document.save(target)
    return undated(target.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(_TEXT_PT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = 1
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _paragraph(document: Any, text: str, points: float, *, bold: bool = False) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size = Pt(points)
    run.bold = bold


def _table(
    document: Any, lines: Sequence[ComparisonLine], sheet: ComparisonHead, load_image: LoadImage
) -> None:
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    head = table.add_row()
    _repeat(head)
    for cell, title in zip(head.cells, (*sheet.layout.titles, REMARK_TITLE), strict=True):
        cell.paragraphs[0].alignment = 1
        cell.paragraphs[0].add_run(title).bold = True
        _shade(cell, _SHADES[LineKind.HEADING])
    for line in lines:
        _add_line(table, line, sheet, load_image)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width


def _add_line(
    table: Any, line: ComparisonLine, sheet: ComparisonHead, load_image: LoadImage
) -> None:
    row = table.add_row()
    _keep_together(row)
    cells = row.cells
    layout = sheet.layout
    sides = zip(layout.sides(line), layout.cells(line), layout.pictures(line), strict=True)
    for cell, (runs, typed, picture) in zip(cells, sides, strict=False):
        if picture:
            _put_picture(cell.paragraphs[0], picture, load_image)
        elif typed:
            _put_row(cell, typed)
        else:
            _write(cell.paragraphs[0], runs, line)
    cells[2].paragraphs[0].add_run(line.remark).font.size = Pt(8.5)
    for cell in cells if line.kind in _SHADES else ():
        _shade(cell, _SHADES[line.kind])


def _write(paragraph: Any, runs: Runs, line: ComparisonLine) -> None:
    if line.kind is LineKind.HEADING:
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.left_indent = _INDENT * max(0, line.level - 1)
    elif line.kind is not LineKind.OMITTED:
        paragraph.paragraph_format.left_indent = _INDENT
    for run in runs:
        written = paragraph.add_run(run.text)
        written.underline = True if run.changed else None
        written.bold = line.kind is LineKind.HEADING
        if line.kind is LineKind.HEADING:
            written.font.size = Pt(_HEADING_PT)
        if line.kind is LineKind.OMITTED:
            written.font.color.rgb = RGBColor(0x56, 0x62, 0x71)


def _put_picture(paragraph: Any, picture: Picture, load_image: LoadImage) -> None:
    """Show what was seen, with its words for those who cannot see it."""
    found = office_picture(picture, load_image)
    if found is None:
        paragraph.add_run(picture.words or MISSING_PICTURE)
        return
    width, height = found.size_within(_PICTURE_WIDTH, _PICTURE_HEIGHT)
    shown = paragraph.add_run().add_picture(io.BytesIO(found.content), int(width), int(height))
    shown._inline.docPr.set("descr", picture.words)


def _put_row(cell: Any, row: GridRow) -> None:
    """Put a row of a typed table into a cell, as a table of its own."""
    columns = sum(each.columns for each in row)
    grid = cell.add_table(1, columns)
    grid.style = "Table Grid"
    at = 0
    for each in row:
        inner = grid.cell(0, at)
        if each.columns > 1:
            inner = inner.merge(grid.cell(0, at + each.columns - 1))
        if each.is_head:
            _shade(inner, _SHADES[LineKind.HEADING])
        for run in each.runs:
            written = inner.paragraphs[0].add_run(run.text)
            written.underline = True if run.changed else None
        at += each.columns
    # Word wants a paragraph behind a table; the one in front of it would be an empty line.
    cell._tc.remove(cell.paragraphs[0]._p)
    cell.paragraphs[-1].paragraph_format.line_spacing = Pt(2)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)
