"""Counts what the public edition of a document shows and keeps back; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.table import Public, Table
from plans.document.document import AnnexPart, Document, Section
from plans.document.redaction import is_public_annex
from plans.text.markup import elements_in, parse

NO_WORDS = "説明のない画像"


@dataclass(frozen=True)
class Count:
    """How many of how many are public."""

    shown: int
    total: int

    def __str__(self) -> str:
        return f"{self.shown}／{self.total}"


@dataclass(frozen=True)
class AnnexLine:
    """One 様式 in the overview of the public edition."""

    part: AnnexPart
    public: bool
    rows: Count
    columns: Count

    @property
    def is_empty(self) -> bool:
        """Tell whether it is public and yet shows nothing."""
        return self.public and not (self.rows.shown and self.columns.shown)


@dataclass(frozen=True)
class ChapterLine:
    """One 章 or 節 in the overview: what becomes of it, its tables, figures and pictures."""

    section: Section
    state: str
    tables: Count
    figures: Count
    pictures: Count


STATES = {
    Confidentiality.PUBLIC.value: "公開する",
    Confidentiality.PARTIAL.value: "見出しだけ",
    Confidentiality.INTERNAL.value: "載せない",
}


def annex_lines(document: Document) -> list[AnnexLine]:
    """Return one line an annex of the document."""
    return [
        AnnexLine(part, is_public_annex(part), _rows(part.tables), _columns(part.tables))
        for part in document.annexes
    ]


def chapter_lines(document: Document, public: Document) -> list[ChapterLine]:
    """Return one line a section; what stands in a hidden one is not listed."""
    shown = {section.anchor: section for section in public.sections()}
    return list(_chapter_lines((*document.front, *document.chapters), shown))


def _chapter_lines(sections: Iterable[Section], shown: dict[str, Section]) -> Iterator[ChapterLine]:
    for section in sections:
        if section.anchor not in shown:
            continue
        yield ChapterLine(
            section,
            STATES[section.confidentiality],
            Count(len(shown[section.anchor].tables), len(section.tables)),
            Count(len(shown[section.anchor].figures), len(section.figures)),
            Count(len(pictures_of(shown[section.anchor])), len(pictures_of(section))),
        )
        yield from _chapter_lines(section.children, shown)


def pictures_of(section: Section) -> list[str]:
    """Return the pictures in the texts of a section, by its heading and what is said of each."""
    return [
        f"{section.heading}「{node.attributes.get('alt') or NO_WORDS}」"
        for html in section.texts
        if "<img" in html
        for node in elements_in(parse(html))
        if node.tag == "img"
    ]


def _rows(tables: Iterable[Table]) -> Count:
    rows = [row for table in tables for row in table.rows]
    return Count(sum(row.confidentiality == Confidentiality.PUBLIC for row in rows), len(rows))


def _columns(tables: Iterable[Table]) -> Count:
    columns = [column for table in tables for column in table.columns]
    return Count(sum(column.public is Public.SHOW for column in columns), len(columns))
