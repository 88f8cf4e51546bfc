"""様式16: what was chosen, why, in which order, and what it needs."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.annex.spec import SAVE_AS_DRAFT
from bcp_portal.annex.table_builder import build_table
from systems.annexes.critical_businesses import CRITICAL_BUSINESSES
from tests.systems.business_rows import (
    DAY,
    HOUR,
    WEEK,
    computed,
    make_business,
    make_critical,
    make_need,
    new_critical,
    texts,
)
from tests.systems.facilities import make_system, said


def timed(owner, name, minutes, unit="day", **values):
    return make_business(owner, name, biz_rto_minutes=minutes, biz_rto_unit=unit, **values)


def test_a_business_with_a_time_is_accepted(in_scope):
    row = new_critical(timed(in_scope, "戸籍", DAY), order=1)
    assert said(CRITICAL_BUSINESSES, row, extra_networks=[]) == []


def test_a_time_is_written_here_or_in_the_survey_unless_it_is_a_draft(in_scope):
    row = new_critical(make_business(in_scope, "戸籍"))
    assert said(CRITICAL_BUSINESSES, row, extra_networks=[]) == [
        (
            "biz_rto_minutes",
            "様式15の「戸籍」に目標復旧時間がありません。様式15に入力するか、ここに入力してください。"
            f"{SAVE_AS_DRAFT}",
        )
    ]
    row.row_status = "draft"
    assert said(CRITICAL_BUSINESSES, row, extra_networks=[]) == []
    row.row_status, row.biz_rto_minutes = "active", 0
    assert said(CRITICAL_BUSINESSES, row, extra_networks=[]) == []


def test_the_order_follows_the_times_or_a_reason_says_why_not(in_scope):
    make_critical(timed(in_scope, "住民記録", 4 * HOUR, "hour"), order=2)
    slower = new_critical(timed(in_scope, "税証明", DAY), order=1)
    assert said(CRITICAL_BUSINESSES, slower, extra_networks=[]) == [
        (
            "order_reason",
            "優先順位1（1日）が、「住民記録」の優先順位2（4時間）と目標復旧時間の順になっていません。"
            "順位を直すか、理由を入力してください。",
        )
    ]
    slower.order_reason = "ほかの業務の前提になる。"
    assert said(CRITICAL_BUSINESSES, slower, extra_networks=[]) == []
    later = new_critical(slower.business, order=3)
    assert said(CRITICAL_BUSINESSES, later, extra_networks=[]) == []


def test_a_later_but_faster_business_needs_a_reason_too(in_scope):
    make_critical(timed(in_scope, "税証明", DAY), order=1)
    faster = new_critical(timed(in_scope, "住民記録", HOUR, "hour"), order=2)
    [(column, _)] = said(CRITICAL_BUSINESSES, faster, extra_networks=[])
    assert column == "order_reason"


def test_equal_times_and_open_orders_are_no_problem(in_scope):
    make_critical(timed(in_scope, "税証明", DAY), order=1)
    make_critical(timed(in_scope, "選挙", HOUR))
    make_critical(timed(in_scope, "教育", HOUR), order=9, row_status="retired")
    same = new_critical(timed(in_scope, "住民記録", 24 * HOUR, "hour"), order=2)
    assert said(CRITICAL_BUSINESSES, same, extra_networks=[]) == []


def test_only_networks_are_added_as_networks(in_scope):
    row = new_critical(timed(in_scope, "戸籍", DAY))
    server, lgwan = make_system(in_scope, "戸籍"), make_system(in_scope, "LGWAN", kind="network")
    assert said(CRITICAL_BUSINESSES, row, extra_networks=[lgwan]) == []
    assert said(CRITICAL_BUSINESSES, row, extra_networks=[server]) == [
        (
            "extra_networks",
            "「戸籍」は種別が「ネットワーク」ではないため、追加のネットワークに選べません。",
        )
    ]


def test_a_business_and_an_order_stand_once(in_scope):
    first = make_critical(timed(in_scope, "戸籍", DAY), order=1)
    with pytest.raises(ValidationError, match="この業務はすでに重要業務に登録されています。"):
        new_critical(first.business).validate_constraints()
    other = timed(in_scope, "税証明", DAY)
    with pytest.raises(ValidationError, match="同じ優先順位の重要業務がすでにあります。"):
        new_critical(other, order=1).validate_constraints()
    new_critical(other).validate_constraints()


def test_what_the_survey_says_is_shown_and_nothing_is_typed_twice(in_scope):
    business = timed(
        in_scope,
        "戸籍",
        3 * DAY,
        biz_class=["counter", "emergency"],
        has_alt="yes",
        alt_text="受領のみ行う。",
        alt_time_minutes=WEEK,
        alt_time_unit="week",
    )
    make_critical(business, biz_rlo="percent", biz_rlo_percent=70)
    assert texts(
        CRITICAL_BUSINESSES,
        in_scope,
        "business",
        "biz_class",
        "rto",
        "rlo_shown",
        "alt_text",
        "alt_time",
    ) == [["戸籍", "応急対策業務、窓口業務", "3日", "平時の70%まで復旧", "受領のみ行う。", "1週間"]]


def test_a_time_of_its_own_replaces_that_of_the_survey(in_scope):
    make_critical(timed(in_scope, "戸籍", 3 * DAY), biz_rto_minutes=0, biz_rto_unit="immediate")
    assert texts(CRITICAL_BUSINESSES, in_scope, "rto") == [["即時"]]


@pytest.mark.parametrize(("answer", "shown"), [("no", "なし"), ("unknown", "不明"), ("", "")])
def test_a_missing_workaround_is_said(in_scope, answer, shown):
    make_critical(timed(in_scope, "戸籍", DAY, has_alt=answer))
    assert texts(CRITICAL_BUSINESSES, in_scope, "alt_text", "alt_time") == [[shown, ""]]


def test_reasons_are_proposed_from_the_survey(in_scope):
    chosen = make_critical(
        make_business(
            in_scope,
            "戸籍",
            depth_reported=3,
            yearly_cases=2000,
            rto_disaster_minutes=WEEK,
            rto_normal_next_open=True,
        )
    )
    plain = make_critical(make_business(in_scope, "選挙", depth_reported=2, yearly_cases=1999))
    assert computed(CRITICAL_BUSINESSES, "proposed_reasons", chosen, plain) == [
        [
            "依存関係3階層以上",
            "年間処理件数2,000件以上",
            "目標復旧時間が1週間以内（災害時）",
            "翌始業時まで（非災害時）",
        ],
        [],
    ]


def test_essential_systems_and_their_networks_are_shown(in_scope):
    lan, lgwan, internet, unused = (
        make_system(in_scope, name, kind="network", row_no=number)
        for number, name in enumerate(("庁内LAN", "LGWAN", "インターネット", "住基ネット"), start=1)
    )
    records, optional = make_system(in_scope, "戸籍"), make_system(in_scope, "GIS")
    records.networks.set([lgwan, lan])
    optional.networks.set([unused])
    business = timed(in_scope, "戸籍届", DAY)
    make_need(business, records)
    make_need(business, optional, essential=False)
    make_need(business, internet)
    row = make_critical(business)
    mobile = make_system(in_scope, "モバイル回線", kind="network", row_no=9)
    row.extra_networks.set([mobile])
    [systems] = computed(CRITICAL_BUSINESSES, "systems", row)
    assert [cell["text"] for cell in systems] == ["戸籍"]
    [networks] = computed(CRITICAL_BUSINESSES, "networks", row)
    assert [cell["text"] for cell in networks] == [
        "庁内LAN",
        "LGWAN",
        "インターネット",
        "モバイル回線",
    ]


def test_the_printed_table_takes_as_many_queries_for_three_rows_as_for_one(in_scope):
    lan = make_system(in_scope, "庁内LAN", kind="network")

    def add(number):
        system = make_system(in_scope, f"システム{number}")
        system.networks.set([lan])
        business = timed(in_scope, f"業務{number}", DAY)
        make_need(business, system)
        make_critical(business)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            build_table(CRITICAL_BUSINESSES, municipality=in_scope)
        return len(captured)

    add(1)
    one = queries()
    add(2)
    add(3)
    assert queries() == one
