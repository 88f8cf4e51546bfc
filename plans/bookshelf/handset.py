"""Writes an edition as one HTML file to keep on a telephone: no script, nothing beside it, offline."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bcp_portal.annex.table import Table
from bcp_portal.figures.figure import Figure
from bcp_portal.ui.data_addresses import drawing_address
from plans.document.document import (
    AnnexPart,
    Block,
    Document,
    FigureBlock,
    Section,
    TableBlock,
    TextBlock,
)
from plans.printing.front_parts import plan_name, title_alone
from plans.text.cleaning import with_image_addresses
from plans.text.page_tables import in_scrolling_frames
from plans.text.phrase_words import explains_terms, term_anchor

STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "handset.css"
PictureAddress = Callable[[str], str]
"""Takes the SHA-256 of a picture and returns it as a data: address."""

_DEEPEST = 6
# As numbers stand in contacts: 03-1234-5678, 0120-12-3456, 09012345678.
_TELEPHONE = re.compile(r"(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])|(?<![\d-])0\d{9,10}(?![\d-])")
_FAX = ("FAX", "ファクス", "ファックス", "ＦＡＸ")


@dataclass(frozen=True)
class Stamp:
    """What the file says about itself: the dates are in the municipality's style."""

    effective_on: str
    saved_on: str
    code: str
    check_address: str = ""
    with_personal: bool = False
    since: str = ""
    changes: Sequence[tuple[str, str]] = ()


def handset_page(document: Document, stamp: Stamp, picture: PictureAddress) -> str:
    """Return the whole file."""
    writer = _Writer(picture)
    sections = (*document.front, *document.chapters)
    context = {
        "document": document,
        "stamp": stamp,
        "title": f"{plan_name(document.cover)}（{document.cover.edition}）",
        "name": title_alone(document.cover),
        "style": mark_safe(STYLE_SHEET.read_text(encoding="utf-8")),  # noqa: S308  our own file
        "revisions": writer.table(document.revisions) if document.revisions else "",
        "sections": [(section, writer.inside(section)) for section in sections],
        "annexes": [(annex, writer.tables(annex)) for annex in document.annexes],
        "to_call": [annex for annex in document.annexes if has_telephone(annex)],
    }
    return render_to_string("plans/bookshelf/handset.html", context)


def has_telephone(annex: AnnexPart) -> bool:
    """Tell whether an annex holds a number that can be called."""
    return any(
        _TELEPHONE.search(text)
        for table in annex.tables
        for texts in table.texts()
        for column, text in zip(table.columns, texts, strict=True)
        if _is_called(column.label)
    )


def with_calls(text: str, label: str = "") -> SafeString:
    """Return a cell with its telephone numbers as links; numbers of fax machines stay text."""
    if not _is_called(label):
        return _lines(text)
    pieces: list[SafeString] = []
    place = 0
    for found in _TELEPHONE.finditer(text):
        digits = found[0].replace("-", "")
        pieces += [
            _lines(text[place : found.start()]),
            format_html('<a href="tel:{}">{}</a>', digits, found[0]),
        ]
        place = found.end()
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, _lines(text[place:]))))


def _is_called(label: str) -> bool:
    return not any(word in label.upper() for word in _FAX)


def _lines(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))


class _Writer:
    def __init__(self, picture: PictureAddress) -> None:
        self.picture = picture

    def inside(self, section: Section, level: int = 2) -> SafeString:
        """Return what stands under the heading of a section."""
        context = {
            "blocks": [self.block(block) for block in section.blocks],
            "children": [(child, self.inside(child, level + 1)) for child in section.children],
            "level": min(level + 1, _DEEPEST),
            "is_part": level == 2,
        }
        return render_to_string("plans/bookshelf/_handset_section.html", context)

    def block(self, block: Block) -> SafeString:
        if isinstance(block, TextBlock):
            html = in_scrolling_frames(with_image_addresses(block.html, self.picture))
            return mark_safe(html)  # noqa: S308  nothing but what clean_body lets through is stored
        if isinstance(block, FigureBlock) and block.figure:
            return _figure(block.figure)
        if isinstance(block, TableBlock) and block.table:
            return self.table(block.table)
        return format_html("<p>{}</p>", block.message)

    def tables(self, annex: AnnexPart) -> list[SafeString]:
        return [self.table(table) for table in annex.tables]

    def table(self, table: Table) -> SafeString:
        context = {"table": table, "rows": list(_rows(table))}
        return render_to_string("plans/bookshelf/_handset_table.html", context)


def _rows(table: Table) -> Iterator[tuple[str, list[tuple[str, SafeString]]]]:
    """Yield the anchor of each row, and its cells with the labels that stand beside them."""
    explained = explains_terms(table.code)
    for row, texts in zip(table.rows, table.texts(), strict=True):
        cells = [
            (_label(column.group, column.label), with_calls(text, column.label))
            for column, text in zip(table.columns, texts, strict=True)
        ]
        yield term_anchor(row.uid) if explained else "", cells


def _label(group: str, label: str) -> str:
    return f"{group} {label}".strip().replace("\n", "")


def _figure(figure: Figure) -> SafeString:
    context = {"figure": figure, "address": drawing_address(figure.svg) if figure.svg else ""}
    return render_to_string("plans/bookshelf/_handset_figure.html", context)
