"""What is drawn: boxes with Japanese labels, blocks of boxes that stay together, and arrows."""

from dataclasses import dataclass
from enum import StrEnum


class BoxShape(StrEnum):
    """The outline of a box; distinguishable in black and white."""

    BOX = "box"
    ROUND = "round"
    HEAD = "head"  # on grey: the head of a column
    DIAMOND = "diamond"  # in a lane only
    CIRCLE = "circle"  # in a lane only
    POINT = "point"  # invisible: an arrow passes through this rank


@dataclass(frozen=True)
class Box:
    """One box: a bold title, smaller lines below it, and dashed boxes attached to it.

    They stand below the box, or `beside` it where the page is wide and not high. Boxes of one
    `kin` are equally wide; a `label_width` of its own overrides that of the graph.
    """

    key: str
    title: str
    lines: tuple[str, ...] = ()
    shape: BoxShape = BoxShape.BOX
    heavy: bool = False
    dashed: bool = False
    attached: tuple[str, ...] = ()
    beside: bool = False
    kin: str = ""
    label_width: int = 0


@dataclass(frozen=True)
class BlockCell:
    """A box inside a block; `indent` counts the levels below the first."""

    box: Box
    indent: int = 0


@dataclass(frozen=True)
class LaneRow:
    """One station of a lane: a box, several in one frame (`title`), a diamond, or a circle.

    `asides` stand to the right of a diamond; `label` is written on the line that leads on.
    """

    boxes: tuple[Box, ...]
    asides: tuple[Box, ...] = ()
    title: str = ""
    label: str = ""


@dataclass(frozen=True)
class LaneSection:
    """A titled part of a lane, in a frame of its own."""

    title: str
    rows: tuple[LaneRow, ...]


@dataclass(frozen=True)
class Block:
    """Boxes that are laid out as one: a single box, an indented list, a framed grid, or a lane.

    A list without a head (`headless`) hangs from a line along its left side. A lane has `sections`
    and no cells; a line runs down through its rows.
    """

    key: str
    cells: tuple[BlockCell, ...] = ()
    columns: int = 1
    framed: bool = False
    title: str = ""
    headless: bool = False
    sections: tuple[LaneSection, ...] = ()

    @property
    def boxes(self) -> list[Box]:
        """Return every box, row by row, what stands aside after its row."""
        rows = [row for section in self.sections for row in section.rows]
        return [
            *(cell.box for cell in self.cells),
            *(box for row in rows for box in (*row.boxes, *row.asides)),
        ]

    @property
    def box(self) -> Box:
        """Return the first box, which stands for a block of one."""
        return self.boxes[0]


@dataclass(frozen=True)
class Arrow:
    """A line between two blocks; without `tip` it is a plain connection."""

    source: str
    target: str
    dashed: bool = False
    tip: bool = True
    level: bool = False  # both ends stand side by side
    hidden: bool = False  # orders the blocks and is not drawn
    both: bool = False  # with a tip at either end
    ranks: int = 1  # how many ranks it crosses at least


class Direction(StrEnum):
    """Where arrows lead: down the page, or to the right."""

    DOWN = "TB"
    RIGHT = "LR"


@dataclass(frozen=True)
class Graph:
    """Everything that is drawn, and how.

    With `elbows`, blocks of one rank are aligned and lines run at right angles; every arrow must
    then lead from one rank to the next. Without, graphviz draws the lines.
    """

    blocks: tuple[Block, ...]
    arrows: tuple[Arrow, ...] = ()
    direction: Direction = Direction.DOWN
    elbows: bool = True
    label_width: int = 24  # half-width characters
    tight: bool = False
    last_resort: bool = False  # says less, or is harder to follow: only where nothing else fits

    @property
    def size(self) -> int:
        """Return the number of boxes a reader sees."""
        boxes = [box for block in self.blocks for box in block.boxes]
        return sum(1 + len(box.attached) for box in boxes if box.shape is not BoxShape.POINT)


def single(box: Box) -> Block:
    """Return a block of this box alone."""
    return Block(box.key, (BlockCell(box),))
