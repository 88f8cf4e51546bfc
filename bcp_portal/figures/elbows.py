"""Aligns the blocks of one rank and joins them with lines at right angles.

graphviz decides who stands beside whom; it centres blocks of different height on one axis and draws
slanting lines. A chart of an organisation has its boxes on one edge and lines that turn once.
"""

from collections.abc import Iterable, Iterator

from bcp_portal.figures.box_sizes import spacing_of
from bcp_portal.figures.dot_source import box_numbers
from bcp_portal.figures.graph import Arrow, Block, BoxShape, Direction, Graph
from bcp_portal.figures.graphviz_output import BoxPlace, DrawnBlock, DrawnGraph
from bcp_portal.figures.lane_lines import lane_lines, lane_signs
from bcp_portal.figures.strokes import Bounds, Mark, Spot, line, tip

_BEFORE_RANK = 10.0
_SAME_AXIS = 1.0
_ALMOST_STRAIGHT = 3.0
_ALMOST_LEVEL = 20.0


class Elbows:
    """The lines of one picture; blocks are moved to the beginning of their rank first."""

    def __init__(self, graph: Graph, picture: DrawnGraph) -> None:
        self._down = graph.direction is Direction.DOWN
        self._graph = graph
        self._spine = spacing_of(graph).indent / 2
        self._blocks = {block.key: block for block in graph.blocks}
        self._nodes = {
            block.key: picture.nodes[number] for number, block in enumerate(graph.blocks)
        }
        self._numbers = box_numbers(graph)
        self._starts = self._align()
        self._straighten()

    def lines(self) -> Iterator[Mark]:
        """Yield the lines, then the arrow heads; what several lines share is drawn once."""
        shown = [arrow for arrow in self._graph.arrows if not arrow.hidden]
        for dashed in (False, True):
            paths = [self._path(arrow) for arrow in shown if arrow.dashed is dashed]
            yield from (line(piece, dashed=dashed) for piece in _pieces(paths))
        for block in self._graph.blocks:
            if block.sections:
                node, number = self._nodes[block.key], self._numbers[block.key]
                yield from lane_lines(block, node, number)
            elif len(block.cells) > 1 and block.columns == 1 and not block.framed:
                yield from self._inside(block)
        for arrow in shown:
            if arrow.tip and not self._is_point(arrow.target):
                yield tip(self._arriving(arrow.target), downwards=self._down)

    def signs(self) -> Iterator[Mark]:
        """Yield what is drawn over the boxes: the signs of lanes."""
        for block in self._graph.blocks:
            if block.sections:
                yield from lane_signs(block, self._nodes[block.key], self._numbers[block.key])

    def _align(self) -> dict[str, float]:
        """Move every block to the edge of its rank; return where the rank of each begins."""
        starts: dict[str, float] = {}
        for keys in self._ranks():
            nodes = [self._nodes[key] for key in keys]
            start = min(self._start(node.bounds) for node in nodes)
            for key, node in zip(keys, nodes, strict=True):
                back = start - self._start(node.bounds)
                node.move(*((0.0, back) if self._down else (back, 0.0)))
                starts[key] = start
        return starts

    def _straighten(self) -> None:
        """Let a line pass a rank on the level of its box, or of its end when that is as good."""
        ends = {arrow.source: arrow.target for arrow in self._graph.arrows}
        for arrow in self._graph.arrows:
            if arrow.hidden or not self._is_point(arrow.target):
                continue
            point = self._nodes[arrow.target]
            level = self._level(self._leaving(arrow.source))
            end = self._level(self._arriving(ends[arrow.target]))
            if abs(end - level) < _ALMOST_STRAIGHT:
                level = end
            aside = level - self._level(point.bounds.centre)
            if abs(aside) < _ALMOST_LEVEL:
                point.move(*((aside, 0.0) if self._down else (0.0, aside)))

    def _level(self, spot: Spot) -> float:
        return spot[0 if self._down else 1]

    def _is_point(self, key: str) -> bool:
        return self._blocks[key].box.shape is BoxShape.POINT

    def _ranks(self) -> list[list[str]]:
        """Group blocks whose centres lie on one axis."""
        ranks: list[tuple[float, list[str]]] = []
        for key, node in sorted(self._nodes.items(), key=lambda item: self._axis(item[1])):
            if ranks and self._axis(node) - ranks[-1][0] <= _SAME_AXIS:
                ranks[-1][1].append(key)
            else:
                ranks.append((self._axis(node), [key]))
        return [keys for _axis, keys in ranks]

    def _path(self, arrow: Arrow) -> list[Spot]:
        start, end = self._leaving(arrow.source), self._arriving(arrow.target)
        return self._turning(start, end, self._starts[arrow.target] - _BEFORE_RANK)

    def _turning(self, start: Spot, end: Spot, turn: float) -> list[Spot]:
        if self._down:
            if abs(start[0] - end[0]) < _ALMOST_STRAIGHT:
                return [(end[0], start[1]), end]
            return [start, (start[0], turn), (end[0], turn), end]
        if abs(start[1] - end[1]) < _ALMOST_STRAIGHT:
            return [(start[0], end[1]), end]
        return [start, (turn, start[1]), (turn, end[1]), end]

    def _leaving(self, key: str) -> Spot:
        bounds = self._nodes[key].bounds
        if self._is_point(key):
            return bounds.centre
        if self._down:
            return self._outline(key).centre[0], bounds.bottom
        return bounds.right, self._outline(key).centre[1]

    def _arriving(self, key: str) -> Spot:
        block, bounds = self._blocks[key], self._nodes[key].bounds
        if self._is_point(key):
            return bounds.centre
        if block.headless:
            return bounds.left - self._spine, bounds.top
        outline = self._outline(key)
        return (outline.centre[0], bounds.top) if self._down else (bounds.left, outline.centre[1])

    def _outline(self, key: str) -> Bounds:
        """Return the outline of the first box, or of the whole block when it is framed."""
        node, block = self._nodes[key], self._blocks[key]
        place = node.boxes.get(self._numbers[key])
        return node.bounds if place is None or block.framed else place.outline

    def _inside(self, block: Block) -> Iterator[Mark]:
        """Yield the lines of an indented list: one down from each head, one to each box."""
        node = self._nodes[block.key]
        for head, members in _families(block):
            outlines = [self._place(block, node, member).outline for member in members]
            if head is None:
                x, top = node.bounds.left - self._spine, node.bounds.top
            else:
                place = self._place(block, node, head)
                x, top = place.outline.left + self._spine, place.whole.bottom
            yield line([(x, top), (x, outlines[-1].centre[1])])
            for outline in outlines:
                yield line([(x, outline.centre[1]), (outline.left, outline.centre[1])])

    def _place(self, block: Block, node: DrawnBlock, index: int) -> BoxPlace:
        return node.boxes[self._numbers[block.key] + index]

    def _start(self, bounds: Bounds) -> float:
        return bounds.top if self._down else bounds.left

    def _axis(self, node: DrawnBlock) -> float:
        return node.bounds.centre[1 if self._down else 0]


def _families(block: Block) -> Iterable[tuple[int | None, list[int]]]:
    """Return each head of an indented list (None: the line it hangs from) with those below it."""
    families: dict[int | None, list[int]] = {}
    path: list[int] = []
    for index, cell in enumerate(block.cells):
        del path[cell.indent :]
        if path or block.headless:
            families.setdefault(path[-1] if path else None, []).append(index)
        path.append(index)
    return families.items()


def _pieces(paths: Iterable[list[Spot]]) -> Iterator[list[Spot]]:
    """Yield the pieces of paths that begin alike: a stem, the widest crossbar, and each end."""
    straight: list[list[Spot]] = []
    stems: dict[tuple[Spot, Spot], list[list[Spot]]] = {}
    for path in paths:
        if len(path) == 4:
            stems.setdefault((path[0], path[1]), []).append(path)
        else:
            straight.append(path)
    yield from straight
    for (start, turn), turning in stems.items():
        corners = sorted([turn, *(path[2] for path in turning)])
        yield [start, turn]
        yield [corners[0], corners[-1]]
        yield from (path[2:] for path in turning)
