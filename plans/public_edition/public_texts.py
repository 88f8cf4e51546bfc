"""Says in which words a public document may appear in a finished file; pure."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.table import Table
from bcp_portal.figures.figure import Figure
from bcp_portal.spelling.letters import fold
from plans.document.document import Block, Document, FigureBlock, Section, TextBlock
from plans.document.redaction import anchors_of
from plans.printing.annex_parts import BANDS
from plans.printing.front_parts import COLOPHON, CONTENTS, COVER, REVISIONS
from plans.printing.row_layout import SEE_BELOW
from plans.printing.table_layout import ROW_NUMBER, row_name_label, row_names
from plans.text.inline_marks import TERM_SIGN
from plans.text.markup import elements_in, parse, text_of

_SVG_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")
_BLOCK_TAGS = frozenset({"p", "li", "td", "th", "caption"})

PROGRAM_WORDS = (
    "公開版",
    "目次",
    "表紙",
    "奥付",
    "表",
    "図",
    "図（説明の文がありません）",
    "該当する記載はありません。",
    "ここに載る行はありません。",
    SEE_BELOW,
    ROW_NUMBER.label,
    "この様式に印刷する表はありません。",
    "公開区分",
    "管理部署",
    *map(str, Confidentiality.labels),
    "版数",
    "施行日",
    "団体",
    "このページは余白です",
    "本文へ移動",
    "目次へ移動",
    "BCP Portal",
    "ja",
    TERM_SIGN,
)
"""What the program itself writes into every public file."""

PLACES = (COVER, REVISIONS, CONTENTS, COLOPHON)
# With a number in place of each {}.
COUNTED_WORDS = (BANDS, "様式{}", "図{}", "表{}", "{}列目")


def _pattern(words: str) -> re.Pattern[str]:
    """Return what matches counted words once they are folded, as the letters of a file are."""
    return re.compile("[0-9]+".join(re.escape(fold(part)) for part in words.split("{}")))


_PROGRAM_PATTERNS = tuple(map(_pattern, COUNTED_WORDS))


class PublicTexts:
    """The texts of one public document, folded, and the questions the leak check asks of them."""

    def __init__(self, document: Document) -> None:
        self._texts = [folded for text in texts_of(document) if (folded := fold(text))]
        self._values = {folded for text in values_of(document) if (folded := fold(text))}
        words = (*PROGRAM_WORDS, *PLACES, *anchors_of(document))
        self._program = {folded for word in words if (folded := fold(word))}

    @cached_property
    def _joined(self) -> str:
        return "".join(self._texts)

    @cached_property
    def _apart(self) -> str:
        return "\n".join((*self._texts, *self._program))

    @cached_property
    def _whole(self) -> set[str]:
        return {*self._texts, *self._values, *self._program}

    def has(self, folded: str) -> bool:
        """Tell whether a text stands in the document, perhaps across two of its texts."""
        return folded in self._apart or folded in self._joined

    def has_whole(self, folded: str) -> bool:
        """Tell whether a text is one text of the document from beginning to end."""
        return folded in self._whole

    def may_be_said(self, folded: str) -> bool:
        """Tell whether a file may hold this text: of the document, or of the program."""
        return self.has(folded) or any(p.fullmatch(folded) for p in _PROGRAM_PATTERNS)


def values_of(document: Document) -> Iterator[str]:
    """Yield what stands for itself: cells, and the lines of cover and colophon."""
    cover = document.cover
    yield from (cover.municipality, cover.title, cover.edition, cover.date_text, cover.department)
    yield from (value for _, value in document.colophon)
    for table in tables_of(document):
        for texts in table.texts():
            yield from texts


def tables_of(document: Document) -> Iterator[Table]:
    """Yield the list of revisions and every other table of a document in printed order."""
    if document.revisions:
        yield document.revisions
    yield from document.tables()


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text of a document in printed order, so that what is read on stands together."""
    yield from _cover_texts(document)
    if document.revisions:
        yield document.revisions_title
        yield from _table_texts(document.revisions)
    for section in document.sections():
        yield from _section_texts(section)
    for part in document.annexes:
        yield from (part.heading, part.subtitle, part.reference_note)
        yield f"管理部署：{part.managing_department}"
        yield f"公開区分：{part.confidentiality_label}"
        for table in part.tables:
            yield from _table_texts(table)
    for line in document.colophon:
        yield from line


def _cover_texts(document: Document) -> Iterator[str]:
    cover = document.cover
    alone = cover.title.removeprefix(cover.municipality).strip() or cover.title
    name = f"{cover.municipality}　{alone}"
    yield from (cover.municipality, cover.title, alone, cover.edition, cover.date_text)
    yield from (cover.department, f"{name}（{cover.edition}）", document.language)


def _section_texts(section: Section) -> Iterator[str]:
    yield section.heading
    yield section.title
    for block in section.blocks:
        yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[str]:
    if isinstance(block, TextBlock):
        yield from html_texts(block.html)
    elif isinstance(block, FigureBlock):
        yield from _figure_texts(block.figure) if block.figure else (block.message,)
    else:
        yield from _table_texts(block.table) if block.table else (block.message,)


def html_texts(html: str) -> Iterator[str]:
    """Yield the whole text, each paragraph, item and cell, and what attributes say."""
    nodes = parse(html)
    yield text_of(nodes)
    for node in elements_in(nodes):
        if node.tag in _BLOCK_TAGS:
            yield text_of(node.children)
        yield from (node.attributes.get(name, "") for name in ("alt", "href"))


def _table_texts(table: Table) -> Iterator[str]:
    yield from (*table.titles_above, table.title, table.subtitle, table.note)
    yield table.heading
    for column in table.columns:
        yield from (column.group, column.label)
    for texts in table.texts():
        yield from texts
    if names := row_names(table):
        yield row_name_label(table.columns)
        yield from names


def _figure_texts(figure: Figure) -> Iterator[str]:
    yield from (figure.title, figure.legend, figure.note, figure.alternative_text)
    yield f"{figure.title}\n{figure.alternative_text}"
    yield from figure.alternative_text.split("\n")
    yield from svg_texts(figure.svg)


def svg_texts(svg: str) -> Iterable[str]:
    """Return the pieces of text of a drawing, in drawn order."""
    return _SVG_TEXT.findall(svg)
