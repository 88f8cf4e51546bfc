"""Gives a plan another outline: written text moves along, nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.services import Change, record
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.order import outline_of
from plans.chapters.plan_services import told_of_plan
from plans.chapters.publicity import publicity_of_new, top_chapters
from plans.outlines import OUTLINES
from plans.outlines.change import OutlineChange, Slot, arrangement_of, remembered_uids
from plans.outlines.new_plan import names_of, new_chapter
from plans.outlines.samples import Samples, sample_of
from plans.outlines.template import OutlineTemplate, filled
from plans.text.inline_marks import terms_in
from plans.text.numbering import STYLES
from plans.text.outline import OutlineNode


@dataclass(frozen=True)
class ChangeReport:
    """What people are told about a change of outline, as headings with their full numbers.

    `kept` pairs the old heading of written chapters with the new one; `returning` come out of the
    removed chapters, `homeless` go there; `citing` name other chapters by number. `marks` counts the
    glossary marks of samples that give way to other samples.
    """

    kept: Sequence[tuple[str, str]]
    returning: Sequence[str]
    homeless: Sequence[str]
    citing: Sequence[str]
    marks: int


def planned_change(plan: Plan, outline: OutlineTemplate) -> OutlineChange:
    """Work out what a change of outline would do, without doing it."""
    if outline.profile == plan.profile:
        raise DomainError("この計画は、すでにこの章立てです。別の章立てを選んでください。")
    old = outline_of(plan)
    samples = Samples({**OUTLINES, outline.profile: outline}.values(), names_of(plan.municipality))
    return OutlineChange(
        old,
        _spare(plan, {node.chapter.pk for node in old.walk()}),
        samples,
        templates=outline.chapters,
        remembered=plan.arrangements.get(outline.profile, {}).get("chapters", ()),
    )


def _spare(plan: Plan, living: set[int]) -> list[Chapter]:
    """Return what stood in the plan under an outline it had before, and does not stand there now."""
    uids = remembered_uids(plan.arrangements)
    found = Chapter.objects.filter(plan=plan, uid__in=uids).exclude(pk__in=living)
    return list(found.order_by("pk"))


def report_of(change: OutlineChange, plan: Plan, outline: OutlineTemplate) -> ChangeReport:
    """Return the lists a person reads before and after the change."""
    style = STYLES[_settings(plan, outline)["numbering"]]
    names = names_of(plan.municipality)

    def before(node: OutlineNode) -> str:
        return f"{node.full_number} {node.chapter.title}"

    def after(slot: Slot) -> str:
        renewed = _renewed(slot, change.samples, names)
        return f"{slot.number(style)} {renewed.get('title', slot.row.title)}"

    return ChangeReport(
        kept=[(before(node), after(slot)) for node, slot in change.kept()],
        returning=[after(slot) for slot in change.returning()],
        homeless=[before(node) for node in change.homeless()],
        citing=[after(slot) for slot in change.citing()],
        marks=_marks_given_up(change, names),
    )


def _marks_given_up(change: OutlineChange, names: Mapping[str, str]) -> int:
    return sum(
        len(list(terms_in(chapter.body)))
        for chapter, slot in change.marked_samples()
        if slot is None or "body" in _renewed(slot, change.samples, names)
    )


def _renewed(slot: Slot, samples: Samples, names: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a row that follow the sample of its new place."""
    if slot.template is None:
        return {}
    return samples.renewed(slot.row, sample_of(slot.template, names))


def _settings(plan: Plan, outline: OutlineTemplate) -> Mapping[str, Any]:
    """Return numbering and annexes: as the plan left them, else as the outline wants them."""
    before = plan.arrangements.get(outline.profile)
    return before or {"numbering": outline.numbering, "annex_numbers": list(outline.annexes)}


