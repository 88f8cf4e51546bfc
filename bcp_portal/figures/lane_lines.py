"""Draws what runs through a lane: the line down, diamonds, circles, and what stands beside them."""

from collections.abc import Iterator
from itertools import pairwise

from bcp_portal.figures.box_sizes import LINE_SIZE
from bcp_portal.figures.graph import Block, BoxShape, LaneRow
from bcp_portal.figures.graphviz_output import DrawnBlock
from bcp_portal.figures.labels import INK, PAPER
from bcp_portal.figures.lane_labels import AXIS
from bcp_portal.figures.strokes import Bounds, Mark, line, tip, words

_LABEL_ASIDE = 4
_LABEL_DOWN = 11


_FULL_WIDTH = (BoxShape.BOX, BoxShape.ROUND)


def lane_lines(block: Block, node: DrawnBlock, first_number: int) -> Iterator[Mark]:
    """Yield the line down through the rows, with what is written on it."""
    placed = list(_placed(block, node, first_number))
    left = min(bounds.left for row, bounds, _ in placed if row.boxes[0].shape in _FULL_WIDTH)
    axis = left + AXIS
    for (row, above, _), (_, below, _) in pairwise(placed):
        yield line([(axis, above.bottom), (axis, below.top)])
        yield tip((axis, below.top), downwards=True)
        if row.label:
            spot = (axis + _LABEL_ASIDE, above.bottom + _LABEL_DOWN)
            yield words(row.label, spot, LINE_SIZE, anchor="start")


def lane_signs(block: Block, node: DrawnBlock, first_number: int) -> Iterator[Mark]:
    """Yield diamonds and circles, and what joins a diamond to the boxes beside it."""
    for row, bounds, asides in _placed(block, node, first_number):
        yield from _sign(row, bounds)
        yield from _beside(row, bounds, asides)


def _placed(
    block: Block, node: DrawnBlock, first_number: int
) -> Iterator[tuple[LaneRow, Bounds, list[Bounds]]]:
    """Yield each row with the place of its first box and of what stands beside it."""
    number = first_number
    for section in block.sections:
        for row in section.rows:
            places = [node.boxes[number].outline]
            first_aside = number + len(row.boxes)
            number = first_aside + len(row.asides)
            yield row, places[0], [node.boxes[at].whole for at in range(first_aside, number)]


def _sign(row: LaneRow, bounds: Bounds) -> Iterator[Mark]:
    box = row.boxes[0]
    (x, y), look = bounds.centre, {"fill": PAPER, "stroke": INK}
    if box.shape is BoxShape.DIAMOND:
        corners = ((x, bounds.top), (bounds.right, y), (x, bounds.bottom), (bounds.left, y))
        yield Mark("polygon", corners, look)
    elif box.shape is BoxShape.CIRCLE:
        radius = f"{(bounds.right - bounds.left) / 2:.1f}"
        yield Mark("ellipse", ((x, y),), {**look, "rx": radius, "ry": radius})
    else:
        return
    yield words(box.title, (x, y + LINE_SIZE * 0.36), LINE_SIZE)


def _beside(row: LaneRow, bounds: Bounds, asides: list[Bounds]) -> Iterator[Mark]:
    """Join a diamond to each box beside it; a box that is not done is joined by a dashed line."""
    level = bounds.centre[1]
    for box, aside in zip(row.asides, asides, strict=True):
        turn = (bounds.right + aside.left) / 2
        entry = level if aside.top < level < aside.bottom else aside.centre[1]
        spots = [(bounds.right, level), (turn, level), (turn, entry), (aside.left, entry)]
        yield line(dict.fromkeys(spots), dashed=box.dashed)
        if not box.dashed:
            yield tip((aside.left, entry), downwards=False)
