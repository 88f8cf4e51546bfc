"""様式17: targets, priorities, what the businesses allow, and what is missing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.annex.table_builder import build_table
from systems.annexes.recovery_targets import RECOVERY_TARGETS
from systems.queries.targets import priorities_by_system, targets_by_system
from tests.systems.business_rows import (
    DAY,
    HOUR,
    computed,
    make_business,
    make_need,
    make_target,
    new_target,
    texts,
)
from tests.systems.facilities import (
    make_department,
    make_measure,
    make_system,
    make_vendor,
    required,
    said,
)


def test_an_ordinary_target_is_accepted(in_scope):
    assert said(RECOVERY_TARGETS, new_target(make_system(in_scope)), measures=[]) == []


def test_at_once_is_a_time_like_any_other(in_scope):
    row = new_target(make_system(in_scope), 0, rto_unit="immediate")
    assert said(RECOVERY_TARGETS, row, measures=[]) == []
    row.save()
    assert texts(RECOVERY_TARGETS, in_scope, "rto_minutes", "priority") == [["即時", "S"]]


def test_a_changed_priority_needs_a_reason_and_keeps_the_derived_letter(in_scope):
    row = new_target(make_system(in_scope), priority_override="S")
    assert said(RECOVERY_TARGETS, row, measures=[]) == [
        ("priority_reason", required("「復旧優先度（変更）」を選んだときは"))
    ]
    row.priority_reason = "市民への影響が大きい。"
    assert said(RECOVERY_TARGETS, row, measures=[]) == []
    row.save()
    assert computed(RECOVERY_TARGETS, "priority", row) == ["S（算定はB）"]
    row.priority_override = "B"
    assert computed(RECOVERY_TARGETS, "priority", row) == ["B"]


def test_a_recovery_slower_than_the_target_needs_a_measure(in_scope):
    system = make_system(in_scope)
    equal = new_target(system, 3 * DAY, current_rt_minutes=3 * DAY)
    assert said(RECOVERY_TARGETS, equal, measures=[]) == []
    slower = new_target(system, 3 * DAY, current_rt_minutes=3 * DAY + 1)
    assert said(RECOVERY_TARGETS, slower, measures=[]) == [
        ("measures", required("「現状の予想復旧時間」が「目標復旧時間」より長いときは"))
    ]
    assert said(RECOVERY_TARGETS, slower, measures=[make_measure(in_scope)]) == []


def test_a_level_in_percent_needs_the_percentage(in_scope):
    row = new_target(make_system(in_scope), rlo="percent")
    assert said(RECOVERY_TARGETS, row, measures=[]) == [
        ("rlo_percent", required("復旧レベルが「平時の一定割合まで復旧」のときは"))
    ]
    row.rlo_percent = 70
    row.save()
    assert texts(RECOVERY_TARGETS, in_scope, "rlo_shown") == [["平時の70%まで復旧"]]


def test_a_system_stands_once_a_premise(in_scope):
    system = make_system(in_scope)
    make_target(system)
    with pytest.raises(ValidationError, match="このシステムには、同じ前提の行がすでにあります。"):
        new_target(system).validate_constraints()
    new_target(system, premise="no_alt_site").validate_constraints()


def test_allowed_time_is_the_earliest_need_of_essential_businesses(in_scope):
    mail, idle = make_system(in_scope, "メール"), make_system(in_scope, "GIS")
    for name, rto, alt, essential in (
        ("広報", 3 * HOUR, 12 * HOUR, True),
        ("庶務", 2 * DAY, 0, True),
        ("調査", HOUR, 0, False),
        ("教育", None, 0, True),
    ):
        business = make_business(in_scope, name, biz_rto_minutes=rto, biz_rto_unit="hour")
        make_need(business, mail, essential=essential, has_alt="yes", alt_time_minutes=alt)
    rows = make_target(mail), make_target(idle)
    assert computed(RECOVERY_TARGETS, "allowed_rto", *rows) == [
        {"minutes": 15 * HOUR, "unit": "hour"},
        None,
    ]
    [businesses, none] = computed(RECOVERY_TARGETS, "businesses", *rows)
    assert [cell["text"] for cell in businesses] == ["広報", "庶務", "調査", "教育"]
    assert none == []


def test_retired_businesses_and_needs_ask_for_nothing(in_scope):
    system = make_system(in_scope)
    retired = make_business(
        in_scope, "旧業務", biz_rto_minutes=0, has_alt="no", row_status="retired"
    )
    kept = make_business(in_scope, "戸籍", biz_rto_minutes=0, has_alt="no")
    make_need(retired, system)
    make_need(kept, system, row_status="retired")
    row = make_target(system)
    assert computed(RECOVERY_TARGETS, "allowed_rto", row) == [None]
    assert computed(RECOVERY_TARGETS, "businesses", row) == [[]]


def test_the_operator_is_the_one_of_the_list_of_systems(in_scope):
    by_staff = make_system(in_scope, "GIS", operator_department=make_department(in_scope))
    by_vendor = make_system(in_scope, "戸籍", operator_vendor=make_vendor(in_scope))
    by_nobody = make_system(in_scope, "メール")
    rows = [make_target(system) for system in (by_staff, by_vendor, by_nobody)]
    assert computed(RECOVERY_TARGETS, "operator", *rows) == ["情報政策課", "見本システムズ", ""]


def test_of_two_premises_the_one_with_an_alternate_site_counts(in_scope):
    system = make_system(in_scope)
    make_target(system, HOUR, premise="no_alt_site", row_no=1)
    with_site = make_target(system, 3 * DAY, row_no=2)
    make_target(make_system(in_scope, "GIS"), 0, row_status="retired")
    assert targets_by_system() == {system.pk: with_site}
    assert priorities_by_system({system.pk}) == {system.pk: "B"}


def test_the_printed_table_takes_as_many_queries_for_three_rows_as_for_one(in_scope):
    def add(number):
        system = make_system(in_scope, f"システム{number}")
        make_need(make_business(in_scope, f"業務{number}"), system)
        make_target(system)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            build_table(RECOVERY_TARGETS, municipality=in_scope)
        return len(captured)

    add(1)
    one = queries()
    add(2)
    add(3)
    assert queries() == one
