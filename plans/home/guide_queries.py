"""Reads how far the steps of a guided start are."""

from collections.abc import Mapping, Sequence

from bcp_portal.annex.draft_rows import draft_counts
from bcp_portal.annex.sheet import Presentation
from bcp_portal.jobs.models import JobState
from plans.annexes.preset_services import PRESETS, may_begin, missing_roles
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.home.guide import GuideChapter, GuideStepState, GuideTable
from plans.home.progress import State
from plans.home.progress_queries import progress_of
from plans.outlines import OUTLINES
from plans.outlines.new_plan import names_of
from plans.outlines.samples import Samples
from plans.outlines.template import GuideStep
from plans.prints.models import PrintJob
from plans.text.outline import Outline

COVER_FIELDS = ("department", "issued_by", "postal_address", "telephone")


def guide_of(
    plan: Plan, steps: Sequence[GuideStep], presentation: Presentation
) -> list[GuideStepState]:
    """Return the steps in order; the queries do not grow with the rows."""
    outline = load_outline(plan)
    drafts = draft_counts()
    samples = Samples(OUTLINES.values(), names_of(presentation.municipality))
    return [
        GuideStepState(
            number=number,
            step=step,
            tables=[_table(code, step, plan, presentation, drafts) for code in step.tables],
            chapters=_chapters(step, outline, samples),
            page_state=_page_state(step.page, plan),
        )
        for number, step in enumerate(steps, 1)
    ]


def _table(
    code: str,
    step: GuideStep,
    plan: Plan,
    presentation: Presentation,
    drafts: Mapping[str, int],
) -> GuideTable:
    spec, progress = progress_of(code, presentation, drafts)
    preset = PRESETS.get(step.preset)
    begins = preset if preset and preset.table == code and may_begin(preset) else None
    return GuideTable(
        progress=progress,
        is_printed=spec.number in plan.annex_numbers,
        may_begin=begins is not None,
        comes_along=tuple(missing_roles(begins.steps)) if begins and begins.steps else (),
        is_register=not spec.printed,
    )


def _chapters(step: GuideStep, outline: Outline, samples: Samples) -> list[GuideChapter]:
    return [
        GuideChapter(node, samples.is_own(node.chapter, "body"))
        for node in outline.walk()
        if node.chapter.key in step.chapters
    ]


def _page_state(page: str, plan: Plan) -> State | None:
    """Return how far what a page asks for is; None for a step without a page of its own."""
    if page == "plan:settings":
        filled = [bool(getattr(plan, name)) for name in COVER_FIELDS]
        return (
            State.DONE if all(filled) else State.IN_PROGRESS if any(filled) else State.NOT_STARTED
        )
    if page == "prints:list":
        printed = PrintJob.objects.filter(state=JobState.DONE).exists()
        return State.DONE if printed else State.NOT_STARTED
    return None
