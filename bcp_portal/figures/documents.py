"""The hierarchy of documents: what stands above the plan, the plan, and what stands below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bcp_portal.figures.figure import FigureLine
from bcp_portal.figures.graph import Arrow, Block, BlockCell, Box, Graph, single

LEGEND = (
    "太い枠は本計画です。上の枠の文書に従って本計画を定め、本計画に従って下の枠の文書を定めます。"
)

_PLAN = "plan"


@dataclass(frozen=True)
class Shelf:
    """Documents of one kind: they stand in one frame."""

    title: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class _Arrangement:
    rows: int  # how many documents stand one below the other
    label_width: int
    tight: bool = False


_ARRANGEMENTS = (
    _Arrangement(5, 24),
    _Arrangement(7, 24),
    _Arrangement(9, 26),
    _Arrangement(4, 22),
    _Arrangement(10, 24, tight=True),
    _Arrangement(8, 30, tight=True),
    _Arrangement(6, 24, tight=True),
    _Arrangement(7, 28, tight=True),
    _Arrangement(14, 30, tight=True),
)


@dataclass(frozen=True)
class Hierarchy:
    """The plan by its title, what it says about itself, and the shelves above and below it."""

    plan: str
    notes: tuple[str, ...] = ()
    above: tuple[Shelf, ...] = ()
    below: tuple[Shelf, ...] = ()


def graphs(hierarchy: Hierarchy) -> Iterator[Graph]:
    """Yield the hierarchy in one arrangement after another, the most airy first."""
    for arrangement in _ARRANGEMENTS:
        above = _shelves("above", hierarchy.above, arrangement.rows)
        below = _shelves("below", hierarchy.below, arrangement.rows)
        plan = Box(_PLAN, hierarchy.plan, hierarchy.notes, heavy=True, kin="plan", label_width=40)
        yield Graph(
            (*above, single(plan), *below),
            (
                *(Arrow(shelf.key, _PLAN) for shelf in above),
                *(Arrow(_PLAN, shelf.key) for shelf in below),
            ),
            label_width=arrangement.label_width,
            tight=arrangement.tight,
        )


def alternative(hierarchy: Hierarchy) -> tuple[FigureLine, ...]:
    """Return the hierarchy in words, from above."""
    notes = tuple(FigureLine(note) for note in hierarchy.notes)
    above = _side_points("本計画が従う文書", hierarchy.above)
    below = _side_points("本計画に従う文書", hierarchy.below)
    return (*above, FigureLine(f"本計画：{hierarchy.plan}", notes), *below)


def _side_points(text: str, shelves: Sequence[Shelf]) -> list[FigureLine]:
    filled = [shelf for shelf in shelves if shelf.documents]
    return [FigureLine(text, tuple(map(_shelf_point, filled)))] if filled else []


def _shelf_point(shelf: Shelf) -> FigureLine:
    return FigureLine(shelf.title, tuple(FigureLine(title) for title in shelf.documents))


def _shelves(side: str, shelves: Sequence[Shelf], rows: int) -> list[Block]:
    return [
        Block(
            f"{side} {number}",
            tuple(
                BlockCell(Box(f"{side} {number} {at}", title))
                for at, title in enumerate(shelf.documents)
            ),
            columns=-(-len(shelf.documents) // rows),
            framed=True,
            title=shelf.title,
        )
        for number, shelf in enumerate(shelves)
        if shelf.documents
    ]
