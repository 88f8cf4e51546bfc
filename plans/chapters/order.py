"""What every change to the order of a plan's chapters needs: the locked tree, and new positions."""

from collections.abc import Sequence

from bcp_portal.accounts.models import User
from bcp_portal.audit.services import Change, record
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.text.outline import Outline, OutlineNode

CHAPTER_ORDER = "chapter_order"
"""What the log calls the places of all chapters of a plan, which it tells by one hash."""


def outline_of(plan: Plan) -> Outline:
    chapters = Chapter.objects.filter(plan=plan).select_related("parent")
    return Outline(chapters, plan.numbering_style)


def locked_outline(plan: Plan) -> Outline:
    """Let one person at a time change the order of a plan's chapters."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    return outline_of(plan)


def living_node(outline: Outline, chapter: Chapter) -> OutlineNode:
    node = outline.node(chapter.pk)
    if node is None:
        raise DomainError(
            f"「{chapter}」は取り除かれています。「取り除いた章」から戻してから操作してください。",
            status=409,
        )
    return node


def told_order(plan: Plan) -> Told:
    """Return what an entry that changed the order of chapters, or where they stand, keeps of it."""
    return Told(plan, [CHAPTER_ORDER])


def renumber(order: Sequence[Chapter]) -> None:
    for position, chapter in enumerate(order, 1):
        chapter.position = chapter.row_no = position
        chapter.save(update_fields=["parent", "placement", "position", "row_no"])


def record_chapter(
    chapter: Chapter,
    actor: User | None,
    action: str,
    *,
    changes: Sequence[Change] = (),
    note: str = "",
    told: Sequence[Told] = (),
) -> None:
    record(
        municipality=chapter.municipality,
        actor=actor,
        action=action,
        target=chapter,
        changes=changes,
        note=note,
        told=told,
    )
