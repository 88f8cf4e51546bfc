"""The views of systems and resources: B-1, B-15 and C-15, with the figures the sources print."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bcp_portal.annex.counted_rows import as_in_edition
from bcp_portal.annex.table import Table
from tests.systems.business_rows import (
    DAY,
    HOUR,
    built,
    make_item,
    make_resource,
    make_target,
    shown,
)
from tests.systems.facilities import make_department, make_system, make_vendor


def test_only_active_systems_in_scope_are_listed_with_their_operators(in_scope):
    vendor, department = make_vendor(in_scope), make_department(in_scope)
    make_system(in_scope, "戸籍", operator_vendor=vendor, row_no=2)
    make_system(in_scope, "メール", operator_department=department, row_no=1)
    make_system(in_scope, "学校", in_scope=False, out_of_scope_reason="別に定める。")
    make_system(in_scope, "旧財務", row_status="retired")
    assert built("b-1", in_scope).texts() == [
        ["1", "メール", "情報政策課"],
        ["2", "戸籍", "見本システムズ"],
    ]


def test_priorities_come_most_urgent_first_one_line_a_system(in_scope):
    mail = make_system(in_scope, "メールシステム", overview="電子メールの送受信")
    make_target(mail, HOUR, premise="no_alt_site")
    make_target(mail, 15 * HOUR)
    other = make_system(in_scope, "システムA", operator_department=make_department(in_scope))
    make_target(other, DAY, rto_unit="day", rlo="percent", rlo_percent=70)
    site = make_system(in_scope, "ホームページ")
    make_target(site, 0, rto_unit="immediate", rlo="offline")
    late = make_system(in_scope, "GIS")
    make_target(late, 30 * DAY, priority_override="A", priority_reason="要望")
    make_target(make_system(in_scope, "旧財務"), 0, row_status="draft")
    with as_in_edition():
        table = built("b-15", in_scope)
    assert shown(table, "name", "rto", "rlo", "priority", "operator") == [
        ["ホームページ", "即時", "オフラインで利用可能な状態", "S", ""],
        ["メールシステム", "15時間", "通常業務で利用可能な状態／完全復旧", "A", ""],
        ["システムA", "1日", "平時の70%まで復旧", "A", "情報政策課"],
        ["GIS", "720時間", "通常業務で利用可能な状態／完全復旧", "A（算定はE）", ""],
    ]


def test_a_letter_that_the_municipality_added_comes_last(in_scope):
    make_target(
        make_system(in_scope, "GIS"), 0, priority_override="F", priority_reason="独自の区分"
    )
    make_target(make_system(in_scope, "戸籍"), 30 * DAY)
    assert shown(built("b-15", in_scope), "name", "priority") == [
        ["戸籍", "E"],
        ["GIS", "F（算定はS）"],
    ]


def test_the_breakdown_is_printed_at_the_time_each_item_is_first_needed(in_scope):
    servers = make_resource(in_scope, "サーバ", (0, 29, 30), row_no=1, has_breakdown=True)
    media = make_resource(in_scope, "バックアップ媒体", (3, 3, 3), unit="piece", row_no=2)
    lines = make_resource(in_scope, "専用回線", (0, 3, 3), unit="line", row_no=3)
    make_resource(in_scope, "タブレット", (10, 10, 10), row_no=4)
    make_item(servers, "ホームページ", "t0", is_cloud=True, row_no=1)
    make_item(servers, "外部DNS", "d3", row_no=2)
    make_item(servers, "総合行政", "d3", units=4, row_no=3)
    make_item(servers, "資産管理", "w1", row_no=4)
    make_item(servers, "旧サーバ", "d3", row_no=5, row_status="retired")
    make_item(media, "人給庶務", "d3", row_no=6)
    make_item(lines, "LGWAN", "d3", row_no=7)
    make_item(lines, "予備回線", "d3", units=2, row_no=8)
    table = built("c-15", in_scope)
    assert [column.label for column in table.columns] == ["必要資源", "即時", "3日", "1週間"]
    assert table.texts() == [
        ["サーバ", "・ホームページ（c1）", "・外部DNS（1）\n・総合行政（4）", "・資産管理（1）"],
        ["バックアップ媒体", "", "・人給庶務", ""],
        ["専用回線", "", "・LGWAN\n・予備回線（2）", ""],
    ]
    assert "cはクラウド" in table.note


def test_the_breakdown_of_the_sample_city_prints_all_its_servers(in_scope):
    servers = make_resource(in_scope, "サーバ", (0, 29, 30), has_breakdown=True)
    units = (1, 1, 1, 1, 1, 1, 1, 1, 4, 2, 2, 8, 1, 3, 1)
    for number, count in enumerate(units):
        make_item(servers, f"サーバ{number}", "d3", units=count)
    [[cell]] = shown(built("c-15", in_scope), "d3")
    assert len(cell.split("\n")) == 15


@pytest.mark.parametrize("code", ["b-1", "b-15", "c-15"])
def test_views_survive_json_and_take_constant_queries(in_scope, code):
    def add(number):
        system = make_system(in_scope, f"システム{number}", operator_vendor=vendor)
        make_target(system)
        resource = make_resource(in_scope, f"資源{number}", (0, 1, 1))
        make_item(resource, "機器", "d3")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            table = built(code, in_scope)
        assert table.rows
        assert Table.from_json(json.loads(json.dumps(table.to_json()))) == table
        return len(captured)

    vendor = make_vendor(in_scope)
    add(1)
    one = queries()
    add(2)
    add(3)
    assert queries() == one


def test_a_view_shows_nothing_of_another_municipality(municipality, other_municipality):
    with scope(municipality=other_municipality):
        make_system(other_municipality, "秘密のシステム")
        assert shown(built("b-1", other_municipality), "name") == [["秘密のシステム"]]
    with scope(municipality=municipality):
        make_system(municipality, "メール")
        assert shown(built("b-1", municipality), "name") == [["メール"]]
