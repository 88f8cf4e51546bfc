"""How large letters, boxes and gaps are: BIZ UDGothic has one pitch, so all can be reckoned."""

from dataclasses import dataclass

from bcp_portal.figures.graph import Box, Graph
from bcp_portal.figures.wrapping import width_of, wrap

TITLE_SIZE, LINE_SIZE = 10, 9
SMALLEST_SIZE = LINE_SIZE
_SIDE = 5

Line = tuple[str, bool]
"""One line of a label, and whether it is bold."""


@dataclass(frozen=True)
class Spacing:
    """Air in points: the height of lines, inside a box, between the boxes of a list."""

    title: int = 14
    line: int = 12
    above: int = 4
    above_attached: int = 2
    between: int = 8
    indent: int = 14
    in_grid: int = 6
    arrow: int = 16

    def height(self, bold: bool) -> int:
        return self.title if bold else self.line


AIRY = Spacing()
TIGHT = Spacing(
    title=13, line=11, above=2, above_attached=1, between=5, indent=7, in_grid=3, arrow=9
)


def spacing_of(graph: Graph) -> Spacing:
    """Return the air in a graph."""
    return TIGHT if graph.tight else AIRY


def lines_of(box: Box, label_width: int) -> list[Line]:
    """Return the wrapped lines of a box, without what is attached to it."""
    width = box.label_width or label_width
    smaller = [line for text in box.lines for line in wrap(text, width)]
    titles = wrap(box.title, width) if box.title else ()
    return [*((line, True) for line in titles), *((line, False) for line in smaller)]


def attached_lines(box: Box, text: str, label_width: int) -> list[Line]:
    """Return the wrapped lines of one dashed box."""
    return [(line, False) for line in wrap(text, box.label_width or label_width)]


def box_width(box: Box, label_width: int) -> float:
    """Return the width in points that the lines of a box need."""
    lines = lines_of(box, label_width)
    for text in box.attached:
        lines += attached_lines(box, text, label_width)
    widths = (width_of(text) * (TITLE_SIZE if bold else LINE_SIZE) / 2 for text, bold in lines)
    return max(widths, default=0) + 2 * _SIDE


def box_height(box: Box, label_width: int, spacing: Spacing = AIRY) -> int:
    """Return the height in points of a box with what is attached to it."""
    main = _height(lines_of(box, label_width), spacing) + 2 * spacing.above
    attached = sum(
        _height(attached_lines(box, text, label_width), spacing) + 2 * spacing.above_attached
        for text in box.attached
    )
    return max(main, attached) if box.beside else main + attached


def _height(lines: list[Line], spacing: Spacing) -> int:
    return sum(spacing.height(bold) for _text, bold in lines)
