"""Tells which rows, texts and figures a new document prints otherwise than the one before; pure.

Whether something may stand in the public edition counts as print.
"""

import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bcp_portal.annex.table import Table
from plans.document.coverage import level_one
from plans.document.document import AnnexPart, Document, FigureBlock, Section, TableBlock

ROW, TEXT, FIGURE, PART = "row", "text", "figure", "part"
COVER, DATES, ANNEXES = "cover", "dates", "annexes"


class Differing:
    """What differs between documents, by what it is; of one document alone everything is new."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._printed = [dict(_prints(document)) for document in documents]

    def row(self, part: str, code: str, uid: str) -> bool:
        """Tell whether one row of one table is printed otherwise in the part with this anchor."""
        return self._differs((ROW, part, code, uid))

    def text(self, anchor: str) -> bool:
        """Tell whether heading or text of one section differ."""
        return self._differs((TEXT, anchor))

    def figure(self, part: str, code: str) -> bool:
        """Tell whether a figure is drawn otherwise in the part with this anchor."""
        return self._differs((FIGURE, part, code))

    def part(self, anchor: str) -> bool:
        """Tell whether anything in a chapter or annex differs, the order of its rows too."""
        return self._differs((PART, anchor))

    def said(self, part: str) -> str:
        """Return the words of a chapter or annex, old and new, where it differs; "" where it does not."""
        if not self.part(part):
            return ""
        sides = [dict(each.get((PART, part), ((), ()))[-1]) for each in self._printed]
        keys = dict.fromkeys(key for side in sides for key in side)
        return "\n".join(
            str(side[key])
            for key in keys
            if len(sides) < 2 or len({side.get(key) for side in sides}) > 1
            for side in sides
            if key in side
        )

    @property
    def cover(self) -> bool:
        """Tell whether cover or last page say another municipality."""
        return self._differs((COVER,))

    @property
    def dates(self) -> bool:
        """Tell whether dates are written in another calendar anywhere."""
        return self._differs((DATES,))

    @property
    def annexes(self) -> bool:
        """Tell whether other 様式 are printed."""
        return self._differs((ANNEXES,))

    @property
    def anything(self) -> bool:
        """Tell whether anything differs."""
        return len(self._printed) < 2 or any(each != self._printed[0] for each in self._printed)

    def _differs(self, key: Hashable) -> bool:
        if len(self._printed) < 2:
            return True
        return len({each.get(key) for each in self._printed}) > 1


def _prints(document: Document) -> Iterator[tuple[Hashable, Any]]:
    for chapter in level_one(document):
        found = dict(_of_chapter(chapter))
        yield from found.items()
        yield (PART, chapter.anchor), ((), tuple(found.items()))
    for annex in document.annexes:
        found = dict(pair for table in annex.tables for pair in _of_table(annex.anchor, table))
        yield from found.items()
        yield (PART, annex.anchor), (_of_annex(annex), tuple(found.items()))
    yield (COVER,), document.cover.municipality
    yield (ANNEXES,), tuple(annex.number for annex in document.annexes)
    yield (DATES,), frozenset(table.date_style for table in document.tables())


def _of_annex(annex: AnnexPart) -> tuple[str, ...]:
    """Return what stands around the tables of an annex."""
    return (
        annex.heading,
        annex.subtitle,
        annex.reference_note,
        annex.managing_department,
        annex.confidentiality,
    )


def _of_chapter(chapter: Section) -> Iterator[tuple[Hashable, Any]]:
    for section in chapter.walk():
        texts = tuple(section.texts)
        yield (
            (TEXT, section.anchor),
            (section.heading, section.level, section.confidentiality, texts),
        )
        for block in section.blocks:
            if isinstance(block, TableBlock) and block.table:
                yield from _of_table(chapter.anchor, block.table)
            elif isinstance(block, FigureBlock) and block.figure:
                said = _said(asdict(block.figure)), block.public
                yield (FIGURE, chapter.anchor, block.figure.code), said


def _of_table(part: str, table: Table) -> Iterator[tuple[Hashable, Any]]:
    for row in table.rows:
        yield (ROW, part, table.code, row.uid), (_said(row.cells), row.confidentiality)


def _said(data: Mapping[str, Any]) -> str:
    """Return data as one text: what was frozen has lists where what is built has tuples."""
    return json.dumps(data, sort_keys=True, default=str, ensure_ascii=False)
