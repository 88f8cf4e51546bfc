"""Writes frozen chapters back: texts, headings and places, each with its entry in the log."""

from collections.abc import Mapping, Sequence
from typing import Any

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.raw_rows import RawRow
from bcp_portal.audit.edits import Edit, save_changes
from plans.chapters.models.chapter import Chapter, Placement
from plans.chapters.models.plan import Plan
from plans.chapters.order import outline_of, renumber
from plans.chapters.plan_services import changes_of, save_chapter_changes
from plans.document.chapter_parts import anchor, roots_of
from plans.document.coverage import Coverage
from plans.issuing.restore_report import RestoreReport

ACTION = "版からの本文の復元"
_TEXTS = ("title", "body", "guidance")
_TOLD = (*_TEXTS, "parent", "row_status", "position", "placement")
_PLACE = ("position", "placement", "row_status", "key", "set_aside")


def restore_chapters(
    plan: Plan,
    raws: Sequence[RawRow],
    actor: User | None,
    what: Coverage,
    report: RestoreReport,
) -> None:
    """Make the covered chapters say what they said; chapters added since are removed."""
    current = {str(c.uid): c for c in Chapter.objects.select_for_update().filter(plan=plan)}
    covered_now = _covered(current, what)
    frozen = {raw["uid"] for raw in raws}
    for raw in _parents_first(raws):
        _restore(plan, current, raw, actor, whole=what.whole, report=report)
    for uid in covered_now - frozen:
        _take_out(current[uid], actor, report)
    outline = outline_of(plan)
    for placement in Placement.values:
        renumber([node.chapter for node in outline.placed(placement)])


def _covered(current: Mapping[str, Chapter], what: Coverage) -> set[str]:
    """Return the uids of the chapters that stand in covered 章 now."""
    by_key = {chapter.pk: uid for uid, chapter in current.items()}
    raws = [
        {"uid": uid, "parent": by_key.get(c.parent_id) if c.parent_id else None}
        for uid, c in current.items()
    ]
    return {uid for uid, root in roots_of(raws).items() if what.covers_section(anchor(root))}


def _parents_first(raws: Sequence[RawRow]) -> list[RawRow]:
    by_uid = {raw["uid"]: raw for raw in raws}

    def depth(raw: RawRow) -> int:
        parent = by_uid.get(raw["parent"] or "")
        return 1 + depth(parent) if parent else 0

    return sorted(raws, key=depth)


def _restore(
    plan: Plan,
    current: dict[str, Chapter],
    raw: RawRow,
    actor: User | None,
    *,
    whole: bool,
    report: RestoreReport,
) -> None:
    chapter = current.get(raw["uid"])
    is_new = chapter is None
    if chapter is None:
        chapter = Chapter(
            municipality=plan.municipality, plan=plan, uid=raw["uid"], created_by=actor
        )
    values: dict[str, Any] = {name: raw[name] for name in _TEXTS if name in raw}
    values |= {name: raw[name] for name in _PLACE if name in raw}
    if not whole and not raw["parent"] and not is_new:
        values["position"] = chapter.position
    values["parent"] = current.get(raw["parent"] or "")
    shown = {name: value for name, value in values.items() if name in _TOLD}
    is_written = save_changes(
        municipality=plan.municipality,
        actor=actor,
        action=ACTION,
        edits=[
            Edit(
                chapter,
                values,
                changes=() if is_new else changes_of(chapter, shown),
                beside={"updated_by": actor},
                is_new=is_new,
            )
        ],
        target=chapter,
    )
    current[raw["uid"]] = chapter
    report.added += int(is_new)
    report.changed += int(is_written and not is_new)


def _take_out(chapter: Chapter, actor: User | None, report: RestoreReport) -> None:
    if chapter.row_status == RowStatus.RETIRED:
        return
    save_chapter_changes(
        chapter=chapter,
        actor=actor,
        action="章・節の取り除き",
        values={"row_status": RowStatus.RETIRED.value},
        note="版にない章・節です。",
    )
    report.retired += 1
