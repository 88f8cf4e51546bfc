"""Every column is printed, hidden by the municipality, or says why it is no part of the book.

64 columns of printed tables were typed and reached no page, without a word.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.models import ColumnSetting
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import UNPRINTED_REASONS, AnnexSpec
from bcp_portal.annex.table_builder import build_table
from plans.chapters.models.plan import Plan
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.prints.unprinted_items import unprinted_items
from tests.rows import make_row

ClientFor = Callable[..., Client]
SPECS = [spec for spec in registry.specs() if spec.printed]
every_table = pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])

# Reviewed by hand: nothing else that a person types is kept out of the book.
REVIEWED = {
    "6-1": {"origins", "year_total"},
    "6-2": {"decision"},
    "1": {"building_proposal", "flood_proposal"},
    "16": {"proposed_reasons"},
    "18": {"breakdown_difference"},
    "b-17b": {"state"},
    "c-11": {"kind", "sort_key"},
}
COMMON = {"row_status", "confidentiality", "verified_on"}


@every_table
def test_each_column_is_printed_or_says_why_not(spec: AnnexSpec, in_scope: Municipality) -> None:
    sheet = Sheet.of(spec, in_scope)
    printed = {column.name for column in build_table(sheet, municipality=in_scope).columns}
    missing = {item.name for item in sheet.all_items} - printed
    for item in sheet.all_items:
        if item.name not in missing or item.hidden:
            continue
        if item.spec.within:
            assert item.spec.within in printed, item.name
        else:
            assert item.spec.unprinted in UNPRINTED_REASONS, item.name
    declared = {item.name for item in sheet.all_items if item.spec.unprinted}
    assert declared - COMMON == REVIEWED.get(spec.code, set())


def test_a_table_that_is_not_printed_says_why() -> None:
    unprinted = {spec.code for spec in registry.specs() if not spec.printed}
    assert unprinted == {"11-2", "11-3", "19-2", "19-3", "departments", "people"}


WITHIN = [
    (spec, column.name, column.within) for spec in SPECS for column in spec.columns if column.within
]


@pytest.mark.parametrize(
    ("spec", "name", "home"), WITHIN, ids=[f"{s.code}.{name}" for s, name, _ in WITHIN]
)
def test_what_stands_in_another_cell_is_seen_there(
    spec: AnnexSpec, name: str, home: str, in_scope: Municipality
) -> None:
    row = make_row(spec, in_scope, full=True)
    sheet = Sheet.of(spec, in_scope)
    item = sheet.item(name)
    assert item is not None
    if item.column.kind is Kind.CHOICE:
        texts = set()
        for code, _ in item.column.choices:
            setattr(row, name, code)
            row.save()
            texts.add(_cell(spec, home, in_scope))
        assert len(texts) > 1
        return
    if item.column.kind is Kind.REFERENCES:
        target = getattr(row, name).first()
        target.kind = "network" if "network" in name else target.kind
        target.save()
    table = build_table(sheet, municipality=in_scope, include_personal=True, items=[item])
    assert table.text(table.rows[0], item.column) in _cell(spec, home, in_scope)


def _cell(spec: AnnexSpec, name: str, municipality: Municipality) -> str:
    table = build_table(spec, municipality=municipality, include_personal=True)
    column = table.column(name)
    assert column is not None
    return table.text(table.rows[0], column)


@pytest.fixture
def plan(municipality: Municipality) -> Plan:
    with scope(municipality=municipality):
        return create_plan(municipality=municipality, actor=None, outline=OUTLINES["ksw"])


def _page(client: Client, municipality: Municipality) -> str:
    return client.get(reverse("prints:unprinted", args=[municipality.code])).content.decode()


def test_the_page_names_every_column_with_its_reason(
    municipality: Municipality, plan: Plan, client_for: ClientFor
) -> None:
    page = _page(client_for(Role.VIEWER), municipality)
    with scope(municipality=municipality):
        presentation = Presentation.load(municipality)
        for code, names in REVIEWED.items():
            spec = registry.spec(code)
            assert spec is not None
            sheet = Sheet(spec, presentation)
            assert sheet.heading in page
            for name in names:
                item = sheet.item(name)
                assert item is not None
                assert item.column.label in page
    for label in ("状態", "公開区分", "最終確認日", *UNPRINTED_REASONS.values()):
        assert label in page


def test_the_page_names_what_the_municipality_hid_and_counts_what_is_in_it(
    municipality: Municipality, plan: Plan, client_for: ClientFor
) -> None:
    client = client_for(Role.ADMIN)
    assert "使わないことにした項目はありません。" in _page(client, municipality)
    spec = registry.spec("9")
    assert spec is not None
    with scope(municipality=municipality):
        make_row(spec, municipality, full=True)
        make_row(spec, municipality, 2)
        ColumnSetting.objects.create(
            municipality=municipality, code="9", column="kana", hidden=True
        )
    page = _page(client, municipality)
    assert "使わないことにした項目はありません。" not in page
    assert "1行（印刷されません）" in page
    assert reverse("annex:settings", args=[municipality.code, "9"]) in page


def test_the_page_names_tables_that_no_chapter_shows(
    municipality: Municipality, plan: Plan
) -> None:
    with scope(municipality=municipality):
        presentation = Presentation.load(municipality)
        spec = registry.spec("b-11-marks")
        assert spec is not None
        assert "b-11-marks" not in {
            each.code for each in unprinted_items(plan, presentation).not_placed
        }
        make_row(spec, municipality, full=True)
        items = unprinted_items(plan, presentation)
        before = {each.code for each in (*items.not_placed, *items.otherwise_placed)}
        chapter = plan.chapters.first()
        assert chapter is not None
        assert "b-11-marks" in before
        chapter.body += '<div data-live-block="b-11-marks" data-columns="month"></div>'
        chapter.save()
        after = {each.code: each.labels for each in unprinted_items(plan, presentation).not_placed}
        assert "年度" in after["b-11-marks"]
        assert "月" not in after["b-11-marks"]
        chapter.body += '<div data-live-block="b-11-marks"></div>'
        chapter.save()
        assert "b-11-marks" not in {
            each.code for each in unprinted_items(plan, presentation).not_placed
        }


def test_a_table_that_a_view_prints_is_not_said_to_be_missing(
    municipality: Municipality, plan: Plan
) -> None:
    """The glossary is printed by its view, not as the table that it is."""
    with scope(municipality=municipality):
        presentation = Presentation.load(municipality)
        term = registry.spec("c-11")
        assert term is not None
        make_row(term, municipality, full=True)
        items = unprinted_items(plan, presentation)
        assert "c-11" not in {each.code for each in items.not_placed}
        assert "c-11" in {each.code for each in items.otherwise_placed}
        plan.chapters.filter(body__contains="c-11").update(body="")
        items = unprinted_items(plan, presentation)
        assert "c-11" in {each.code for each in items.not_placed}
        assert "c-11" not in {each.code for each in items.otherwise_placed}


def test_the_print_page_and_the_settings_of_a_table_lead_there(
    municipality: Municipality, plan: Plan, client_for: ClientFor
) -> None:
    target = reverse("prints:unprinted", args=[municipality.code])
    prints = client_for(Role.VIEWER).get(reverse("prints:list", args=[municipality.code]))
    settings = client_for(Role.ADMIN).get(reverse("annex:settings", args=[municipality.code, "1"]))
    assert target in prints.content.decode()
    assert target in settings.content.decode()


def test_queries_do_not_grow_with_rows(
    municipality: Municipality, plan: Plan, client_for: ClientFor
) -> None:
    spec = registry.spec("9")
    assert spec is not None
    client = client_for(Role.ADMIN)
    with scope(municipality=municipality):
        make_row(spec, municipality, full=True)
        ColumnSetting.objects.create(
            municipality=municipality, code="9", column="kana", hidden=True
        )
    _page(client, municipality)
    with CaptureQueriesContext(connection) as one:
        _page(client, municipality)
    with scope(municipality=municipality):
        make_row(spec, municipality, 2, full=True)
        make_row(spec, municipality, 3, full=True)
    with CaptureQueriesContext(connection) as three:
        _page(client, municipality)
    assert len(three) <= len(one)
