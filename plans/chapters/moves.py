"""Moves a chapter one place or one level; the numbers are computed from the order."""

from enum import StrEnum

from django.db import transaction

from bcp_portal.accounts.models import User
from bcp_portal.audit.services import Change
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Chapter
from plans.chapters.order import (
    living_node,
    locked_outline,
    outline_of,
    record_chapter,
    renumber,
    told_order,
)
from plans.text.numbering import MAX_DEPTH
from plans.text.outline import Outline, OutlineNode


class Move(StrEnum):
    """Where a chapter can go from its place."""

    UP = "up"
    DOWN = "down"
    INDENT = "indent"
    OUTDENT = "outdent"


MOVE_LABELS = {
    Move.UP: "一つ上へ移動",
    Move.DOWN: "一つ下へ移動",
    Move.INDENT: "一段下げる",
    Move.OUTDENT: "一段上げる",
}
_WHY_NOT = {
    Move.UP: "これより上はありません。",
    Move.DOWN: "これより下はありません。",
    Move.INDENT: "一段下げるには、同じ段の一つ前に章・節があり、"
    f"全体が{MAX_DEPTH}段に収まることが必要です。",
    Move.OUTDENT: "章はこれ以上、上の段に上げられません。",
}


@transaction.atomic
def move_chapter(*, chapter: Chapter, actor: User | None, move: Move) -> Chapter:
    """Move a chapter, with all below it, one place or one level; DomainError when it cannot go."""
    outline = locked_outline(chapter.plan)
    node = living_node(outline, chapter)
    before = node.full_number
    if not _MAY[move](outline, node):
        raise DomainError(f"「{chapter}」を移動できません。{_WHY_NOT[move]}")
    _MOVES[move](outline, node)
    moved = outline_of(chapter.plan).node(chapter.pk)
    after = moved.full_number if moved else ""
    changes = [Change("position", "番号", before, after)]
    told, note = [told_order(chapter.plan)], MOVE_LABELS[move]
    record_chapter(chapter, actor, "章・節の移動", changes=changes, note=note, told=told)
    return chapter


def _step(outline: Outline, node: OutlineNode, step: int) -> None:
    order = [sibling.chapter for sibling in outline.siblings(node)]
    index = node.positions[-1] - 1
    order[index], order[index + step] = order[index + step], order[index]
    renumber(order)


def _indent(outline: Outline, node: OutlineNode) -> None:
    before = outline.neighbour(node, -1)
    if before:
        node.chapter.parent = before.chapter
        renumber([*(child.chapter for child in before.children), node.chapter])
        renumber([s.chapter for s in outline.siblings(node) if s is not node])


def _outdent(outline: Outline, node: OutlineNode) -> None:
    parent = node.parent
    if parent:
        order = [sibling.chapter for sibling in outline.siblings(parent)]
        order.insert(parent.positions[-1], node.chapter)
        node.chapter.parent = parent.chapter.parent
        node.chapter.placement = node.placement
        renumber([s.chapter for s in parent.children if s is not node])
        renumber(order)


_MAY = {
    Move.UP: Outline.may_move_up,
    Move.DOWN: Outline.may_move_down,
    Move.INDENT: Outline.may_indent,
    Move.OUTDENT: Outline.may_outdent,
}
_MOVES = {
    Move.UP: lambda outline, node: _step(outline, node, -1),
    Move.DOWN: lambda outline, node: _step(outline, node, 1),
    Move.INDENT: _indent,
    Move.OUTDENT: _outdent,
}
