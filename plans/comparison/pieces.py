"""Takes the blocks below a heading apart into the pieces that are matched with each other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bcp_portal.annex.table import Table
from bcp_portal.figures.figure import Figure
from bcp_portal.spelling.widths import fold
from plans.comparison.text_units import TextUnit, text_units, units_of
from plans.document.document import Block, TableBlock, TextBlock

Renamed = Mapping[str, str]
"""Anchors of the old document that the new one writes otherwise: 様式 that got another number."""


@dataclass(frozen=True)
class ComparedPiece:
    """A unit of text, a picture, a table or a figure; texts with equal keys are the same."""

    key: str
    thing: TextUnit | Table | Figure

    @property
    def is_text(self) -> bool:
        return isinstance(self.thing, TextUnit) and not self.thing.picture

    @property
    def is_picture(self) -> bool:
        return isinstance(self.thing, TextUnit) and bool(self.thing.picture)


def pieces_of(blocks: Sequence[Block]) -> Iterator[ComparedPiece]:
    """Yield the pieces in order; the second table of one code is another table."""
    counts: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, TextBlock):
            yield from (ComparedPiece(unit.key, unit) for unit in units_of(block.html))
            continue
        thing = block.table if isinstance(block, TableBlock) else block.figure
        if thing is None:
            yield from (ComparedPiece(unit.key, unit) for unit in text_units(block.message))
            continue
        name = f"\1{type(thing).__name__} {thing.code}"
        counts[name] += 1
        yield ComparedPiece(f"{name} {counts[name]}", thing)


def reconciled(
    old: Sequence[ComparedPiece], new: Sequence[ComparedPiece], renamed: Renamed
) -> list[ComparedPiece]:
    """Give a text that only follows the new number of a place it refers to the key of the old."""
    known = {piece.key for piece in old}
    waiting = {
        _place_key(piece.thing, renamed): piece.key
        for piece in old
        if isinstance(piece.thing, TextUnit) and piece.thing.counted
    }
    return [
        ComparedPiece(waiting.get(_place_key(piece.thing, {}), piece.key), piece.thing)
        if isinstance(piece.thing, TextUnit) and piece.thing.counted and piece.key not in known
        else piece
        for piece in new
    ]


def _place_key(unit: TextUnit, renamed: Renamed) -> str:
    """Return the text with the anchor in place of each reference's own words."""
    parts: list[str] = []
    at = 0
    for (start, end), anchor in sorted(unit.counted.items()):
        parts += [fold(unit.text[at:start]), f"\0{renamed.get(anchor, anchor)}\0"]
        at = end
    return "".join([*parts, fold(unit.text[at:])])
