"""Finds what approval asks for and nobody has filled in, in the tables an edition would print."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import CellValue, is_blank
from bcp_portal.annex.sheet import Item, Presentation, Sheet, is_needed
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table_builder import cells_of, rows_of
from plans.blanks.models import BlankAnswer
from plans.blanks.table_blanks import Answer, BlankRow, TableBlanks
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.document.coverage import WHOLE, Coverage
from plans.document.named_drafts import names_people
from plans.text.live_blocks import LiveBlock, split_body
from plans.working_copy.builder import printed_annexes


def blanks_of(municipality: Municipality, coverage: Coverage = WHOLE) -> list[TableBlanks]:
    """Return the tables of the covered parts that leave something open, in printed order.

    Only rows that an edition would hold are asked: 作成中 has a list of its own. An annex that refers
    to another document is not asked. The number of queries depends on the number of tables only.
    """
    presentation = Presentation.load(municipality)
    answers = answers_by_code()
    found = []
    for spec, may_be_empty in _asked(presentation, coverage):
        blanks = _blanks(spec, presentation, answers)
        if blanks.rows or (blanks.is_empty and not may_be_empty):
            found.append(blanks)
    return found


def blanks_of_table(municipality: Municipality, spec: AnnexSpec) -> TableBlanks:
    """Return what one table leaves open now."""
    return _blanks(spec, Presentation.load(municipality), answers_by_code())


def answers_by_code() -> dict[str, Answer]:
    """Return every answer of the municipality in scope, by the code of its table, in one query."""
    stored = BlankAnswer.objects.select_related("person")
    return {each.code: Answer(each.until.isoformat(), each.who, each.note) for each in stored}


def _asked(presentation: Presentation, coverage: Coverage) -> list[tuple[AnnexSpec, bool]]:
    """Return each table that is asked, and whether it may be empty.

    The first table of an annex is what the annex is about; others have rows only where there is
    something to say. A table of no annex is asked where a covered chapter shows it.
    """
    plan = Plan.objects.filter(municipality=presentation.municipality).first()
    found: list[tuple[AnnexSpec, bool]] = []
    for annex in printed_annexes(plan):
        setting = presentation.annexes.get(str(annex.number))
        if not coverage.covers_annex(annex.number) or (setting and setting.by_reference):
            continue
        specs = [spec for spec in registry.specs_of(annex.number) if spec.printed]
        found += [(spec, place > 0) for place, spec in enumerate(specs)]
    shown = _shown_in_chapters(plan, coverage)
    found += [(spec, True) for spec in registry.specs_of(None) if spec.code in shown]
    return found


def _shown_in_chapters(plan: Plan | None, coverage: Coverage) -> Collection[str]:
    outline = load_outline(plan)
    return {
        part.code
        for root in outline.roots
        if coverage.covers_section(root.anchor)
        for node in root.walk()
        for part in split_body(node.chapter.body)
        if isinstance(part, LiveBlock)
    }


def _blanks(
    spec: AnnexSpec, presentation: Presentation, answers: Mapping[str, Answer]
) -> TableBlanks:
    sheet = Sheet(spec, presentation)
    needed = [item for item in sheet.items if is_needed(item)]
    rows = list(rows_of(sheet, (RowStatus.ACTIVE,)))
    cells = cells_of(needed, rows)
    blank = tuple(_rows(spec, rows, cells, needed))
    return TableBlanks(spec.code, sheet.heading, len(rows), blank, answers.get(spec.code))


def _rows(
    spec: AnnexSpec,
    rows: Sequence[Any],
    cells: Sequence[Mapping[str, CellValue]],
    needed: Collection[Item],
) -> Iterator[BlankRow]:
    nameless = names_people(spec)
    for place, (row, values) in enumerate(zip(rows, cells, strict=True), 1):
        columns = tuple(
            (item.name, item.column.label) for item in needed if is_blank(values.get(item.name))
        )
        if columns:
            name = "" if nameless else str(row)
            yield BlankRow(str(row.uid), place, name, columns, row.row_no)
