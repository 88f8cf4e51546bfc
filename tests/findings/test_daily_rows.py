"""No row vanishes: what is 作成中 is on every working print, and in no edition."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from plans.annexes.draft_marks import MARK
from plans.annexes.drawn.figure_source import FigureSource
from plans.document.coverage import Coverage
from plans.document.document import Document, FigureBlock, TableBlock, TextBlock
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.text.live_blocks import LiveBlock
from plans.working_copy.builder import WorkingCopy, build_document
from plans.working_copy.table_source import TableSource
from tests.plans.editions.making import take_snapshot
from tests.rows import make_full_rows, make_row


def said(document: Document) -> str:
    """Return everything a document says in its chapters and annexes."""
    parts: list[str] = []
    for section in document.sections():
        for block in section.blocks:
            if isinstance(block, TextBlock):
                parts.append(block.html)
            elif isinstance(block, TableBlock):
                parts += [str(block.table and block.table.texts()), block.message]
            elif isinstance(block, FigureBlock):
                parts += [str(block.figure and block.figure.svg), block.message]
    for annex in document.annexes:
        parts += [str(table.texts()) for table in annex.tables]
    return "\n".join(parts)


@pytest.fixture
def two_of_each(in_scope: Municipality) -> list[Any]:
    """Two rows of every table, every column filled; the second ones are returned."""
    make_full_rows(registry.specs(), in_scope)
    second = [row for spec in registry.specs() for row in spec.model.objects.order_by("pk")[1:]]
    for row in second:
        _name_the_first(row)
    return second


def _name_the_first(row: Any) -> None:
    """Let a second row name the first rows of other tables, where no constraint forbids it."""
    for field in row._meta.get_fields():
        if not (field.is_relation and field.concrete):
            continue
        spec = registry.spec_of_model(field.related_model)
        first = spec.model.objects.order_by("pk").first() if spec else None
        if first is None or first == row:
            continue
        if field.many_to_many:
            getattr(row, field.name).add(first)
            continue
        try:
            with transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**{field.name: first})
        except IntegrityError:
            continue


def put(rows: list[Any], status: RowStatus) -> None:
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(row_status=status)


def everything(municipality: Municipality, *, in_edition: bool) -> dict[str, Any]:
    """Return every table, view and figure there is, by its code, as JSON or as what it says."""
    source = TableSource(
        Presentation.load(municipality), include_personal=True, in_edition=in_edition
    )
    found: dict[str, Any] = {}
    codes = [spec.code for spec in registry.specs()]
    codes += [table.code for table in registry.derived_tables()]
    codes += [code for code, _ in FigureSource(source.presentation, True).choices()]
    for code in codes:
        block = source.block(LiveBlock(code))
        if isinstance(block, TableBlock) and block.table:
            found[code] = block.table.to_json()
        else:
            found[code] = block
    return found


def test_for_an_edition_a_draft_is_as_if_it_had_been_retired(
    two_of_each: list[Any], in_scope: Municipality
) -> None:
    """Nothing derived (view, figure, computed column, count) may count what is 作成中."""
    put(two_of_each, RowStatus.RETIRED)
    retired = everything(in_scope, in_edition=True)
    put(two_of_each, RowStatus.DRAFT)
    drafts = everything(in_scope, in_edition=True)
    assert [code for code in retired if drafts.get(code) != retired[code]] == []


@pytest.mark.parametrize("spec", registry.specs(), ids=lambda spec: spec.code)
def test_working_prints_show_and_mark_each_draft(spec: Any, in_scope: Municipality) -> None:
    active = make_row(spec, in_scope, 1, full=True)
    draft = make_row(spec, in_scope, 2, full=True)
    put([draft], RowStatus.DRAFT)
    presentation = Presentation.load(in_scope)
    working = TableSource(presentation, include_personal=True).printed_table(spec.code)
    issued = TableSource(presentation, include_personal=True, in_edition=True)
    table = issued.printed_table(spec.code)
    assert working is not None and table is not None
    lines = {row.uid: str([working.text(row, c) for c in working.columns]) for row in working.rows}
    assert MARK in lines[str(draft.uid)]
    assert MARK not in lines[str(active.uid)]
    assert "版には載りません" in working.note
    assert str(draft.uid) not in [row.uid for row in table.rows]
    assert MARK not in str(table.to_json())


def test_what_a_chapter_chooses_of_a_table_is_marked_too(in_scope: Municipality) -> None:
    spec = registry.spec("1")
    assert spec is not None
    draft = make_row(spec, in_scope, 1, full=True)
    put([draft], RowStatus.DRAFT)
    source = TableSource(Presentation.load(in_scope), include_personal=True)
    block = source.block(LiveBlock("1", columns=("hosting", "kind")))
    assert isinstance(block, TableBlock) and block.table
    assert MARK in str(block.table.texts()[0])


def test_a_view_marks_the_lines_that_an_edition_would_not_have(in_scope: Municipality) -> None:
    spec = registry.spec("1")
    assert spec is not None
    make_row(spec, in_scope, 1, full=True)
    draft = make_row(spec, in_scope, 2, full=True)
    put([draft], RowStatus.DRAFT)
    table = TableSource(Presentation.load(in_scope), include_personal=True).printed_table("b-1")
    assert table is not None
    marked = [
        row.uid for row, texts in zip(table.rows, table.texts(), strict=True) if MARK in str(texts)
    ]
    assert marked == [str(draft.uid)]


def test_preview_and_print_hold_drafts_and_submissions_do_not(in_scope: Municipality) -> None:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["simple"])
    spec = registry.spec("1")
    assert spec is not None
    draft = make_row(spec, in_scope, 1, full=True)
    type(draft).objects.filter(pk=draft.pk).update(name="住民情報の試し", row_status="draft")
    assert f"{MARK}住民情報の試し" in said(build_document(in_scope, include_personal=True))
    assert "住民情報の試し" not in said(WorkingCopy(in_scope, in_edition=True).full)
    snapshot = take_snapshot(in_scope, Coverage(whole=True))
    assert "住民情報の試し" not in said(snapshot.document)
