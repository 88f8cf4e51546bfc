"""Working prints mark what a cell takes from a row that is 作成中: its name, its count."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry, table_builder
from bcp_portal.annex.counted_rows import as_in_edition, counted_statuses
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.table import Table
from bcp_portal.annex.table_builder import build_table
from plans.annexes.draft_marks import MARK, NAME_MARK, NAMES_DRAFTS
from plans.annexes.drawn.figure_source import FigureSource
from plans.text.live_blocks import LiveBlock
from plans.working_copy.table_source import TableSource
from tests.findings.test_daily_rows import put, two_of_each
from tests.plans.rows import a_person, a_role
from tests.rows import make_row

__all__ = ["two_of_each"]
COMPUTED = "は、作成中の行を含めて計算しています。版では、その分だけ値が変わります。"
REFERENCES = (Kind.REFERENCE, Kind.REFERENCES)


@pytest.fixture
def first_are_drafts(two_of_each: list[Any]) -> list[Any]:
    """The second row of every table names the first ones, which are 作成中."""
    keys = {type(row): row.pk for row in two_of_each}
    for spec in registry.specs():
        others = spec.model.objects.exclude(pk=keys[spec.model])
        others.update(row_status=RowStatus.DRAFT)
    return two_of_each


def printed(municipality: Municipality, *, in_edition: bool = False) -> dict[str, Table]:
    source = TableSource(
        Presentation.load(municipality), include_personal=True, in_edition=in_edition
    )
    tables = {spec.code: source.printed_table(spec.code) for spec in registry.specs()}
    return {code: table for code, table in tables.items() if table}


def draft_uids() -> set[str]:
    return {
        str(uid)
        for spec in registry.specs()
        for uid in spec.model.objects.filter(row_status="draft").values_list("uid", flat=True)
    }


def test_each_column_that_names_a_draft_marks_its_name(
    first_are_drafts: list[Any], in_scope: Municipality
) -> None:
    drafts = draft_uids()
    marked: set[tuple[str, str]] = set()
    source = TableSource(Presentation.load(in_scope), include_personal=True)
    for code, table in printed(in_scope).items():
        said = source.table(code)
        assert said is not None
        texts = {row.uid: row for row in table.rows}
        named: set[str] = set()
        for column in said.columns:
            for row in said.rows if column.kind in REFERENCES else ():
                shown = table.column(column.name)
                assert shown is not None
                text = table.text(texts[row.uid], shown)
                for each in as_list(row.cells.get(column.name)):
                    is_draft = each["uid"] in drafts
                    assert (f"{each['text']}{NAME_MARK}" in text) == is_draft, (code, column.name)
                    named |= {column.name} if is_draft else set()
        assert (NAMES_DRAFTS in table.note) == bool(named), code
        marked |= {(code, name) for name in named}
    assert len(marked) > 40


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def test_an_edition_has_no_mark_at_a_name(
    first_are_drafts: list[Any], in_scope: Municipality
) -> None:
    for code, table in printed(in_scope, in_edition=True).items():
        assert "作成中" not in str(table.to_json()).replace("作成中の", ""), code
        assert table.note == "", code


def test_a_note_names_each_column_that_is_computed_with_drafts(
    first_are_drafts: list[Any], in_scope: Municipality
) -> None:
    noted = set()
    for code, table in printed(in_scope).items():
        spec = registry.spec(code)
        assert spec is not None
        expected = _computed_otherwise(Sheet.of(spec, in_scope), in_scope)
        sentence = "」「".join(c.label for c in table.columns if c.name in expected)
        assert (f"「{sentence}」{COMPUTED}" in table.note) == bool(expected), code
        assert (COMPUTED in table.note) == bool(expected), code
        noted |= {(code, name) for name in expected}
    assert {code for code, _ in noted} >= {"15", "17"}


def test_no_computed_column_goes_without_its_note(
    in_scope: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each says another value where drafts do not count: each has to be named below its table."""
    original = table_builder._column

    def counting(item: Any, rows: Sequence[Any]) -> Iterable[CellValue]:
        if item.spec.compute:
            return (len(counted_statuses()) for _ in rows)
        return original(item, rows)

    monkeypatch.setattr(table_builder, "_column", counting)
    put([make_row(registry.specs()[0], in_scope, 9)], RowStatus.DRAFT)
    computed = 0
    for spec in registry.specs():
        items = [i for i in Sheet.of(spec, in_scope).items if i.spec.compute and i.spec.in_print]
        if items:
            make_row(spec, in_scope, 1)
            source = TableSource(Presentation.load(in_scope), include_personal=True)
            table = source.printed_table(spec.code)
            assert table is not None
            labels = "」「".join(item.column.label.replace("\n", " ") for item in items)
            assert f"「{labels}」{COMPUTED}" in table.note, spec.code
            computed += len(items)
    assert computed > 40


def _computed_otherwise(sheet: Sheet, municipality: Municipality) -> set[str]:
    working = build_table(sheet, municipality=municipality, include_personal=True)
    with as_in_edition():
        issued = build_table(sheet, municipality=municipality, include_personal=True)
    cells = {row.uid: row.cells for row in working.rows}
    return {
        item.name
        for item in sheet.items
        if item.spec.compute and item.spec.in_print
        for row in issued.rows
        if row.cells[item.name] != cells[row.uid][item.name]
    }


def test_a_chapter_that_leaves_a_computed_column_out_has_no_note_of_it(
    first_are_drafts: list[Any], in_scope: Municipality
) -> None:
    source = TableSource(Presentation.load(in_scope), include_personal=True)
    for columns, expected in ((("system", "businesses"), True), (("system",), False)):
        block = source.block(LiveBlock("17", columns=columns))
        assert (COMPUTED in str(block)) == expected


def test_who_may_not_see_people_is_shown_no_more_of_them(in_scope: Municipality) -> None:
    person = a_person(in_scope, "見本 太郎")
    put([person], RowStatus.DRAFT)
    a_role(in_scope, "本部長", person=person)
    presentation = Presentation.load(in_scope)
    for personal, name in ((True, f"見本 太郎{NAME_MARK}"), (False, "＊＊＊")):
        table = TableSource(presentation, include_personal=personal).printed_table("8")
        assert table is not None
        assert name in table.texts()[0]


def test_a_figure_marks_the_name_of_a_draft(in_scope: Municipality) -> None:
    person = a_person(in_scope, "見本 太郎")
    a_role(in_scope, "本部長", person=person, structure="disaster")
    put([person], RowStatus.DRAFT)
    figures = FigureSource(Presentation.load(in_scope), True)
    drawn = figures.drawn("fig-organisation-disaster", ())
    assert drawn and drawn.figure
    assert f"見本 太郎{NAME_MARK}" in drawn.figure.alternative_text
    with as_in_edition():
        drawn = figures.drawn("fig-organisation-disaster", ())
    assert drawn and drawn.figure and "作成中" not in drawn.figure.alternative_text


def test_both_marks_stand_at_a_draft_that_is_called_by_another(in_scope: Municipality) -> None:
    spec = registry.spec("17")
    assert spec is not None
    target = make_row(spec, in_scope)
    put([target, target.system], RowStatus.DRAFT)
    table = printed(in_scope)["17"]
    assert f"{MARK}{target.system}{NAME_MARK}" in str(table.texts())
