"""Folds a tree so that it fits a page: small branches become indented lists, as in an outline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bcp_portal.figures.box_sizes import TIGHT, box_height
from bcp_portal.figures.graph import Arrow, Block, BlockCell, Box, BoxShape, single

Tree = Mapping[str, Sequence[str]]
"""The children of each box by its key, in order."""


@dataclass(frozen=True)
class Folding:
    """Which branches become lists: at most `levels` high and `rows` long.

    With `packed`, the small branches of one head share lists instead of standing side by side.
    """

    levels: int = 0
    rows: int = 1
    packed: bool = False


class Folder:
    """Turns one tree into blocks and the arrows between them."""

    def __init__(self, boxes: Mapping[str, Box], tree: Tree, folding: Folding) -> None:
        self._boxes = boxes
        self._tree = tree
        self._folding = folding
        self.blocks: list[Block] = []
        self.arrows: list[Arrow] = []

    def add(self, key: str) -> None:
        """Add a box and everything below it."""
        if self._is_small(key):
            self.blocks.append(Block(key, tuple(self._list(key))))
            return
        self.blocks.append(single(self._boxes[key]))
        for child, members in self._lists_below(key):
            self.arrows.append(Arrow(key, child, tip=False))
            if members:
                cells = [cell for member in members for cell in self._list(member)]
                self.blocks.append(Block(child, tuple(cells), headless=True))
            else:
                self.add(child)

    def _lists_below(self, key: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the children; small ones that share a list come as (key of the list, members)."""
        waiting: list[str] = []
        for child in self._tree.get(key, ()):
            if not (self._folding.packed and self._is_small(child)):
                yield from _joined(waiting)
                waiting = []
                yield child, []
                continue
            if sum(map(self._rows, (*waiting, child))) > self._folding.rows:
                yield from _joined(waiting)
                waiting = []
            waiting.append(child)
        yield from _joined(waiting)

    def _is_small(self, key: str) -> bool:
        levels = _height(self._tree, key)
        if not levels:
            return self._folding.packed
        return levels <= self._folding.levels and self._rows(key) <= self._folding.rows

    def _rows(self, key: str) -> int:
        return 1 + sum(self._rows(child) for child in self._tree.get(key, ()))

    def _list(self, key: str, indent: int = 0) -> Iterator[BlockCell]:
        yield BlockCell(self._boxes[key], indent)
        for child in self._tree.get(key, ()):
            yield from self._list(child, indent + 1)


def outline_columns(
    boxes: Mapping[str, Box], tree: Tree, *, count: int, label_width: int
) -> list[Block]:
    """Return a whole tree as indented lists of about equal height, read column after column.

    Where a list goes on in the next column, the head of what follows is named again.
    """
    outline = _Outline(boxes, tree, label_width)
    most = outline.total / count
    while len(columns := outline.columns(most)) > count:
        most *= 1.02
    return [Block(f"column {at}", tuple(cells)) for at, cells in enumerate(columns)]


class _Outline:
    """A tree in the order of reading, to be cut into columns."""

    def __init__(self, boxes: Mapping[str, Box], tree: Tree, label_width: int) -> None:
        self._boxes = boxes
        self._order = list(_in_order(tree))
        self._heights = {key: _tight_height(box, label_width) for key, box in boxes.items()}
        self._label_width = label_width
        self.total = sum(self._heights.values())

    def columns(self, most: float) -> list[list[BlockCell]]:
        """Return the lists when no column may be higher than `most` points."""
        columns: list[list[BlockCell]] = [[]]
        indents: dict[str, int] = {}
        height = 0
        for key, head in self._order:
            again = self._again(head) if head and head not in indents else None
            needed = self._heights[key] + (self._height(again) if again else 0)
            if columns[-1] and height + needed > most:
                columns.append([])
                indents, height = {}, 0
                again = self._again(head) if head else None
                needed = self._heights[key] + (self._height(again) if again else 0)
            if again:
                columns[-1].append(BlockCell(again))
                indents[head] = 0
            indents[key] = indents[head] + 1 if head else 0
            columns[-1].append(BlockCell(self._boxes[key], indents[key]))
            height += needed
        return columns

    def _again(self, key: str) -> Box:
        return Box(f"{key} again", f"{self._boxes[key].title}（続き）", shape=BoxShape.HEAD)

    def _height(self, box: Box) -> int:
        return _tight_height(box, self._label_width)


def _tight_height(box: Box, label_width: int) -> int:
    return box_height(box, label_width, TIGHT) + TIGHT.between


def _in_order(tree: Tree, head: str = "") -> Iterator[tuple[str, str]]:
    """Yield each box with its head, parents before children."""
    for key in tree.get(head, ()):
        yield key, head
        yield from _in_order(tree, key)


def _joined(members: list[str]) -> Iterator[tuple[str, list[str]]]:
    if len(members) == 1:
        yield members[0], []
    elif members:
        yield f"list {members[0]}", members


def _height(tree: Tree, key: str) -> int:
    return max((1 + _height(tree, child) for child in tree.get(key, ())), default=0)
