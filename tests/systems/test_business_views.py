"""The views of businesses: C-14, the ranked lists of chapter 9, 別表1 and C-20."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Department
from bcp_portal.annex.counted_rows import as_in_edition
from tests.systems.business_rows import (
    DAY,
    HOUR,
    WEEK,
    built,
    make_business,
    make_critical,
    make_need,
    make_target,
    shown,
)
from tests.systems.facilities import make_system

CODES = (
    "c-14-network",
    "c-14-info",
    "c-14-emergency",
    "c-14-payment",
    "c-14-counter",
    "rank-depth",
    "rank-volume",
    "b-17a",
    "c-20",
)


def critical(owner, name, *classes, **values):
    business = make_business(owner, name, biz_class=list(classes), **values)
    make_critical(business)
    return business


@pytest.mark.parametrize("code", CODES)
def test_a_view_of_nothing_is_empty_and_has_its_columns(in_scope, code):
    table = built(code, in_scope)
    assert (table.code, table.rows) == (code, ())
    assert table.columns


def test_systems_stand_under_each_class_of_the_critical_businesses(in_scope):
    general = make_system(in_scope, "総合行政", row_no=2)
    gis = make_system(in_scope, "GIS", row_no=1)
    response = critical(in_scope, "被災者支援", "emergency")
    make_need(response, general, use_note="前日時点の住民情報")
    make_need(response, gis, use_note="被災状況の整理")
    payment = critical(in_scope, "福祉手当", "payment", "counter")
    make_need(payment, general, use_note="給付")
    assert shown(built("c-14-emergency", in_scope), "system", "content") == [
        ["GIS", "被災状況の整理"],
        ["総合行政", "前日時点の住民情報"],
    ]
    assert shown(built("c-14-payment", in_scope), "system", "content") == [["総合行政", "給付"]]
    assert shown(built("c-14-counter", in_scope), "system", "content") == [["総合行政", "給付"]]
    assert built("c-14-info", in_scope).rows == ()


def test_notes_of_several_businesses_stand_once_each(in_scope):
    system = make_system(in_scope, "総合行政")
    for name, note in (("住民記録", "証明書の発行"), ("印鑑", "証明書の発行"), ("税", "課税")):
        make_need(critical(in_scope, name, "counter"), system, use_note=note)
    assert shown(built("c-14-counter", in_scope), "content") == [["証明書の発行\n課税"]]


def test_only_essential_systems_of_active_critical_businesses_are_named(in_scope):
    system = make_system(in_scope, "総合行政")
    make_need(make_business(in_scope, "選挙"), system)
    make_need(critical(in_scope, "教育", "counter"), system, essential=False)
    make_need(critical(in_scope, "農家台帳", "counter", row_status="draft"), system)
    make_need(critical(in_scope, "口座", "counter"), system, row_status="retired")
    retired = make_business(in_scope, "検診")
    make_critical(retired, row_status="draft")
    make_need(retired, system)
    with as_in_edition():
        assert built("c-14-counter", in_scope).rows == ()
        make_need(critical(in_scope, "戸籍届", "counter"), system)
        assert shown(built("c-14-counter", in_scope), "system") == [["総合行政"]]


def test_networks_have_a_table_of_their_own(in_scope):
    lan, lgwan, leased, unused = (
        make_system(in_scope, name, kind="network", row_no=number, overview=f"{name}の概要")
        for number, name in enumerate(("庁内LAN", "LGWAN", "国保連合会", "住基ネット"), start=1)
    )
    family = make_system(in_scope, "戸籍")
    family.networks.set([lan])
    business = critical(in_scope, "戸籍届", "counter")
    make_need(business, family)
    make_need(business, lgwan, use_note="副本データの管理")
    make_target(leased)
    table = built("c-14-network", in_scope)
    assert shown(table, "system", "content") == [
        ["庁内LAN", "庁内LANの概要"],
        ["LGWAN", "副本データの管理"],
        ["国保連合会", "国保連合会の概要"],
    ]
    assert str(unused) not in str(table.texts())
    assert shown(built("c-14-counter", in_scope), "system") == [["戸籍"]]


@pytest.mark.parametrize(
    ("depth", "listed"), [(None, False), (1, False), (2, False), (3, True), (8, True)]
)
def test_three_surveyed_levels_are_listed(in_scope, depth, listed):
    make_business(in_scope, "戸籍届", depth_reported=depth)
    rows = shown(built("rank-depth", in_scope), "name", "depth")
    assert rows == ([["戸籍届", str(depth)]] if listed else [])


def test_the_deepest_come_first_and_equal_ones_in_the_order_of_the_survey(in_scope):
    for number, (name, depth) in enumerate(
        (("印鑑登録", 3), ("市県民税", 8), ("戸籍届", 3), ("児童クラブ", 6)), start=1
    ):
        make_business(in_scope, name, depth_reported=depth, row_no=number)
    table = built("rank-depth", in_scope)
    assert [column.label for column in table.columns] == ["No.", "業務名", "依存関係の階層数"]
    assert shown(table, "name", "depth") == [
        ["市県民税", "8"],
        ["児童クラブ", "6"],
        ["印鑑登録", "3"],
        ["戸籍届", "3"],
    ]


def test_a_computed_depth_that_differs_from_the_survey_is_shown_beside_it(in_scope):
    tax = make_business(in_scope, "市県民税", depth_reported=8)
    account = make_business(in_scope, "口座")
    clearing = make_business(in_scope, "収納消込")
    tax.depends_on.set([account])
    account.depends_on.set([clearing])
    table = built("rank-depth", in_scope)
    assert shown(table, "name", "depth", "depth_reported") == [["市県民税", "3", "8"]]


def test_two_thousand_cases_are_listed_and_one_less_is_not(in_scope):
    for name, cases, attachments in (
        ("障害福祉", 2000, 4),
        ("児童手当", 1999, 2),
        ("住民記録", 63105, 3),
        ("選挙", None, None),
        ("旧業務", 9999, 1),
    ):
        status = "retired" if name == "旧業務" else "active"
        make_business(
            in_scope, name, yearly_cases=cases, attachments=attachments, row_status=status
        )
    assert shown(built("rank-volume", in_scope), "name", "yearly_cases", "attachments") == [
        ["住民記録", "63,105", "3"],
        ["障害福祉", "2,000", "4"],
    ]


def matrix(owner):
    """The printed sample of 別表1: three systems, three businesses of two departments."""
    first = Department.objects.create(municipality=owner, name="部局A", row_no=1)
    second = Department.objects.create(municipality=owner, name="部局B", row_no=2)
    systems = [
        make_system(owner, name, row_no=number)
        for number, name in enumerate(("メール管理システム", "システムA", "システムB"), start=1)
    ]
    businesses = [
        critical(
            owner,
            name,
            "other",
            owner_department=department,
            environment=environment,
            biz_rto_minutes=minutes,
            biz_rto_unit=unit,
            row_no=number,
        )
        for number, (name, department, environment, minutes, unit) in enumerate(
            (
                ("優先業務2", second, ["office"], DAY, "day"),
                ("優先業務1", first, ["vendor"], 3 * HOUR, "hour"),
                ("優先業務3", second, ["elsewhere", "office"], 3 * DAY, "day"),
            ),
            start=1,
        )
    ]
    mail, a, b = systems
    for business in businesses:
        make_need(business, mail, has_alt="yes", alt_time_minutes=12 * HOUR)
    make_need(businesses[0], a, risk="冗長でない", countermeasure="予備機の用意")
    make_need(businesses[2], b, essential=False)
    return businesses


def test_the_matrix_marks_what_supports_what_and_takes_the_shortest_time(in_scope):
    matrix(in_scope)
    table = built("b-17a", in_scope)
    assert [(column.label, column.group) for column in table.columns] == [
        ("No.", ""),
        ("情報システム名", ""),
        ("優先業務1\n外部委託先\n3時間", "部局A"),
        ("優先業務2\n庁内\n1日", "部局B"),
        ("優先業務3\n庁内・関係各所\n3日", "部局B"),
        ("情報システム目標復旧時間（最小値）", ""),
        ("リスク・課題", ""),
        ("リスク・課題に対する対策", ""),
    ]
    assert table.texts() == [
        ["1", "メール管理システム", "●", "●", "●", "3時間", "", ""],
        ["2", "システムA", "", "●", "", "1日", "冗長でない", "予備機の用意"],
        ["3", "システムB", "", "", "●", "3日", "", ""],
    ]
    assert "未記入" not in table.note
    assert table.landscape


def test_a_business_without_time_is_left_out_of_the_minimum_and_named(in_scope):
    businesses = matrix(in_scope)
    businesses[1].biz_rto_minutes = None
    businesses[1].save()
    table = built("b-17a", in_scope)
    assert shown(table, "system", "minimum")[0] == ["メール管理システム", "1日"]
    assert table.note.endswith("目標復旧時間が未記入のため最小値に含めていない業務：優先業務1。")


def test_only_critical_businesses_have_a_column(in_scope):
    make_need(make_business(in_scope, "選挙", biz_rto_minutes=DAY), make_system(in_scope))
    assert built("b-17a", in_scope).rows == ()


@pytest.mark.parametrize(
    ("values", "case"),
    [
        ({"rto_disaster_minutes": WEEK, "rto_disaster_unit": "week"}, "災害時"),
        ({"rto_disaster_minutes": WEEK + 1}, ""),
        ({"rto_disaster_next_open": True}, "災害時"),
        ({"rto_normal_next_open": True}, "非災害時"),
        ({"rto_normal_minutes": 15 * HOUR + 15}, "非災害時"),
        ({"rto_normal_minutes": 15 * HOUR + 16}, ""),
        ({"rto_disaster_minutes": 0, "rto_normal_minutes": 0}, "災害時・非災害時"),
        ({}, ""),
    ],
)
def test_priority_businesses_are_found_by_their_times(in_scope, values, case):
    make_business(in_scope, "戸籍届", **values)
    rows = shown(built("c-20", in_scope), "business", "case")
    assert rows == ([["戸籍届", case]] if case else [])


def test_priority_systems_are_shown_with_workaround_and_power(in_scope):
    business = make_business(
        in_scope,
        "戸籍届",
        rto_disaster_minutes=WEEK,
        rto_disaster_unit="week",
        rto_normal_next_open=True,
        has_alt="yes",
        alt_text="受領のみ行う。",
        alt_time_minutes=3 * DAY,
        alt_time_unit="day",
    )
    family, gis, office = (make_system(in_scope, name) for name in ("戸籍", "GIS", "Office"))
    make_need(business, family)
    make_need(business, gis, has_alt="no")
    make_need(business, office, essential=False)
    make_target(family, power_ok=True)
    columns = (
        "business",
        "department",
        "disaster",
        "normal",
        "case",
        "system",
        "alternative",
        "alternative_time",
        "power",
        "selected",
    )
    start = ["戸籍届", "市民課", "1週間", "翌始業時", "災害時・非災害時"]
    assert shown(built("c-20", in_scope), *columns) == [
        [*start, "戸籍", "受領のみ行う。", "3日", "はい", "はい"],
        [*start, "GIS", "なし", "", "", "いいえ"],
    ]


def test_a_priority_business_without_systems_keeps_its_line(in_scope):
    make_business(in_scope, "選挙", rto_disaster_minutes=0, row_no=1)
    make_business(
        in_scope, "避難所", rto_disaster_minutes=0, uses_no_system=True, has_alt="unknown", row_no=2
    )
    assert shown(built("c-20", in_scope), "business", "system", "alternative", "selected") == [
        ["選挙", "", "", ""],
        ["避難所", "使用しない", "不明", ""],
    ]


@pytest.mark.parametrize("code", CODES)
def test_views_take_as_many_queries_for_three_rows_as_for_one(in_scope, code):
    lan = make_system(in_scope, "庁内LAN", kind="network")

    def add(number):
        system = make_system(in_scope, f"システム{number}")
        system.networks.set([lan])
        make_target(system)
        business = critical(
            in_scope,
            f"業務{number}",
            "info",
            "emergency",
            "payment",
            "counter",
            yearly_cases=9000,
            depth_reported=5,
            rto_disaster_minutes=0,
            owner_department=Department.objects.create(municipality=in_scope, name=f"部署{number}"),
        )
        make_need(business, system)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            table = built(code, in_scope)
        assert table.rows
        return len(captured)

    add(1)
    one = queries()
    add(2)
    add(3)
    assert queries() == one