@transaction.atomic
def change_profile(
    *, plan: Plan, actor: User | None, outline: OutlineTemplate, expected_version: int
) -> ChangeReport:
    """Arrange the chapters of a plan after another outline.

    Text that somebody wrote stays with its chapter; the chapter moves to the place with the same
    key, or to the removed chapters. Samples nobody touched are replaced. Raises Conflict when the
    plan was changed meanwhile, DomainError when it has this outline already.
    """
    current: Plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if current.version != expected_version:
        raise Conflict(current)
    change = planned_change(current, outline)
    report = report_of(change, current, outline)
    names = names_of(current.municipality)
    beside = top_chapters(current)
    _put_aside(change, actor)
    for slot in change.slots():
        _settle(slot, change.samples, names, current, actor, beside)
    before = current.get_profile_display()
    _adopt(current, outline, change)
    record(
        municipality=current.municipality,
        actor=actor,
        action="章立ての変更",
        target=current,
        changes=[Change("profile", "章立て", before, current.get_profile_display())],
        note=_note(report),
        told=told_of_plan(current),
    )
    return report


def _put_aside(change: OutlineChange, actor: User | None) -> None:
    """Retire what has no place; what lies below a written chapter stays below it."""
    covered: set[int] = set()
    for node in change.unplaced():
        parent: OutlineNode | None = node.parent
        if parent and parent.chapter.pk in covered:
            covered.add(node.chapter.pk)
            continue
        own = change.samples.has_own_words(node.chapter)
        if own:
            covered.add(node.chapter.pk)
        chapter = node.chapter
        chapter.row_status = RowStatus.RETIRED
        chapter.set_aside = not own
        chapter.updated_by = actor
        chapter.save(update_fields=["row_status", "set_aside", "updated_by", "updated_at"])


def _settle(
    slot: Slot,
    samples: Samples,
    names: Mapping[str, str],
    plan: Plan,
    actor: User | None,
    beside: Sequence[Chapter],
) -> None:
    """Bring one place to life: its row moved and its samples renewed, or a new row.

    `beside` are the chapters of the plan as it was, by which a new one is public or not.
    """
    parent = slot.parent.row if slot.parent else None
    position = slot.positions[-1]
    if slot.row is None and slot.template is not None:
        slot.row = new_chapter(
            plan,
            actor,
            parent=parent,
            template=slot.template,
            position=position,
            names=names,
            confidentiality=publicity_of_new(parent, beside),
        )
        return
    chapter = slot.row
    chapter.parent = parent
    chapter.placement = slot.placement
    chapter.position = chapter.row_no = position
    if chapter.row_status == RowStatus.RETIRED:
        chapter.row_status = RowStatus.ACTIVE
    chapter.set_aside = False
    renewed = _renewed(slot, samples, names)
    for name, text in renewed.items():
        setattr(chapter, name, text)
    if renewed:
        chapter.version += 1
        chapter.updated_by = actor
    chapter.save()


def _adopt(plan: Plan, outline: OutlineTemplate, change: OutlineChange) -> None:
    """Write into the plan what it is now, and what it was."""
    names = names_of(plan.municipality)
    settings = _settings(plan, outline)
    plan.arrangements = {
        **{code: kept for code, kept in plan.arrangements.items() if code != outline.profile},
        plan.profile: {
            "numbering": plan.numbering,
            "annex_numbers": plan.annex_numbers,
            "chapters": arrangement_of(change.old),
        },
    }
    old = OUTLINES.get(plan.profile)
    if old and plan.title == filled(old.plan_title, names):
        plan.title = filled(outline.plan_title, names)
    plan.profile = outline.profile
    plan.numbering = settings["numbering"]
    plan.annex_numbers = settings["annex_numbers"]
    plan.version += 1
    plan.save()


def _note(report: ChangeReport) -> str:
    note = f"書いた文のある{len(report.kept)}件の章・節を引き継ぎました。"
    if report.homeless:
        titles = "、".join(f"「{heading}」" for heading in report.homeless)
        note += f"場所がないため取り除いた章に移したもの：{titles}"
    return note
