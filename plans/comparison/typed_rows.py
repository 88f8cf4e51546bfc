"""Finds a row of a typed table again that changed and stands elsewhere, and marks it cell by cell."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bcp_portal.spelling.widths import fold
from plans.comparison.alignment import Pairs, rising
from plans.comparison.changes import GridCell, GridRow, Run, Runs
from plans.comparison.difference_marks import joined_runs, plain
from plans.comparison.link_targets import lone_targets
from plans.comparison.pieces import ComparedPiece
from plans.comparison.similar_sentences import side_by_side
from plans.comparison.text_units import CELL_MARK, CellUnit, TextUnit

MarkUnits = Callable[[TextUnit, TextUnit], tuple[Runs, Runs]]
_NOTHING = CellUnit(TextUnit("", ""))


def cells_of(piece: ComparedPiece) -> tuple[CellUnit, ...]:
    """Return the cells of a row of a typed table; of anything else none."""
    return piece.thing.cells if isinstance(piece.thing, TextUnit) else ()


@dataclass(frozen=True)
class RowsFoundAgain:
    """Which row is which: the old piece by the new one, which old ones that are, which new ones moved.

    Pieces are named by their identity.
    """

    old_of: Mapping[int, ComparedPiece]
    gone: frozenset[int]
    moved: frozenset[int]


def rows_found_again(
    old: Sequence[ComparedPiece], new: Sequence[ComparedPiece], pairs: Pairs
) -> RowsFoundAgain:
    """Find rows that neither side has unchanged by their first cell.

    It must name one row of either side only.
    """
    met_old, met_new = {i for i, _ in pairs}, {j for _, j in pairs}
    names_old, names_new = _named(old, met_old), _named(new, met_new)
    found = sorted((names_old[name], j) for name, j in names_new.items() if name in names_old)
    kept = {found[index] for index in rising([j for _, j in found])}
    moved = [j for i, j in found if (i, j) not in kept or _crosses(i, j, pairs)]
    return RowsFoundAgain(
        {id(new[j]): old[i] for i, j in found},
        frozenset(id(old[i]) for i, _ in found),
        frozenset(id(new[j]) for j in moved),
    )


def _named(pieces: Sequence[ComparedPiece], met: Collection[int]) -> dict[str, int]:
    """Return the rows that are left over by their first cell; only names that stand once."""
    names = {
        index: fold(cells[0].unit.text)
        for index, piece in enumerate(pieces)
        if index not in met and (cells := cells_of(piece))
    }
    counts = Counter(names.values())
    return {name: index for index, name in names.items() if name and counts[name] == 1}


def _crosses(i: int, j: int, pairs: Pairs) -> bool:
    return any((a < i) != (b < j) for a, b in pairs)


def marked_rows(old: TextUnit, new: TextUnit, mark_units: MarkUnits) -> tuple[GridRow, GridRow]:
    """Return both rows with what differs marked within each cell.

    Where the numbers of cells differ, the cells that say the same or nearly the same are put side
    by side.
    """
    found_old: list[GridCell] = []
    found_new: list[GridCell] = []
    for one, other in _beside(old.cells, new.cells):
        runs_old, runs_new = mark_units((one or _NOTHING).unit, (other or _NOTHING).unit)
        if one:
            found_old.append(GridCell(runs_old, one.columns, one.is_head))
        if other:
            found_new.append(GridCell(runs_new, other.columns, other.is_head))
    return tuple(found_old), tuple(found_new)


def _beside(
    old: Sequence[CellUnit], new: Sequence[CellUnit]
) -> list[tuple[CellUnit | None, CellUnit | None]]:
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    return side_by_side(old, new, lambda cell: cell.unit.text)


def row_of(unit: TextUnit | None, *, changed: bool) -> GridRow:
    """Return a row that stands alone, all of it marked or nothing."""
    cells = unit.cells if unit else ()
    return tuple(
        GridCell(
            plain(cell.unit.text, changed=changed) + (lone_targets(cell.unit) if changed else ()),
            cell.columns,
            cell.is_head,
        )
        for cell in cells
    )


def runs_of_row(row: GridRow) -> Runs:
    """Return a row as one line, for those who cannot show a table in a table."""
    found: list[Run] = []
    for number, cell in enumerate(row):
        found += [Run(CELL_MARK), *cell.runs] if number else cell.runs
    return joined_runs(found)
