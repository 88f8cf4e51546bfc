"""Compares what stands under one heading: text by sentence, tables by code, figures by name."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bcp_portal.annex.table import Table
from bcp_portal.figures.figure import Figure
from plans.comparison.alignment import Pairs, aligned, gaps
from plans.comparison.changes import Content, GridRow, PassageChange, Runs, Status
from plans.comparison.difference_marks import Fixed, mark, plain
from plans.comparison.figures import figure_change, picture_change
from plans.comparison.link_targets import lone_targets, target_runs, targets_alike
from plans.comparison.passages import passage
from plans.comparison.pieces import ComparedPiece, Renamed, pieces_of, reconciled
from plans.comparison.similar_sentences import like_pairs
from plans.comparison.tables import compare_tables
from plans.comparison.text_equality import is_same, widths_are_counted
from plans.comparison.text_units import TextUnit
from plans.comparison.typed_rows import (
    RowsFoundAgain,
    cells_of,
    marked_rows,
    row_of,
    rows_found_again,
    runs_of_row,
)
from plans.document.document import Block

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
    pairs = aligned([piece.key for piece in pieces_old], [piece.key for piece in pieces_new])
    rows = rows_found_again(pieces_old, pieces_new, pairs)
    writer = _Writer(renamed or {}, _moved_texts(pieces_old, pieces_new, pairs))
    crossed = _crossed(pieces_old, pieces_new, pairs)
    for gone, come, pair in gaps(pieces_old, pieces_new, pairs):
        _write_gap(writer, gone, come, crossed, rows)
        if pair:
            writer.pair(*pair)
    return writer.finish()


def _crossed(
    old: Sequence[ComparedPiece], new: Sequence[ComparedPiece], pairs: Sequence[tuple[int, int]]
) -> dict[str, ComparedPiece]:
    """Return the tables and figures of the old side that stand elsewhere under the new heading."""
    met = {i for i, _ in pairs}
    there = {piece.key for piece in new if not piece.is_text}
    return {
        piece.key: piece
        for i, piece in enumerate(old)
        if i not in met and piece.key in there and not piece.is_text
    }


def _moved_texts(
    old: Sequence[ComparedPiece], new: Sequence[ComparedPiece], pairs: Sequence[tuple[int, int]]
) -> frozenset[str]:
    """Return the keys of the sentences that stand elsewhere under the new heading.

    They are found again by their words, if these are enough and left over once on either side.
    """
    met_old, met_new = {i for i, _ in pairs}, {j for _, j in pairs}
    gone = Counter(p.key for i, p in enumerate(old) if i not in met_old and p.is_text)
    come = Counter(p.key for j, p in enumerate(new) if j not in met_new and p.is_text)
    rows = {piece.key for piece in old if cells_of(piece)}
    return frozenset(
        key
        for key, count in gone.items()
        if count == come[key] == 1 and (len(key) >= _LEAST_MOVED or key in rows)
    )


def _write_gap(
    writer: "_Writer",
    old: Sequence[ComparedPiece],
    new: Sequence[ComparedPiece],
    crossed: Mapping[str, ComparedPiece],
    rows: RowsFoundAgain,
) -> None:
    """Write what stands between two places where both sides agree."""
    old = [piece for piece in old if piece.key not in crossed]
    if _says_the_same(old, new):
        writer.same([p for p in old if p.is_text], [p for p in new if p.is_text])
        old, new = _without_text(old), _without_text(new)
    old = [p for p in old if id(p) not in rows.gone or p.key in writer.moved]
    pairs = (*_text_pairs(old, new, writer.moved, rows), *_picture_pairs(old, new))
    partners = {j: i for i, j in pairs}
    met = set(partners.values())
    at = 0
    for j, piece in enumerate(new):
        if j in partners:
            writer.gone([old[i] for i in range(at, partners[j]) if i not in met])
            writer.pair(old[partners[j]], piece)
            at = max(at, partners[j] + 1)
        elif id(piece) in rows.old_of and piece.key not in writer.moved:
            writer.pair(rows.old_of[id(piece)], piece, moved=id(piece) in rows.moved)
        elif piece.key in crossed:
            writer.pair(crossed[piece.key], piece, moved=True)
        else:
            writer.lone(piece, Status.ADDED)
    writer.gone([old[i] for i in range(at, len(old)) if i not in met])


def _says_the_same(old: Sequence[ComparedPiece], new: Sequence[ComparedPiece]) -> bool:
    """Tell whether the text is only cut otherwise: into other paragraphs, or items of a list."""
    texts = [
        [p.thing.text for p in side if p.is_text and isinstance(p.thing, TextUnit)]
        for side in (old, new)
    ]
    keys = ["".join(p.key for p in side if p.is_text) for side in (old, new)]
    if keys[0] != keys[1] or _addresses(old) != _addresses(new):
        return False
    return not widths_are_counted() or is_same("".join(texts[0]), "".join(texts[1]))


def _addresses(pieces: Sequence[ComparedPiece]) -> list[str]:
    units = (piece.thing for piece in pieces if isinstance(piece.thing, TextUnit))
    return [address for unit in units for _, address in unit.links]


def _without_text(pieces: Sequence[ComparedPiece]) -> list[ComparedPiece]:
    return [piece for piece in pieces if not piece.is_text]


def _text_pairs(
    old: Sequence[ComparedPiece],
    new: Sequence[ComparedPiece],
    moved: Collection[str],
    rows: RowsFoundAgain,
) -> Pairs:
    """Return the sentences of which one is the new wording of the other."""
    places_old = [i for i, piece in enumerate(old) if piece.is_text and piece.key not in moved]
    places_new = [
        j
        for j, piece in enumerate(new)
        if piece.is_text and piece.key not in moved and id(piece) not in rows.old_of
    ]
    pairs = like_pairs([old[i].key for i in places_old], [new[j].key for j in places_new])
    return [(places_old[i], places_new[j]) for i, j in pairs]


def _picture_pairs(old: Sequence[ComparedPiece], new: Sequence[ComparedPiece]) -> Pairs:
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
        self.headed: set[int] = set()

    def same(self, old: Sequence[ComparedPiece], new: Sequence[ComparedPiece]) -> None:
        """Take in text that nobody need read again."""
        self.passed = True
        for into, pieces in zip(self.stretch, (old, new), strict=True):
            into += [piece.thing.text for piece in pieces if isinstance(piece.thing, TextUnit)]

    def pair(self, old: ComparedPiece, new: ComparedPiece, *, moved: bool = False) -> None:
        """Write two versions of one piece."""
        if old.key == new.key and old.is_text and _reads_alike(old, new, self.renamed):
            self.same([old], [new])
            return
        change = self._change(old.thing, new.thing)
        if old.key == new.key and isinstance(change, PassageChange) and not _is_marked(change):
            self.same([old], [new])
            return
        if moved and isinstance(change, PassageChange):
            change = replace(change, moved=True)
        if change.status is Status.SAME and moved and not isinstance(change, PassageChange):
            change = replace(change, status=Status.MOVED)
        if change.status is Status.SAME:
            self.passed = True
        else:
            self._write(change, old, new)

    def gone(self, pieces: Sequence[ComparedPiece]) -> None:
        """Write pieces that the new side does not have."""
        for piece in pieces:
            self.lone(piece, Status.REMOVED)

    def lone(self, piece: ComparedPiece, status: Status) -> None:
        """Write a piece that only one side has."""
        if piece.key in self.moved and isinstance(piece.thing, TextUnit):
            text, row = plain(piece.thing.text), row_of(piece.thing, changed=False)
            sides = (text, (), row, ()) if status is Status.REMOVED else ((), text, (), row)
            change: Content = PassageChange(Status.MOVED, *sides)
        elif status is Status.REMOVED:
            change = self._change(piece.thing, None)
        else:
            change = self._change(None, piece.thing)
        old, new = (piece, None) if status is Status.REMOVED else (None, piece)
        self._write(change, old, new)

    def finish(self) -> tuple[Content, ...]:
        """Return everything written; a section in which nothing differs has nothing."""
        if not self.contents:
            return ()
        self._end_stretch()
        return tuple(self.contents)

    def _write(self, change: Content, old: ComparedPiece | None, new: ComparedPiece | None) -> None:
        self._end_stretch()
        rows = [_as(TextUnit, piece.thing) if piece else None for piece in (old, new)]
        if isinstance(change, PassageChange) and change.is_table_row:
            self._write_head(rows[0], rows[1])
        self.contents.append(change)

    def _write_head(self, old: TextUnit | None, new: TextUnit | None) -> None:
        """Write the head of a typed table once, above the first of its rows that is told."""
        heads = [row.head if row else None for row in (old, new)]
        waiting = [head for head in heads if head and id(head) not in self.headed]
        self.headed |= {id(unit) for unit in (old, new, *heads) if unit}
        if waiting and len(waiting) == sum(head is not None for head in heads):
            rows = [row_of(head, changed=False) for head in heads]
            self.contents.append(_row_change(Status.SAME, rows[0], rows[1]))

    def _end_stretch(self) -> None:
        if self.passed:
            old, new = ("".join(texts) for texts in self.stretch)
            self.contents.append(PassageChange(Status.SAME, plain(old), plain(new)))
        self.stretch, self.passed = ([], []), False

    def _change(
        self, old: TextUnit | Table | Figure | None, new: TextUnit | Table | Figure | None
    ) -> Content:
        some = new or old
        if isinstance(some, Table):
            return compare_tables(_as(Table, old), _as(Table, new))
        if isinstance(some, Figure):
            return figure_change(_as(Figure, old), _as(Figure, new))
        return self._text_change(_as(TextUnit, old), _as(TextUnit, new))

    def _text_change(self, old: TextUnit | None, new: TextUnit | None) -> Content:
        if any(unit and unit.picture for unit in (old, new)):
            return picture_change(old, new)
        if old is None or new is None:
            change = passage(old.text if old else "", new.text if new else "")
            rows = [row_of(unit, changed=True) for unit in (old, new)]
            return replace(
                change,
                old=change.old + lone_targets(old),
                new=change.new + lone_targets(new),
                cells_old=rows[0],
                cells_new=rows[1],
            )
        if old.cells and new.cells:
            return _row_change(Status.CHANGED, *marked_rows(old, new, self._marked))
        return PassageChange(Status.CHANGED, *self._marked(old, new))

    def _marked(self, old: TextUnit, new: TextUnit) -> tuple[Runs, Runs]:
        common = {self.renamed.get(anchor, anchor) for anchor in old.counted.values()}
        common &= set(new.counted.values())
        runs_old, runs_new = mark(
            old.text,
            new.text,
            fixed_old=_fixed(old, common, self.renamed),
            fixed_new=_fixed(new, common, {}),
        )
        targets_old, targets_new = target_runs(old, new, self.renamed)
        return runs_old + targets_old, runs_new + targets_new


def _row_change(status: Status, old: GridRow, new: GridRow) -> PassageChange:
    return PassageChange(status, runs_of_row(old), runs_of_row(new), old, new)


def _reads_alike(old: ComparedPiece, new: ComparedPiece, renamed: Renamed) -> bool:
    one, other = _as(TextUnit, old.thing), _as(TextUnit, new.thing)
    if one is None or other is None or one.text != other.text:
        return False
    return targets_alike(one, other, renamed)


def _is_marked(change: PassageChange) -> bool:
    return any(run.changed for run in (*change.old, *change.new))


def _fixed(unit: TextUnit, anchors: set[str], renamed: Renamed) -> Fixed:
    """Return the references that lead to the same place on both sides, whatever their words."""
    named = {span: renamed.get(anchor, anchor) for span, anchor in unit.counted.items()}
    return {span: f"\0{anchor}\0" for span, anchor in named.items() if anchor in anchors}


_Thing = TypeVar("_Thing")


def _as(kind: type[_Thing], thing: object) -> _Thing | None:
    return thing if isinstance(thing, kind) else None
