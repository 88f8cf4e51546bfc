"""The summary (概要版) of any plan: general texts and live tables, typed by nobody.

There are two. What is made for everybody goes through the same redaction as the public edition; the
other one says all that is not personal, and is marked as made for the office. What is hidden is left
out, without a box in its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality, RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.sheet import Presentation
from plans.chapters.models.chapter import Placement
from plans.chapters.models.plan import Plan
from plans.chapters.public_setting import public_setting
from plans.document.document import Document
from plans.document.hidden_part_removal import without_hidden
from plans.document.redaction import PARTLY, redact
from plans.document.withheld_rows import kept_rows
from plans.outlines import MUSASHINO as OUTLINE
from plans.outlines.new_plan import names_of
from plans.outlines.samples import sample_of
from plans.outlines.template import ChapterTemplate, OutlineTemplate, filled
from plans.text.numbering import STYLES
from plans.text.outline import Outline
from plans.working_copy.builder import ChapterBuilder, colophon, cover
from plans.working_copy.table_source import TableSource


@dataclass(frozen=True)
class PassingChapter:
    """One template as the outline reads a chapter; it is never stored."""

    pk: int
    parent_id: int | None
    position: int
    uid: UUID
    title: str
    body: str
    placement: str
    row_status: str = RowStatus.ACTIVE.value
    confidentiality: str = Confidentiality.PUBLIC.value


class Audience(StrEnum):
    """For whom a summary is made; only the first may leave the office."""

    PUBLIC = "public"
    OFFICE = "office"

    @property
    def label(self) -> str:
        return "公開用" if self is Audience.PUBLIC else "庁内用"


def summary_document(municipality: Municipality, audience: Audience) -> Document:
    """Return the summary of the municipality in scope as it stands now, without personal data."""
    document = document_of_outline(OUTLINE, municipality, in_edition=audience is Audience.PUBLIC)
    cover = replace(document.cover, edition=f"{document.cover.edition}（{audience.label}）")
    if audience is Audience.OFFICE:
        return replace(document, cover=cover)
    public = redact(
        document,
        public_setting().choices,
        closed=closed_annexes(municipality),
        kept=kept_in_scope(),
    )
    return replace(without_hidden(public), cover=cover)


def kept_in_scope() -> frozenset[str]:
    """Return the uids of rows in force that other rows may not name in public (a query a table)."""
    counted = counted_statuses()
    return kept_rows(
        (spec.code, str(uid), state)
        for spec in registry.specs()
        for uid, state in spec.model.objects.filter(row_status__in=counted).values_list(
            "uid", "confidentiality"
        )
    )


def closed_annexes(municipality: Municipality) -> frozenset[int]:
    """Return the numbers of the 様式 that are not public."""
    settings = Presentation.load(municipality).annexes
    opened = {
        int(code)
        for code, setting in settings.items()
        if code.isdigit() and setting.confidentiality in PARTLY
    }
    return frozenset({annex.number for annex in registry.annexes()} - opened)


def document_of_outline(
    outline: OutlineTemplate, municipality: Municipality, *, in_edition: bool = False
) -> Document:
    """Return what a new plan from this outline would print, without making the plan.

    With `in_edition`, rows that are 作成中 are left out.
    """
    names = names_of(municipality)
    presentation = Presentation.load(municipality)
    source = TableSource(presentation, include_personal=False, in_edition=in_edition)
    chapters = ChapterBuilder(
        Outline(_passing(outline.chapters, names), STYLES[outline.numbering]), source, ()
    )
    plan = Plan.objects.first()
    return Document(
        cover=replace(
            cover(municipality, plan, presentation.date_style),
            title=filled(outline.plan_title, names),
        ),
        front=chapters.sections(Placement.FRONT),
        chapters=chapters.sections(Placement.BODY) + chapters.sections(Placement.APPENDIX),
        colophon=colophon(plan),
    )


def _passing(
    templates: Sequence[ChapterTemplate], names: Mapping[str, str]
) -> Iterator[PassingChapter]:
    """Yield a chapter for every template, numbered through so that each knows the one above."""
    waiting: list[tuple[int | None, int, ChapterTemplate]] = [
        (None, position, template) for position, template in enumerate(templates, 1)
    ]
    pk = 0
    while waiting:
        parent, position, template = waiting.pop(0)
        pk += 1
        sample = sample_of(template, names)
        yield PassingChapter(
            pk=pk,
            parent_id=parent,
            position=position,
            uid=uuid5(NAMESPACE_URL, f"summary:{template.key}"),
            title=sample.title,
            body=sample.body,
            placement=template.placement,
        )
        waiting += [(pk, at, section) for at, section in enumerate(template.sections, 1)]
