"""Compares what stands under one heading: text by sentence, tables by code, figures by name."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bcp_portal.annex.table import Table
from plans.comparison.alignment import Pairs, aligned
from plans.comparison.changes import Content, PassageChange, Status
from plans.comparison.figures import figure_change, picture_change
from plans.comparison.likeness import like_pairs
from plans.comparison.marking import Fixed, mark, plain
from plans.comparison.passages import passage
from plans.comparison.pieces import Piece, Renamed, pieces_of, reconciled
from plans.comparison.tables import compare_tables
from plans.comparison.units import Unit
from plans.document import Block
from plans.figures.figure import Figure

# Shorter texts stand in many places, and nobody misses one.
_LEAST_MOVED = 8


def compare_contents(
    old: Sequence[Block], new: Sequence[Block], renamed: Renamed | None = None
) -> tuple[Content, ...]:
    """Return what differs, in the new order, with one unmarked passage for each stretch between."""
    if old == new:
        return ()
    pieces_old, pieces_new = list(pieces_of(old)), list(pieces_of(new))
    pieces_new = reconciled(pieces_old, pieces_new, renamed or {})
    at_old = at_new = 0
    pairs = aligned([piece.key for piece in pieces_old], [piece.key for piece in pieces_new])
    writer = _Writer(renamed or {}, _moved_texts(pieces_old, pieces_new, pairs))
    crossed = _crossed(pieces_old, pieces_new, pairs)
    for i, j in [*pairs, (len(pieces_old), len(pieces_new))]:
        _write_gap(writer, pieces_old[at_old:i], pieces_new[at_new:j], crossed)
        if i < len(pieces_old):
            writer.pair(pieces_old[i], pieces_new[j])
        at_old, at_new = i + 1, j + 1
    return writer.finish()


def _crossed(
    old: Sequence[Piece], new: Sequence[Piece], pairs: Sequence[tuple[int, int]]
) -> dict[str, Piece]:
    """Return the tables and figures of the old side that stand elsewhere under the new heading."""
    met = {i for i, _ in pairs}
    there = {piece.key for piece in new if not piece.is_text}
    return {
        piece.key: piece
        for i, piece in enumerate(old)
        if i not in met and piece.key in there and not piece.is_text
    }


def _moved_texts(
    old: Sequence[Piece], new: Sequence[Piece], pairs: Sequence[tuple[int, int]]
) -> frozenset[str]:
    """Return the keys of the sentences that stand elsewhere under the new heading.

    They are found again by their words, if these are enough and left over once on either side.
    """
    met_old, met_new = {i for i, _ in pairs}, {j for _, j in pairs}
    gone = Counter(p.key for i, p in enumerate(old) if i not in met_old and p.is_text)
    come = Counter(p.key for j, p in enumerate(new) if j not in met_new and p.is_text)
    return frozenset(
        key for key, count in gone.items() if count == come[key] == 1 and len(key) >= _LEAST_MOVED
    )


def _write_gap(
    writer: "_Writer", old: Sequence[Piece], new: Sequence[Piece], crossed: Mapping[str, Piece]
) -> None:
    """Write what stands between two places where both sides agree."""
    old = [piece for piece in old if piece.key not in crossed]
    if _says_the_same(old, new):
        writer.same([p for p in old if p.is_text], [p for p in new if p.is_text])
        old, new = _without_text(old), _without_text(new)
    pairs = (*_text_pairs(old, new, writer.moved), *_picture_pairs(old, new))
    partners = {j: i for i, j in pairs}
    met = set(partners.values())
    at = 0
    for j, piece in enumerate(new):
        if j in partners:
            writer.gone([old[i] for i in range(at, partners[j]) if i not in met])
            writer.pair(old[partners[j]], piece)
            at = max(at, partners[j] + 1)
        elif piece.key in crossed:
            writer.pair(crossed[piece.key], piece, moved=True)
        else:
            writer.lone(piece, Status.ADDED)
    writer.gone([old[i] for i in range(at, len(old)) if i not in met])


def _says_the_same(old: Sequence[Piece], new: Sequence[Piece]) -> bool:
    """Tell whether the text is only cut otherwise: into other paragraphs, or items of a list."""
    one, other = ("".join(p.key for p in side if p.is_text) for side in (old, new))
    return one == other


def _without_text(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if not piece.is_text]


def _text_pairs(old: Sequence[Piece], new: Sequence[Piece], moved: Collection[str]) -> Pairs:
    """Return the sentences of which one is the new wording of the other."""
    places_old = [i for i, piece in enumerate(old) if piece.is_text and piece.key not in moved]
    places_new = [j for j, piece in enumerate(new) if piece.is_text and piece.key not in moved]
    pairs = like_pairs([old[i].key for i in places_old], [new[j].key for j in places_new])
    return [(places_old[i], places_new[j]) for i, j in pairs]


def _picture_pairs(old: Sequence[Piece], new: Sequence[Piece]) -> Pairs:
    """Return pictures in the same place: one was replaced by the other."""
    places_old = [i for i, piece in enumerate(old) if piece.is_picture]
    places_new = [j for j, piece in enumerate(new) if piece.is_picture]
    return list(zip(places_old, places_new, strict=False))


class _Writer:
    """Collects what differs; what is the same in between becomes one passage.

    `moved` are the keys of sentences that only stand elsewhere: told where they left and came.
    """

    def __init__(self, renamed: Renamed, moved: Collection[str]) -> None:
        self.renamed = renamed
        self.moved = moved
        self.contents: list[Content] = []
        self.stretch: tuple[list[str], list[str]] = ([], [])
        self.passed = False

    def same(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        """Take in text that nobody need read again."""
        self.passed = True
        for into, pieces in zip(self.stretch, (old, new), strict=True):
            into += [piece.thing.text for piece in pieces if isinstance(piece.thing, Unit)]

    def pair(self, old: Piece, new: Piece, *, moved: bool = False) -> None:
        """Write two versions of one piece."""
        if old.key == new.key and old.is_text:
            self.same([old], [new])
            return
        change = self._change(old.thing, new.thing)
        if change.status is Status.SAME and moved and not isinstance(change, PassageChange):
            change = replace(change, status=Status.MOVED)
        if change.status is Status.SAME:
            self.passed = True
        else:
            self._write(change)

    def gone(self, pieces: Sequence[Piece]) -> None:
        """Write pieces that the new side does not have."""
        for piece in pieces:
            self.lone(piece, Status.REMOVED)

    def lone(self, piece: Piece, status: Status) -> None:
        """Write a piece that only one side has."""
        if piece.key in self.moved and isinstance(piece.thing, Unit):
            text = plain(piece.thing.text)
            sides = (text, ()) if status is Status.REMOVED else ((), text)
            self._write(PassageChange(Status.MOVED, *sides))
            return
        one, other = (piece.thing, None) if status is Status.REMOVED else (None, piece.thing)
        self._write(self._change(one, other))

    def finish(self) -> tuple[Content, ...]:
        """Return everything written; a section in which nothing differs has nothing."""
        if not self.contents:
            return ()
        self._end_stretch()
        return tuple(self.contents)

    def _write(self, change: Content) -> None:
        self._end_stretch()
        self.contents.append(change)

    def _end_stretch(self) -> None:
        if self.passed:
            old, new = ("".join(texts) for texts in self.stretch)
            self.contents.append(PassageChange(Status.SAME, plain(old), plain(new)))
        self.stretch, self.passed = ([], []), False

    def _change(
        self, old: Unit | Table | Figure | None, new: Unit | Table | Figure | None
    ) -> Content:
        some = new or old
        if isinstance(some, Table):
            return compare_tables(_as(Table, old), _as(Table, new))
        if isinstance(some, Figure):
            return figure_change(_as(Figure, old), _as(Figure, new))
        return self._text_change(_as(Unit, old), _as(Unit, new))

    def _text_change(self, old: Unit | None, new: Unit | None) -> Content:
        if any(unit and unit.picture for unit in (old, new)):
            return picture_change(old, new)
        if old is None or new is None:
            return passage(old.text if old else "", new.text if new else "")
        common = {self.renamed.get(anchor, anchor) for anchor in old.references.values()}
        common &= set(new.references.values())
        runs = mark(
            old.text,
            new.text,
            fixed_old=_fixed(old, common, self.renamed),
            fixed_new=_fixed(new, common, {}),
        )
        return PassageChange(Status.CHANGED, *runs)


def _fixed(unit: Unit, anchors: set[str], renamed: Renamed) -> Fixed:
    """Return the references that lead to the same place on both sides, whatever their words."""
    named = {span: renamed.get(anchor, anchor) for span, anchor in unit.references.items()}
    return {span: f"\0{anchor}\0" for span, anchor in named.items() if anchor in anchors}


_Thing = TypeVar("_Thing")


def _as(kind: type[_Thing], thing: object) -> _Thing | None:
    return thing if isinstance(thing, kind) else None
