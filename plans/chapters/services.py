"""Every write to the chapters of a plan except moving them."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.services import Change
from bcp_portal.audit.told_values import Told
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Chapter, Placement
from plans.chapters.models.plan import Plan
from plans.chapters.order import (
    living_node,
    locked_outline,
    record_chapter,
    renumber,
    told_order,
)
from plans.chapters.plan_services import save_chapter_changes
from plans.chapters.publicity import publicity_of_new, top_chapters
from plans.text.cleaning import clean_body
from plans.text.numbering import LEVEL_NAMES, MAX_DEPTH
from plans.text.outline import Outline

OVERTAKEN = (
    "画面を開いた後に、「{titles}」の公開区分が変えられました。何も保存していません。"
    "今の内容を確かめてから、もう一度選んでください。"
)


@transaction.atomic
def save_chapter(
    *,
    chapter: Chapter,
    actor: User | None,
    title: str,
    body: str,
    guidance: str,
    expected_version: int,
) -> Chapter:
    """Save the text of one chapter.

    Raises Conflict, with what the other person saved, when the stored version is not the expected
    one; CleaningError when the body cannot be kept. Nothing is written then.
    """
    current: Chapter = Chapter.objects.select_for_update().get(pk=chapter.pk)
    if current.version != expected_version:
        raise Conflict(current)
    values = {"title": title, "body": clean_body(body), "guidance": guidance}
    save_chapter_changes(chapter=current, actor=actor, action="本文の変更", values=values)
    return current


@transaction.atomic
def save_publicity(
    *,
    plan: Plan,
    actor: User | None,
    wanted: Mapping[str, str],
    opened: Mapping[str, str] | None = None,
) -> int:
    """Set what is public of chapters (公開区分 by uid), and return how many changed.

    `opened` is what stood on the page. DomainError 409 names the chapters of which somebody else
    chose something else meanwhile; nothing is written then.
    """
    chapters = Chapter.objects.select_for_update().filter(plan=plan, uid__in=list(wanted))
    meant = []
    overtaken = []
    for chapter in chapters:
        uid, after = str(chapter.uid), wanted[str(chapter.uid)]
        before = (opened or {}).get(uid, chapter.confidentiality)
        if after != before:
            meant.append((chapter, after))
            if chapter.confidentiality not in (before, after):
                overtaken.append(chapter.title)
    if overtaken:
        raise DomainError(OVERTAKEN.format(titles="」「".join(overtaken)), status=409)
    changed = [(chapter, after) for chapter, after in meant if chapter.confidentiality != after]
    for chapter, after in changed:
        values = {"confidentiality": after}
        save_chapter_changes(chapter=chapter, actor=actor, action="公開区分の変更", values=values)
    return len(changed)


@transaction.atomic
def add_chapter(*, plan: Plan, actor: User | None, parent: Chapter | None, title: str) -> Chapter:
    """Add an empty chapter below its parent, behind all others of its level."""
    outline = locked_outline(plan)
    node = living_node(outline, parent) if parent else None
    if node and not outline.may_have_children(node):
        raise DomainError(
            f"{'・'.join(LEVEL_NAMES)}の{MAX_DEPTH}段までです。「{parent}」の下には追加できません。"
        )
    siblings = node.children if node else outline.placed(Placement.BODY)
    publicity = publicity_of_new(parent, [] if parent else top_chapters(plan))
    chapter: Chapter = Chapter.objects.create(
        municipality=plan.municipality,
        plan=plan,
        parent=parent,
        position=len(siblings) + 1,
        row_no=len(siblings) + 1,
        title=title,
        confidentiality=publicity,
        created_by=actor,
        updated_by=actor,
    )
    renumber([*(sibling.chapter for sibling in siblings), chapter])
    note = f"「{parent}」の下" if parent else ""
    record_chapter(
        chapter, actor, "章・節の追加", note=note, told=[Told(chapter), told_order(plan)]
    )
    return chapter


@transaction.atomic
def remove_chapter(*, chapter: Chapter, actor: User | None, with_children: bool) -> None:
    """Take a chapter, and all below it, out of the plan; it stays in the list of removed ones."""
    outline = locked_outline(chapter.plan)
    node = living_node(outline, chapter)
    below = sum(1 for _ in node.walk()) - 1
    if below and not with_children:
        raise DomainError(
            f"「{chapter}」の下には{below}件の節・項があります。"
            "まとめて取り除くことを確認してから実行してください。"
        )
    note = f"下の{below}件とともに取り除きました。" if below else ""
    heading = f"{node.full_number} {chapter.title}"
    chapter.row_status = RowStatus.RETIRED
    chapter.updated_by = actor
    chapter.save(update_fields=["row_status", "updated_by", "updated_at"])
    renumber([s.chapter for s in outline.siblings(node) if s is not node])
    changes = [Change("row_status", "状態", heading, "取り除いた章")]
    told = [told_order(chapter.plan)]
    record_chapter(chapter, actor, "章・節の取り除き", changes=changes, note=note, told=told)


@transaction.atomic
def restore_chapter(*, chapter: Chapter, actor: User | None) -> Chapter:
    """Put a removed chapter, and what lay below it, back: at its old place, else as the last 章."""
    if chapter.row_status != RowStatus.RETIRED:
        raise DomainError(f"「{chapter}」は取り除かれていません。")
    rows = list(Chapter.objects.select_for_update().filter(plan=chapter.plan))
    outline = Outline(rows, chapter.plan.numbering_style)
    parent = outline.node(chapter.parent_id)
    if parent and parent.depth + _height(chapter, rows) > MAX_DEPTH:
        parent = None
    at_old_place = bool(parent) or chapter.parent_id is None
    beside = parent.children if parent else outline.placed(chapter.placement)
    siblings = [sibling.chapter for sibling in beside]
    place = chapter.position - 1 if at_old_place else len(siblings)
    chapter.parent = parent.chapter if parent else None
    chapter.row_status = RowStatus.ACTIVE
    chapter.updated_by = actor
    chapter.save(update_fields=["parent", "row_status", "updated_by", "updated_at"])
    siblings.insert(max(place, 0), chapter)
    renumber(siblings)
    told = [Told(chapter, ["row_status"]), told_order(chapter.plan)]
    record_chapter(chapter, actor, "章・節の復元", told=told)
    return chapter


def _height(chapter: Chapter, rows: Sequence[Chapter]) -> int:
    below = [r for r in rows if r.parent_id == chapter.pk and r.row_status != RowStatus.RETIRED]
    return 1 + max((_height(child, rows) for child in below), default=0)
