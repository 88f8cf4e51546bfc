"""Lays out everything a public document says, text by text, each with the place where it is printed; pure.

Texts that a reader reads on (a chapter, the cells of a table) are one flow: a value may be broken
between them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from bcp_portal.annex.table import Table
from bcp_portal.spelling.letters import fold
from plans.document.document import Document, FigureBlock, Section, TableBlock, TextBlock
from plans.text.markup import Element, Node, parse

_LINES = frozenset({"p", "li", "td", "th", "caption", "h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _LINES | {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "div", "figure"}
_ATTRIBUTES = {"alt": "図の説明", "href": "リンク先", "title": "説明"}


@dataclass(frozen=True)
class PrintedText:
    """One text of the public edition: what it says, and where, in Japanese and as a key.

    is_label tells what only names a part or a column: a name of something else is no news there.
    """

    text: str
    place: str
    anchor: str
    is_label: bool = False

    @cached_property
    def key(self) -> str:
        """Return what names this place with what it says: another text is another place."""
        return hashlib.sha256(f"{self.anchor}\n{fold(self.text)}".encode()).hexdigest()

    @property
    def fact(self) -> tuple[str, str]:
        """Return what names it wherever it is printed: a cell by table, row and column, and its text."""
        cell = self.anchor.partition("/")[2]
        return cell or self.anchor, fold(self.text)


def flows_of(document: Document) -> Iterator[list[PrintedText]]:
    """Yield the texts of a document, those that are read on together, in printed order."""
    yield from _cover(document)
    if document.revisions:
        yield list(_table(document.revisions, "改定履歴", "revisions"))
        yield from _named("改定履歴", "revisions", {"見出し": document.revisions_title})
        yield from _titles(document.revisions, "改定履歴", "revisions")
    for section in document.sections():
        yield from _section(section)
    for part in document.annexes:
        yield [
            PrintedText(text, f"{part.heading}の{name}", part.anchor)
            for name, text in (("副題", part.subtitle), ("注記", part.reference_note))
            if text
        ]
        said = {"見出し": part.heading, "管理部署": part.managing_department}
        said["公開区分"] = part.confidentiality_label
        yield from _named(part.heading, part.anchor, said)
        for table in part.tables:
            yield list(_table(table, part.heading, part.anchor))
            yield from _titles(table, part.heading, part.anchor)


def _named(place: str, anchor: str, said: Mapping[str, str]) -> Iterator[list[PrintedText]]:
    """Yield texts that stand for themselves, by what they are called."""
    for name, text in said.items():
        if text:
            yield [PrintedText(text, f"{place}の{name}", anchor, is_label=True)]


def _titles(table: Table, place: str, anchor: str) -> Iterator[list[PrintedText]]:
    """Yield what stands above the rows of a table."""
    for text in dict.fromkeys((*table.titles_above, table.title)):
        yield from _named(place, anchor, {"表の題名": text})
    for text in dict.fromkeys(t for column in table.columns for t in (column.group, column.label)):
        yield from _named(place, anchor, {"項目名": text})


def _cover(document: Document) -> Iterator[list[PrintedText]]:
    cover = document.cover
    texts = (cover.municipality, cover.title, cover.edition, cover.date_text, cover.department)
    yield [PrintedText(text, "表紙", "cover") for text in texts if text]
    for label, value in document.colophon:
        yield [PrintedText(value, f"奥付の「{label}」", f"colophon-{label}")]


def _section(section: Section) -> Iterator[list[PrintedText]]:
    place = f"「{section.heading}」"
    flow = [PrintedText(section.title, f"{place}の見出し", section.anchor)]
    apart: list[PrintedText] = []
    titles: list[list[PrintedText]] = []
    for block in section.blocks:
        if isinstance(block, TextBlock):
            for text, attribute in _html(parse(block.html)):
                where = f"{place}の{_ATTRIBUTES[attribute]}" if attribute else f"{place}の本文"
                (apart if attribute else flow).append(PrintedText(text, where, section.anchor))
        elif isinstance(block, TableBlock) and block.table:
            name = block.table.title or block.table.heading
            flow += _table(block.table, f"{place}の表「{name}」", section.anchor)
            titles += _titles(block.table, f"{place}の表「{name}」", section.anchor)
        elif isinstance(block, FigureBlock) and block.figure:
            where = f"{place}の図「{block.figure.title}」"
            lines = block.figure.alternative_text.split("\n")
            flow += [PrintedText(line.strip(), where, section.anchor) for line in lines]
            figure = block.figure
            said = {"題名": figure.title, "凡例": figure.legend, "注": figure.note}
            titles += _named(where, section.anchor, said)
    yield flow
    yield from titles
    yield from ([text] for text in apart)


def _table(table: Table, place: str, anchor: str) -> Iterator[PrintedText]:
    yield from (PrintedText(t, f"{place}の注記", anchor) for t in (table.subtitle, table.note) if t)
    for number, (row, texts) in enumerate(zip(table.rows, table.texts(), strict=True), 1):
        for column, text in zip(table.columns, texts, strict=True):
            if text:
                where = f"{place}の{number}行目の「{column.label}」"
                yield PrintedText(text, where, f"{anchor}/{table.code}/{row.uid}/{column.name}")


def _html(nodes: list[Node]) -> Iterator[tuple[str, str]]:
    """Yield (text, attribute): the text of each paragraph, item and cell, and what attributes say."""
    line: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            line.append(node)
            continue
        yield from _attributes(node)
        inner = list(_html(node.children))
        if node.tag in _BLOCKS:
            yield from _joined(line)
            line = []
            yield from inner
            continue
        line += ["\n"] if node.tag == "br" else [text for text, said in inner if not said]
        yield from (each for each in inner if each[1])
    yield from _joined(line)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name in _ATTRIBUTES:
        value = unquote(element.attributes.get(name, ""))
        if value and not value.startswith("#"):
            yield value, name


def _joined(line: list[str]) -> Iterator[tuple[str, str]]:
    text = "".join(line)
    if text.strip():
        yield text, ""
