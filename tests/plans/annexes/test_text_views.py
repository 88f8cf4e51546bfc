"""The printed views of the review calendar (C-16), the glossary (C-11) and the manuals (C-12)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from plans.models import GlossaryTerm, Manual, ManualMaterial, ReviewItem
from tests.plans.rows import a_role, built
from tests.rows import make_row

VIEWS_OF_THIS_ROOM = [
    "b-2",
    "b-3",
    "b-4",
    "b-4-infection",
    "b-4-security",
    "b-8",
    "b-9",
    "b-10",
    "c-4-annexes",
    "c-4-contracts",
    "c-4-documents",
    "c-4-others",
    "c-4-references",
    "c-4-related",
    "c-5-list",
    "c-6",
    "c-11-alphabet",
    "c-11-gojuon",
    "c-12-kinds",
    "c-12-list",
    "c-16",
]


def a_question(owner: Municipality, item: str, cycle: list[str], trigger: str = "") -> ReviewItem:
    return ReviewItem.objects.create(municipality=owner, item=item, cycle=cycle, trigger=trigger)


def test_the_calendar_runs_from_occasional_to_annual(in_scope: Municipality) -> None:
    a_question(in_scope, "計画全体", ["annual"])
    a_question(in_scope, "連絡先", ["quarterly", "occasional"], "personnel")
    a_question(in_scope, "構成図", ["occasional"], "systems")

    assert built("c-16", in_scope).texts() == [
        ["随時", "人事・組織機構の変更", "連絡先"],
        ["随時", "主要な情報システム・インフラ等の変更", "構成図"],
        ["四半期", "", "連絡先"],
        ["年次", "", "計画全体"],
    ]


def test_every_row_of_the_calendar_has_an_identity_of_its_own(in_scope: Municipality) -> None:
    a_question(in_scope, "連絡先", ["occasional", "quarterly", "annual"], "personnel")

    uids = [row.uid for row in built("c-16", in_scope).rows]

    assert len(set(uids)) == 3


def test_the_glossary_is_printed_in_two_groups(in_scope: Municipality) -> None:
    for term, reading, sort_key in [
        ("電算センター", "でんさんせんたー", ""),
        ("OS", "おーえす", ""),
        ("データセンター", "データセンター", ""),
        ("DDoS攻撃", "でぃーどすこうげき", ""),
        ("DoS攻撃", "どすこうげき", "DDA"),
        ("ASP", "えーえすぴー", ""),
    ]:
        GlossaryTerm.objects.create(
            municipality=in_scope, term=term, reading=reading, sort_key=sort_key, text="説明"
        )

    def terms(code: str) -> list[str]:
        return [row.cells["term"] for row in built(code, in_scope).rows]

    assert terms("c-11-alphabet") == ["ASP", "DoS攻撃", "DDoS攻撃", "OS"]
    assert terms("c-11-gojuon") == ["データセンター", "電算センター"]
    assert [column.label for column in built("c-11-gojuon", in_scope).columns] == ["用語", "解説等"]


def test_manuals_are_listed_event_by_event(in_scope: Municipality) -> None:
    Manual.objects.create(
        municipality=in_scope,
        name="自然災害編",
        event_details=["storm_flood", "earthquake"],
        edition="第2版",
        approved_on=date(2026, 4, 1),
    )
    Manual.objects.create(
        municipality=in_scope, name="昔の地震編", event_details=["earthquake"], row_status="retired"
    )

    assert built("c-12-list", in_scope).texts() == [
        ["地震", "自然災害編", "第2版", "令和8年4月1日"],
        ["風水害", "自然災害編", "第2版", "令和8年4月1日"],
    ]


def test_materials_are_listed_kind_by_kind(in_scope: Municipality) -> None:
    for kind, name in [("figure", "配置図"), ("list", "名簿"), ("procedure", "復旧手順")]:
        ManualMaterial.objects.create(municipality=in_scope, kind=kind, name=name)

    table = built("c-12-kinds", in_scope)

    assert [row[:2] for row in table.texts()] == [
        ["リスト（一覧）", "名簿"],
        ["手順", "復旧手順"],
        ["図", "配置図"],
    ]


@pytest.mark.parametrize("code", VIEWS_OF_THIS_ROOM)
def test_an_empty_view_is_a_table_that_survives_json(in_scope: Municipality, code: str) -> None:
    table = built(code, in_scope)
    declared = registry.derived_table(code)

    assert declared is not None
    assert (table.code, table.title) == (code, declared.title)
    assert Table.from_json(table.to_json()) == table


def test_a_view_shows_nothing_of_another_municipality(
    in_scope: Municipality, other_municipality: Municipality
) -> None:
    a_role(other_municipality, "隣町の責任者")
    a_role(in_scope, "見本市の責任者")

    texts = str(built("b-4", in_scope).texts())

    assert "見本市の責任者" in texts
    assert "隣町" not in texts


@pytest.mark.parametrize("code", VIEWS_OF_THIS_ROOM)
def test_the_queries_of_a_view_do_not_grow_with_its_rows(in_scope: Municipality, code: str) -> None:
    counts = []
    wanted = ["8", "8-deputies", "9", "10-2", "20", "c-5", "c-11", "c-12", "c-12-materials", "13-1"]
    for number in (1, 2, 3):
        for source in wanted:
            spec = registry.spec(source)
            assert spec is not None
            make_row(spec, in_scope, number=number, full=True)
        with CaptureQueriesContext(connection) as queries:
            built(code, in_scope)
        counts.append(len(queries))

    assert counts[0] == counts[2]
