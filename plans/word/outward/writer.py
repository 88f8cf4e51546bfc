"""Writes what a Document says into the body of a Word file, part by part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bcp_portal.annex.table import Table
from bcp_portal.figures.figure import Figure, FigureLine
from plans.document.document import AnnexPart, Block, Document, FigureBlock, Section, TableBlock
from plans.printing.front_parts import (
    COLOPHON,
    COLOPHON_TITLE,
    CONTENTS_TITLE,
    DRAFT,
    REVISIONS,
    title_alone,
)
from plans.printing.geometry import PageFormat
from plans.printing.raster import rastered
from plans.printing.table_layout import TableLayout, fitted, lay_out, lay_out_in_text
from plans.text.word_marks import LIVE
from plans.word.outward import styles as names
from plans.word.outward.body import Body
from plans.word.outward.fields import CONTENTS_DEPTH, Bookmarks, ContentsEntry, contents
from plans.word.outward.markup import PLAIN, Look, ParagraphShape, paragraph, run, twips
from plans.word.outward.prose import ProseTools, ProseWriter
from plans.word.outward.styles import WordStyles
from plans.word.outward.tables import TableWriter, WordCell, exact_widths, grid

_COVER = Look(points=14)
_BY_REFERENCE = "この様式は、別に管理する資料を参照してください。"


@dataclass(frozen=True)
class PlanWriter:
    """Writes one plan; what it writes with belongs to one file."""

    body: Body
    styles: WordStyles
    bookmarks: Bookmarks
    prose: ProseTools
    tables: TableWriter
    upright: PageFormat

    def write(self, document: Document, *, with_cover: bool) -> Iterator[None]:
        """Write everything, and yield after each part, so that somebody can count them."""
        if with_cover:
            self._cover(document)
        self._contents(document)
        if document.revisions is not None:
            self._heading(document.revisions_title, 1, REVISIONS)
            self._table_in_text(document.revisions, titled=False)
        yield
        for chapter in (*document.front, *document.chapters):
            self._section(chapter)
            yield
        for annex in document.annexes:
            self._annex(annex)
            yield
        if document.colophon:
            self._heading(COLOPHON_TITLE, 1, COLOPHON)
            self._facts(document.colophon)
        yield

    def _cover(self, document: Document) -> None:
        cover = document.cover
        self._paragraph(cover.municipality, align="center", look=_COVER)
        self._paragraph(title_alone(cover), style=names.COVER_TITLE)
        for text in (DRAFT if cover.draft else cover.edition, cover.date_text, cover.department):
            self._paragraph(text, align="center", look=_COVER)

    def _contents(self, document: Document) -> None:
        shape = self._heading_shape(names.CONTENTS_HEADING, new_page=True)
        self.body.add(paragraph(run(CONTENTS_TITLE), shape), self.upright)
        used = [self.styles.id(name) for name in names.CONTENTS]
        self.body.add(contents(list(_entries(document)), used), self.upright)

    def _section(self, section: Section) -> None:
        self._heading(section.heading, section.level, section.anchor)
        for block in section.blocks:
            self._block(block, section.heading)
        for child in section.children:
            self._section(child)

    def _heading(self, text: str, level: int, anchor: str, sheet: PageFormat | None = None) -> None:
        style = names.HEADINGS[min(level, len(names.HEADINGS)) - 1]
        content = self.bookmarks.around(anchor, run(text))
        shape = self._heading_shape(style, new_page=level == 1)
        self.body.add(paragraph(content, shape), sheet or self.upright)

    def _heading_shape(self, style: str, *, new_page: bool) -> ParagraphShape:
        """Return a heading without a number of the town's own style: the plan brings its own."""
        counts = self.styles.counts(style)
        return ParagraphShape(style=self.styles.id(style), new_page=new_page, uncounted=counts)

    def _block(self, block: Block, place: str) -> None:
        if isinstance(block, TableBlock):
            if block.table:
                self._table_in_text(block.table)
            self._paragraph(block.message, style=names.NOTE)
        elif isinstance(block, FigureBlock):
            if block.figure:
                self._figure(block.figure)
            self._paragraph(block.message, style=names.NOTE)
        else:
            for piece in ProseWriter(self.prose, place).pieces(block.html):
                self.body.add(piece.xml, self.upright.lying if piece.lies else self.upright)

    def _table_in_text(self, table: Table, *, titled: bool = True) -> None:
        layout = lay_out_in_text(table, self.upright)
        self._table(table, layout, layout.sheet, table.title if titled else "")

    def _annex(self, annex: AnnexPart) -> None:
        lies = any(lay_out(table, self.upright).sheet.lies for table in annex.tables)
        sheet = self.upright.lying if lies else self.upright
        self._heading(annex.heading, 1, annex.anchor, sheet)
        facts = (
            ("管理部署", annex.managing_department),
            ("公開区分", annex.confidentiality_label),
        )
        said = "　".join(f"{label}：{text}" for label, text in facts if text)
        empty = "" if annex.tables or annex.reference_note else _BY_REFERENCE
        for text in (annex.subtitle, said, annex.reference_note, empty):
            self._paragraph(text, style=names.NOTE, sheet=sheet)
        for table in annex.tables:
            alone = len(annex.tables) == 1 and table.title in annex.heading
            shown, layout = fitted(table, sheet)
            self._table(shown, layout, sheet, "" if alone else table.title)

    def _table(self, table: Table, layout: TableLayout, sheet: PageFormat, title: str) -> None:
        for text in table.titles_above:
            self._paragraph(text, style=names.LIVE_TITLE, sheet=sheet, keep=True)
        self._paragraph(title, style=names.LIVE_TITLE, sheet=sheet, keep=True)
        for text in (table.subtitle, table.note):
            self._paragraph(text, style=names.NOTE, sheet=sheet, keep=True)
        count = len(layout.bands)
        for number, band in enumerate(self.tables.bands(table, layout), start=1):
            part = f"表の項目を{count}つに分けて掲載（{number}／{count}）" if count > 1 else ""
            self._paragraph(part, style=names.NOTE, sheet=sheet, keep=True)
            self.body.add(band + paragraph(""), sheet)

    def _figure(self, figure: Figure) -> None:
        sheet = self.upright.lying if figure.landscape else self.upright
        self._paragraph(figure.title, style=names.LIVE_TITLE, sheet=sheet, keep=True)
        if figure.svg:
            picture = rastered(figure.svg)
            words = f"{figure.title}\n{figure.alternative_text}"
            room = self.prose.rooms[figure.landscape]
            drawn = self.prose.pictures.run(
                picture.content, words, room, f"{LIVE}{figure.code}", picture.width_points
            )
            self.body.add(paragraph(drawn, ParagraphShape(align="center")), sheet)
        else:
            self._points(figure.alternative)
        for text in (figure.legend, figure.note):
            self._paragraph(text, style=names.NOTE, sheet=sheet)

    def _points(self, points: Iterable[FigureLine], level: int = 0) -> None:
        for point in points:
            shape = ParagraphShape(list_number=self.prose.lists.dotted, list_level=min(level, 3))
            self.body.add(paragraph(run(point.text), shape), self.upright)
            self._points(point.points, level + 1)

    def _facts(self, facts: Iterable[tuple[str, str]]) -> None:
        cell = ParagraphShape(style=self.styles.id(names.CELL))
        rows = [[WordCell(paragraph(run(text), cell)) for text in fact] for fact in facts]
        widths = exact_widths([1, 3], twips(self.upright.measure))
        table = grid(rows, widths, self.styles.id(names.TABLE), heads=0, title=COLOPHON_TITLE)
        self.body.add(table + paragraph(""), self.upright)

    def _paragraph(
        self,
        text: str,
        *,
        style: str = "",
        align: str = "",
        look: Look = PLAIN,
        sheet: PageFormat | None = None,
        keep: bool = False,
    ) -> None:
        """Add a paragraph; nothing for no text."""
        if text:
            used = self.styles.id(style) if style else ""
            shape = ParagraphShape(style=used, align=align, keep_next=keep)
            self.body.add(paragraph(run(text, look), shape), sheet or self.upright)


def _entries(document: Document) -> Iterator[ContentsEntry]:
    if document.revisions is not None:
        yield ContentsEntry(1, document.revisions_title, REVISIONS)
    for section in document.sections():
        if section.level <= CONTENTS_DEPTH:
            yield ContentsEntry(section.level, section.heading, section.anchor)
    for annex in document.annexes:
        yield ContentsEntry(1, annex.heading, annex.anchor)
    if document.colophon:
        yield ContentsEntry(1, COLOPHON_TITLE, COLOPHON)
