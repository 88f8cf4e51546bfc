"""Writes tables whose widths hold and whose heads repeat on each page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bcp_portal.annex.kinds.looks import Align
from bcp_portal.annex.table import Column, Table
from plans.document.table_heads import HeadCell, head_rows
from plans.printing.row_layout import Band, SetRow, set_rows
from plans.printing.table_html import NO_ROWS
from plans.printing.table_layout import TableLayout
from plans.text.phrase_words import explains_terms, term_anchor
from plans.text.word_marks import LIVE
from plans.word.outward.fields import Bookmarks
from plans.word.outward.markup import Look, ParagraphShape, attribute, paragraph, run, twips

_HEAD_SHADE, _HEAD_POINTS_LESS = "E9EEF4", 0.5
_ALIGNED = {Align.LEFT: "", Align.RIGHT: "right"}
_CELL_MARGINS_TWIPS = (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
# A cell with more than this (text and its marks) may be higher than a page, and may be parted.
_LONG_CELL = 900


@dataclass(frozen=True)
class WordCell:
    """One cell: paragraphs as they are written, and how far it reaches over columns and rows."""

    content: str
    columns: int = 1
    merge: str = ""
    shade: str = ""

    def xml(self, width: int) -> str:
        """Return the cell in this width (twips); a cell always ends with a paragraph."""
        merge = {"begin": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>"}.get(self.merge, "")
        properties = (
            f'<w:tcW w:w="{width}" w:type="dxa"/>'
            + (f'<w:gridSpan w:val="{self.columns}"/>' if self.columns > 1 else "")
            + merge
            + (f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else "")
        )
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{self.content}</w:tc>"


@dataclass(frozen=True)
class TableStyles:
    """The identities of the styles that tables use."""

    table: str
    cell: str


def grid(
    rows: Sequence[Sequence[WordCell]],
    widths: Sequence[int],
    style: str,
    *,
    heads: int,
    title: str = "",
    description: str = "",
) -> str:
    """Return a table in fixed columns (twips); its first rows, `heads` many, repeat on each page."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    written = "".join(_row(row, widths, head=number < heads) for number, row in enumerate(rows))
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _CELL_MARGINS_TWIPS
    )
    named = f"<w:tblCaption w:val={attribute(title)}/>" if title else ""
    described = f"<w:tblDescription w:val={attribute(description)}/>" if description else ""
    return (
        f"<w:tbl><w:tblPr><w:tblStyle w:val={attribute(style)}/>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        f' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{named}{described}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{written}</w:tbl>"
    )


class TableWriter:
    """Writes tables of rows in the layout of the printed plan."""

    def __init__(self, styles: TableStyles, bookmarks: Bookmarks) -> None:
        self._styles = styles
        self._bookmarks = bookmarks

    def bands(self, table: Table, layout: TableLayout) -> list[str]:
        """Return the table, or each band of one that no sheet is wide enough for."""
        return [self._band(table, layout, number) for number in range(len(layout.bands))]

    def _band(self, table: Table, layout: TableLayout, number: int) -> str:
        columns = layout.bands[number]
        measure = twips(layout.sheet.measure)
        widths = exact_widths([float(p) for p in layout.percents(columns)], measure)
        heads = self._heads(columns, layout.size_pt)
        mark = self._bookmarks.of_table(table.code)
        marked = heads[0][0].content.replace("<w:r>", f"{mark}<w:r>", 1)
        heads[0][0] = replace(heads[0][0], content=marked)
        rows = [*heads, *self._rows(table, layout.setting(number), layout.size_pt)]
        return grid(
            rows,
            widths,
            self._styles.table,
            heads=len(heads),
            title=table.title,
            description=f"{LIVE}{table.code}",
        )

    def _heads(self, columns: Sequence[Column], points: float) -> list[list[WordCell]]:
        look = Look(bold=True, points=points - _HEAD_POINTS_LESS)
        rows = head_rows(columns)
        if len(rows) == 1:
            return [[self._head(cell, look) for cell in rows[0]]]
        below = iter(rows[1])
        upper = [self._head(cell, look, "begin" if cell.rowspan > 1 else "") for cell in rows[0]]
        lower: list[WordCell] = []
        for cell in rows[0]:
            if cell.rowspan > 1:
                lower.append(WordCell(self._text("", look), merge="go on", shade=_HEAD_SHADE))
            else:
                lower += [self._head(next(below), look) for _ in range(cell.colspan)]
        return [upper, lower]

    def _head(self, cell: HeadCell, look: Look, merge: str = "") -> WordCell:
        content = self._text(cell.label, look, "center")
        return WordCell(content, columns=cell.colspan, merge=merge, shade=_HEAD_SHADE)

    def _rows(self, table: Table, band: Band, points: float) -> list[list[WordCell]]:
        columns, look = band.columns, Look(points=points)
        if not table.rows:
            return [[WordCell(self._text(NO_ROWS, look), columns=len(columns))]]
        explained = explains_terms(table.code)
        rows = []
        for row, set_row in zip(table.rows, set_rows(table, band), strict=True):
            texts = [run(text, look) for text in set_row.cells]
            if explained and columns[0] is table.columns[0]:
                texts[0] = self._bookmarks.around(term_anchor(row.uid), texts[0])
            rows.append(
                [
                    WordCell(self._set(t, c.kind.printed.align))
                    for t, c in zip(texts, columns, strict=True)
                ]
            )
            if set_row.notes:
                rows.append([WordCell(self._notes(set_row, look), columns=len(columns))])
        return rows

    def _notes(self, row: SetRow, look: Look) -> str:
        """Return what stands below a row, a paragraph a line."""
        bold = replace(look, bold=True)
        lines = (
            run("　", look).join(
                run(note.label, bold) + run(f"：{note.text}", look) for note in notes
            )
            for notes in row.note_lines()
        )
        return "".join(self._set(line, Align.LEFT) for line in lines)

    def _text(self, text: str, look: Look, align: str = "") -> str:
        return paragraph(run(text, look), ParagraphShape(style=self._styles.cell, align=align))

    def _set(self, content: str, align: Align) -> str:
        return paragraph(content, ParagraphShape(style=self._styles.cell, align=_ALIGNED[align]))


def exact_widths(shares: Sequence[float], measure: int) -> list[int]:
    """Return whole twips in these shares whose sum is the measure."""
    total = sum(shares)
    ends = [round(measure * sum(shares[: n + 1]) / total) for n in range(len(shares))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _row(cells: Sequence[WordCell], widths: Sequence[int], *, head: bool) -> str:
    written, column = [], 0
    for cell in cells:
        reach = column + cell.columns
        written.append(cell.xml(sum(widths[column:reach])))
        column = reach
    whole = "".join(written)
    short = all(len(cell.content) < _LONG_CELL for cell in cells)
    together = "<w:cantSplit/>" if head or short else ""
    marks = together + ("<w:tblHeader/>" if head else "")
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{whole}</w:tr>"
