"""Builds the document of the working copy: the plan as it would be printed now."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cached_property

from django.utils import timezone

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.spec import Annex
from bcp_portal.annex.table import Table
from bcp_portal.ui.eras import DateStyle, format_date
from plans.annexes.models.glossary import GlossaryTerm
from plans.chapters.models.chapter import Placement
from plans.chapters.models.plan import Plan, every_annex
from plans.chapters.public_setting import public_setting
from plans.chapters.queries import load_outline
from plans.document.combination import images_of
from plans.document.document import AnnexPart, Block, Cover, Document, Section, TextBlock
from plans.document.public_choices import PublicChoices
from plans.document.revision_table import WORKING_COPY, revision_table
from plans.document.sort_words import LABELS, SortWords, sort_words_of
from plans.editions.personal_rows import NamedPerson, people_now
from plans.editions.queries import edition_setting
from plans.editions.revision_lines import lines_of_editions
from plans.text.cross_references import annex_anchor, link_references
from plans.text.live_blocks import LiveBlock, split_body
from plans.text.outline import Outline, OutlineNode
from plans.working_copy.table_source import TableSource


class WorkingCopy:
    """The plan of the municipality in scope as it stands now; what both readers see is read once.

    With `in_edition` it says what an edition issued now would, else also the rows that are 作成中,
    marked as such. Its table of revisions lists the editions issued so far.
    The number of queries does not depend on the number of chapters or rows.
    """

    def __init__(self, municipality: Municipality, *, in_edition: bool) -> None:
        self.municipality = municipality
        self.in_edition = in_edition

    @cached_property
    def full(self) -> Document:
        """Return the plan with personal values."""
        return self._document(self._source)

    @cached_property
    def masked(self) -> Document:
        """Return the plan as somebody reads it who may not see personal values."""
        return self._document(self._source.masked())

    @cached_property
    def choices(self) -> PublicChoices:
        """Return what goes with the plan for the public edition."""
        return public_setting().choices

    @cached_property
    def sort_words(self) -> SortWords:
        """Return what its sorted views are sorted by."""
        return sort_words_of(GlossaryTerm.objects.values("uid", *LABELS))

    @cached_property
    def people(self) -> list[NamedPerson]:
        """Return who is named in charts and phrases."""
        return people_now()

    @cached_property
    def _source(self) -> TableSource:
        return TableSource(
            Presentation.load(self.municipality),
            include_personal=True,
            in_edition=self.in_edition,
        )

    @cached_property
    def _plan(self) -> Plan | None:
        return Plan.objects.first()

    @cached_property
    def _outline(self) -> Outline:
        return load_outline(self._plan)

    @cached_property
    def _revision_table(self) -> Table:
        return revision_table(lines_of_editions(), self._source.presentation.date_style)

    def _document(self, source: TableSource) -> Document:
        annexes = printed_annexes(self._plan)
        chapters = ChapterBuilder(self._outline, source, [annex.number for annex in annexes])
        document = Document(
            cover=cover(self.municipality, self._plan, source.presentation.date_style),
            front=chapters.sections(Placement.FRONT),
            chapters=chapters.sections(Placement.BODY) + chapters.sections(Placement.APPENDIX),
            annexes=tuple(_annex_part(annex, source) for annex in annexes),
            revisions=self._revision_table,
            revisions_title=edition_setting().revisions_title,
            colophon=colophon(self._plan),
        )
        return replace(document, images=images_of(document))


def build_document(
    municipality: Municipality, *, include_personal: bool, in_edition: bool = False
) -> Document:
    """Return the working copy of the municipality in scope for one reader, with what is 作成中.

    With `in_edition` it says what an edition issued now would.
    """
    working = WorkingCopy(municipality, in_edition=in_edition)
    return working.full if include_personal else working.masked


def printed_annexes(plan: Plan | None) -> list[Annex]:
    """Return the 様式 that a plan prints behind its chapters."""
    wanted = plan.annex_numbers if plan else every_annex()
    return [annex for annex in registry.annexes() if annex.number in wanted]


class ChapterBuilder:
    """Makes sections of a document from chapters: phrases and links set, tables filled in.

    `annexes` are the 様式 a reader can be led to.
    """

    def __init__(self, outline: Outline, source: TableSource, annexes: Collection[int]) -> None:
        self.outline = outline
        self.source = source
        self.annexes = annexes
        self.words = source.words
        self.anchors: Mapping[str, str] = outline.anchors()

    def sections(self, placement: Placement) -> tuple[Section, ...]:
        """Return the chapters that stand before, among or behind the numbered ones."""
        return tuple(self.section(root) for root in self.outline.placed(placement))

    def section(self, node: OutlineNode) -> Section:
        """Return one chapter with everything below it."""
        return Section(
            anchor=node.anchor,
            level=node.depth,
            number=node.number,
            title=node.chapter.title,
            blocks=self.blocks(node.chapter.body),
            children=tuple(self.section(child) for child in node.children),
            confidentiality=node.chapter.confidentiality,
        )

    def blocks(self, body: str) -> tuple[Block, ...]:
        """Return a cleaned body as text and tables."""
        return tuple(self._block(part) for part in split_body(body))

    def _block(self, part: str | LiveBlock) -> Block:
        if isinstance(part, LiveBlock):
            return self.source.block(part)
        text = self.words.put_into(part)
        return TextBlock(link_references(text, chapters=self.anchors, annexes=self.annexes))


def cover(municipality: Municipality, plan: Plan | None, style: DateStyle) -> Cover:
    """Return the first sheet of the working copy."""
    title = f"{plan.title}　{plan.subtitle}".strip() if plan else "ICT業務継続計画"
    return Cover(
        municipality=municipality.name,
        title=title,
        edition=WORKING_COPY,
        date_text=format_date(timezone.localdate(), style),
        department=plan.department if plan else "",
        draft=True,
    )


def colophon(plan: Plan | None) -> tuple[tuple[str, str], ...]:
    """Return the lines of the last sheet that have something to say."""
    if plan is None:
        return ()
    lines = (
        ("発行", plan.issued_by),
        ("所在地", plan.postal_address),
        ("電話", plan.telephone),
        ("電子メール", plan.email),
        ("編集", plan.department),
        ("注記", plan.colophon_note),
    )
    return tuple((label, value) for label, value in lines if value)


def _annex_part(annex: Annex, source: TableSource) -> AnnexPart:
    presentation = source.presentation
    setting = presentation.annexes.get(str(annex.number))
    confidentiality = setting.confidentiality if setting else Confidentiality.INTERNAL
    codes = [spec.code for spec in registry.specs_of(annex.number) if spec.printed]
    tables = (
        [] if setting and setting.by_reference else [source.printed_table(code) for code in codes]
    )
    return AnnexPart(
        anchor=annex_anchor(annex.number),
        number=annex.number,
        heading=f"様式{annex.number} {presentation.annex_title(annex.number)}",
        subtitle=setting.subtitle if setting else "",
        reference_note=setting.reference_note if setting else "",
        managing_department=setting.managing_department if setting else "",
        confidentiality_label=str(Confidentiality(confidentiality).label),
        tables=tuple(table for table in tables if table),
        confidentiality=confidentiality,
    )
