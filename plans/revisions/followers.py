"""Lists the parts that a revision does not cover and that print something else because of it; pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from plans.document.coverage import Coverage, level_one
from plans.document.document import AnnexPart, Block, Document, FigureBlock, Section, TableBlock

WORDS = "本文の語句・番号"


@dataclass(frozen=True)
class Follower:
    """One 章 or 様式 that comes along, and what of it: titles of its tables and figures."""

    anchor: str
    label: str
    shown: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what the head of a submission keeps."""
        return {**asdict(self), "shown": list(self.shown)}


def followers(old: Document, new: Document, coverage: Coverage) -> list[Follower]:
    """Return what is printed otherwise in `new` although the coverage does not name it."""
    if coverage.whole:
        return []
    sections = {section.anchor: section for section in old.sections()}
    annexes = {annex.number: annex for annex in old.annexes}
    found = [
        *(
            Follower(root.anchor, root.heading, _titles(_of_section(root, sections)))
            for root in level_one(new)
            if not coverage.covers_section(root.anchor)
        ),
        *(
            Follower(annex.anchor, annex.heading, _titles(_of_annex(annex, annexes)))
            for annex in new.annexes
            if not coverage.covers_annex(annex.number)
        ),
    ]
    return [each for each in found if each.shown]


def _titles(titles: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(titles))


def _of_section(root: Section, old: dict[str, Section]) -> Iterator[str]:
    for section in root.walk():
        before = old[section.anchor].blocks if section.anchor in old else ()
        yield from (_title(block) for block in section.blocks if block not in before)


def _of_annex(annex: AnnexPart, old: dict[int, AnnexPart]) -> Iterator[str]:
    before = old[annex.number].tables if annex.number in old else ()
    yield from (table.title for table in annex.tables if table not in before)


def _title(block: Block) -> str:
    if isinstance(block, TableBlock) and block.table:
        return block.table.title
    if isinstance(block, FigureBlock) and block.figure:
        return block.figure.title
    return WORDS
