"""Draws a graph in the arrangement that fits a page best, and writes it as clean SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bcp_portal.figures.dot_source import dot_source
from bcp_portal.figures.elbows import Elbows
from bcp_portal.figures.graph import BoxShape, Graph
from bcp_portal.figures.graphviz import laid_out
from bcp_portal.figures.graphviz_output import DrawnGraph, read_picture
from bcp_portal.figures.page_fit import LANDSCAPE_ROOM, PORTRAIT_ROOM, Room, is_readable
from bcp_portal.figures.strokes import FAMILIES, Mark, bounds_of

MOST_BOXES = 150
"""More than this many boxes cannot be read on one page, however they are arranged."""

_GOOD_SCALE = 0.78
_Fit = tuple[float, Room, Sequence[Mark]]
_MARGIN = 2.0


@dataclass(frozen=True)
class Drawing:
    """A finished drawing; `scale` is what it was reduced by to fit its page."""

    svg: str
    scale: float
    landscape: bool


def draw(graphs: Iterable[Graph]) -> Drawing | None:
    """Return the first arrangement that fits well, else the largest; None when none is readable.

    One that fits well on an upright page goes before one that makes the reader turn the book.
    Raises GraphvizMissingError or DrawingFailedError.
    """
    best: _Fit | None = None
    lying: _Fit | None = None
    for graph in graphs:
        if graph.size > MOST_BOXES:
            return _drawing(*lying) if lying else None
        if graph.last_resort and (lying or (best and is_readable(best[0]))):
            break
        marks = arranged(graph)
        width, height = _size(marks)
        for room in (PORTRAIT_ROOM, LANDSCAPE_ROOM):
            fit = room.scale(width, height), room, marks
            if best is None or fit[0] > best[0]:
                best = fit
            if fit[0] >= _GOOD_SCALE and not room.landscape:
                return _drawing(*fit)
            if fit[0] >= _GOOD_SCALE and lying is None:
                lying = fit
    best = lying or best
    if best is None or not is_readable(best[0]):
        return None
    return _drawing(*best)


@lru_cache(maxsize=128)
def arranged(graph: Graph) -> tuple[Mark, ...]:
    """Return all marks of a graph; the same graph is laid out once.

    Raises GraphvizMissingError or DrawingFailedError.
    """
    return tuple(_marks(graph, read_picture(laid_out(dot_source(graph)))))


def _marks(graph: Graph, picture: DrawnGraph) -> list[Mark]:
    """Return all marks, lines below boxes, signs above them."""
    elbows = Elbows(graph, picture) if graph.elbows else None
    boxes = [
        mark
        for number, node in sorted(picture.nodes.items())
        if graph.blocks[number].box.shape is not BoxShape.POINT
        for mark in node.marks
    ]
    return [
        *(elbows.lines() if elbows else picture.arrows),
        *boxes,
        *(elbows.signs() if elbows else ()),
    ]


def _size(marks: Sequence[Mark]) -> tuple[float, float]:
    bounds = bounds_of(marks)
    if bounds is None:
        return 1.0, 1.0
    return bounds.right - bounds.left + 2 * _MARGIN, bounds.bottom - bounds.top + 2 * _MARGIN


def _drawing(scale: float, room: Room, marks: Sequence[Mark]) -> Drawing:
    bounds = bounds_of(marks)
    left, top = (bounds.left, bounds.top) if bounds else (0.0, 0.0)
    width, height = _size(marks)
    body = "\n".join(mark.moved(_MARGIN - left, _MARGIN - top).svg() for mark in marks)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * scale:.1f}pt"'
        f' height="{height * scale:.1f}pt" viewBox="0 0 {width:.1f} {height:.1f}">\n'
        f'<g font-family="{FAMILIES}">\n{body}\n</g>\n</svg>'
    )
    return Drawing(svg, scale, room.landscape)
