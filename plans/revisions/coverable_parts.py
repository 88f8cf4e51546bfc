"""Names the parts of the working copy that a revision may cover: headings only, no text, no tables."""

from collections.abc import Collection, Sequence

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from plans.chapters.models.chapter import Placement
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.document.coverage import level_one
from plans.document.document import AnnexPart, Cover, Document, Section
from plans.revisions.differences import COMMON, Difference
from plans.text.cross_references import annex_anchor
from plans.text.outline import Outline
from plans.working_copy.builder import printed_annexes

Choices = list[tuple[str, str]]


def plan_headings(municipality: Municipality) -> Document:
    """Return the working copy with nothing but the headings of its 章 and 様式."""
    plan = Plan.objects.first()
    presentation = Presentation.load(municipality)
    outline = load_outline(plan)
    return Document(
        cover=Cover(municipality.name, plan.title if plan else "", "", ""),
        front=_headings(outline, Placement.FRONT),
        chapters=_headings(outline, Placement.BODY) + _headings(outline, Placement.APPENDIX),
        annexes=tuple(
            AnnexPart(
                annex_anchor(annex.number),
                annex.number,
                f"様式{annex.number} {presentation.annex_title(annex.number)}",
            )
            for annex in printed_annexes(plan)
        ),
    )


def chapter_choices(document: Document) -> Choices:
    return [(section.anchor, section.heading) for section in level_one(document)]


def annex_choices(document: Document) -> Choices:
    return [(str(annex.number), annex.heading) for annex in document.annexes]


def table_choices(always: Collection[str] = ()) -> Choices:
    """Return the tables of no 様式 that chapters print and that have rows; `always` those named."""
    return [
        (spec.code, spec.title)
        for spec in registry.specs_of(None)
        if spec.printed and (spec.code in always or spec.model.objects.exists())
    ]


def with_changes(choices: Choices, kind: str, changed: Sequence[Difference]) -> Choices:
    """Return the choices, each saying how much of it differs from the edition issued last."""
    counts: dict[str, list[str]] = {}
    for each in changed:
        if each.kind == kind:
            # Several tables stand behind the one choice of masters, so each says what it counts.
            of = each.label if kind == COMMON else ""
            counts.setdefault(each.name, []).append(f"{of}{each.count}{each.unit}")
    return [
        (
            value,
            f"{label}（前の版からの入力の変更：{'、'.join(counts[value])}）"
            if value in counts
            else label,
        )
        for value, label in choices
    ]


def _headings(outline: Outline, placement: Placement) -> tuple[Section, ...]:
    return tuple(
        Section(node.anchor, node.depth, node.number, node.chapter.title)
        for node in outline.placed(placement)
    )
