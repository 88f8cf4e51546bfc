"""Names every place of a document that holds a character no font can print; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain

from bcp_portal.annex.table import Table
from plans.document.document import Document, FigureBlock, Section, TableBlock, TextBlock
from plans.printing.glyphs import unprintable_in
from plans.text.markup import parse, text_of


@dataclass(frozen=True)
class UnprintablePlace:
    """One character at one place: `anchor` of a section, or `code` and `uid` of a row of a table."""

    place: str
    character: str
    anchor: str = ""
    code: str = ""
    uid: str = ""

    @property
    def sentence(self) -> str:
        code = " ".join(f"U+{ord(each):04X}" for each in self.character)
        return (
            f"{self.place}にある文字「{self.character}」（{code}）は、印刷できる字形がありません。"
            "標準の文字に置き換えてください。"
        )


def unprintable_places(document: Document) -> list[UnprintablePlace]:
    """Return each place once, in printed order; a cell shown in several tables at its first."""
    found = chain(
        _cover(document),
        *(_section(section) for section in document.sections()),
        *(
            _table(table, f"「{annex.heading}」", annex.anchor)
            for annex in document.annexes
            for table in annex.tables
        ),
        *(
            _texts((annex.heading, annex.subtitle, annex.reference_note), f"「{annex.heading}」")
            for annex in document.annexes
        ),
        _texts(chain.from_iterable(document.colophon), "奥付"),
    )
    kept: dict[tuple[str, ...], UnprintablePlace] = {}
    for place in found:
        key = (place.uid, place.character) if place.uid else (place.place, place.character)
        kept.setdefault(key, place)
    return list(kept.values())


def _cover(document: Document) -> Iterator[UnprintablePlace]:
    yield from _texts(map(str, asdict(document.cover).values()), "表紙")
    yield from _texts((document.revisions_title,), "改訂一覧の見出し")
    if document.revisions:
        yield from _table(document.revisions, f"「{document.revisions_title}」", "")


def _section(section: Section) -> Iterator[UnprintablePlace]:
    place = f"「{section.heading}」"
    yield from _texts((section.number, section.title), place, section.anchor)
    for block in section.blocks:
        if isinstance(block, TextBlock):
            yield from _texts((text_of(parse(block.html)),), f"{place}の本文", section.anchor)
        elif isinstance(block, TableBlock) and block.table:
            yield from _table(block.table, place, section.anchor)
        elif isinstance(block, FigureBlock) and block.figure:
            figure = block.figure
            texts = (figure.title, figure.alternative_text, figure.legend, figure.note)
            yield from _texts(texts, f"{place}の図「{figure.title}」", section.anchor)


def _table(table: Table, place: str, anchor: str) -> Iterator[UnprintablePlace]:
    heads = (table.title, table.note, table.subtitle, *table.titles_above)
    labels = (text for column in table.columns for text in (column.label, column.group))
    yield from _texts((*heads, *labels), f"{place}の表「{table.title}」", anchor)
    for number, (row, texts) in enumerate(zip(table.rows, table.texts(), strict=True), 1):
        for column, text in zip(table.columns, texts, strict=True):
            cell = f"{place}の表「{table.title}」の{number}行目の「{column.label}」"
            for character in _characters(text):
                yield UnprintablePlace(cell, character, anchor, table.code, row.uid)


def _texts(texts: Iterable[str], place: str, anchor: str = "") -> Iterator[UnprintablePlace]:
    for text in texts:
        for character in _characters(text):
            yield UnprintablePlace(place, character, anchor)


def _characters(text: str) -> Iterator[str]:
    """Yield each unprintable character of a text once."""
    while character := unprintable_in(text):
        yield character
        text = text.replace(character, "")
