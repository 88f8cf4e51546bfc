"""Arranges the flat rows of a plan's chapters as the numbered tree that people read; pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans.text.numbering import APPENDIX, FRONT, KANA, LEVEL_NAMES, MAX_DEPTH, NumberingStyle

RETIRED = "retired"
CHAPTER_ANCHOR = "chapter-"
FRONT_PLACE, BODY_PLACE, APPENDIX_PLACE = "front", "body", "appendix"


@dataclass
class OutlineNode:
    """One chapter in its place; `chapter` is the row, positions are counted from 1 at each level."""

    chapter: Any
    parent: "OutlineNode | None" = None
    positions: tuple[int, ...] = ()
    children: list["OutlineNode"] = field(default_factory=list)
    style: NumberingStyle = KANA
    placement: str = BODY_PLACE

    @property
    def depth(self) -> int:
        return len(self.positions)

    @property
    def height(self) -> int:
        """Return how many levels stand at and below this one."""
        return 1 + max((child.height for child in self.children), default=0)

    @property
    def number(self) -> str:
        return self.style.own_number(self.positions)

    @property
    def full_number(self) -> str:
        return self.style.full_number(self.positions)

    @property
    def spoken_number(self) -> str:
        return self.style.spoken_number(self.positions)

    @property
    def level_name(self) -> str:
        return LEVEL_NAMES[self.depth - 1]

    @property
    def heading(self) -> str:
        return f"{self.number} {self.chapter.title}".strip()

    @property
    def anchor(self) -> str:
        return anchor_of(self.chapter)

    def walk(self) -> Iterator["OutlineNode"]:
        """Yield this node and all below it in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Outline:
    """The tree of one plan, with what may be moved where."""

    def __init__(self, chapters: Iterable[Any], style: NumberingStyle = KANA) -> None:
        """Build the tree; what is retired, and all below it, is left out.

        What stands before and behind the numbered 章 has its own way to be counted, not the plan's.
        """
        by_parent: dict[int | None, list[Any]] = {}
        for chapter in sorted(chapters, key=lambda chapter: (chapter.position, chapter.pk)):
            if chapter.row_status != RETIRED:
                by_parent.setdefault(chapter.parent_id, []).append(chapter)
        styles = {FRONT_PLACE: FRONT, BODY_PLACE: style, APPENDIX_PLACE: APPENDIX}
        roots = by_parent.pop(None, [])
        self._placed = {
            place: _nodes([c for c in roots if c.placement == place], by_parent, None, used, place)
            for place, used in styles.items()
        }
        self.roots = [root for roots in self._placed.values() for root in roots]
        self._nodes = {node.chapter.pk: node for node in self.walk()}

    def placed(self, placement: str) -> list[OutlineNode]:
        """Return the 章 that stand before (front), in (body) or behind (appendix) the numbered ones."""
        return self._placed[placement]

    def walk(self) -> Iterator[OutlineNode]:
        """Yield every living chapter in printed order."""
        for root in self.roots:
            yield from root.walk()

    def node(self, pk: int | None) -> OutlineNode | None:
        return self._nodes.get(pk) if pk is not None else None

    def siblings(self, node: OutlineNode) -> Sequence[OutlineNode]:
        return node.parent.children if node.parent else self.placed(node.placement)

    def neighbour(self, node: OutlineNode, step: int) -> OutlineNode | None:
        """Return the sibling before (-1) or after (+1), or None at the end."""
        siblings = self.siblings(node)
        index = node.positions[-1] - 1 + step
        return siblings[index] if 0 <= index < len(siblings) else None

    def beside(self, node: OutlineNode | None, step: int) -> OutlineNode | None:
        """Return the chapter that many places further in printed order, or None past the ends."""
        order = list(self.walk())
        index = next((i for i, other in enumerate(order) if other is node), None)
        wanted = -1 if index is None else index + step
        return order[wanted] if 0 <= wanted < len(order) else None

    def may_move_up(self, node: OutlineNode) -> bool:
        return self.neighbour(node, -1) is not None

    def may_move_down(self, node: OutlineNode) -> bool:
        return self.neighbour(node, 1) is not None

    def may_indent(self, node: OutlineNode) -> bool:
        """Tell whether it can become the last child of the one before it, within all levels."""
        return self.neighbour(node, -1) is not None and node.depth + node.height <= MAX_DEPTH

    def may_outdent(self, node: OutlineNode) -> bool:
        return node.parent is not None

    def may_have_children(self, node: OutlineNode) -> bool:
        return node.depth < MAX_DEPTH

    def anchors(self) -> dict[str, str]:
        """Return the anchor of each chapter by the number that cites it: 8, 8(1)ア, 別表1."""
        return {node.full_number: node.anchor for node in self.walk()}


def anchor_of(chapter: Any) -> str:
    """Return the anchor of a chapter: stable when chapters are moved or renumbered."""
    return f"{CHAPTER_ANCHOR}{chapter.uid}"


def _nodes(
    chapters: Sequence[Any],
    by_parent: dict[int | None, list[Any]],
    parent: OutlineNode | None,
    style: NumberingStyle,
    placement: str,
) -> list[OutlineNode]:
    above = parent.positions if parent else ()
    nodes = []
    for position, chapter in enumerate(chapters, 1):
        node = OutlineNode(chapter, parent, (*above, position), style=style, placement=placement)
        below = by_parent.get(chapter.pk, [])
        node.children = _nodes(below, by_parent, node, style, placement)
        nodes.append(node)
    return nodes
