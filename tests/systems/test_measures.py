"""様式6: what a measure must respect, its target level, its years, and open problems."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_scopes import scope

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table_builder import build_table
from systems.annexes.measures import MEASURES, PROBLEMS
from systems.models import BackupItem, Measure, MeasureYear, OpenProblem
from tests.systems.business_rows import DAY, computed, make_target
from tests.systems.facilities import (
    make_department,
    make_measure,
    make_site,
    make_system,
    required,
    said,
)


def new_measure(owner, **values):
    values = {
        "target": "メール／ハードウェア",
        "measure": "免震ラック",
        "fiscal_years": [2026],
        **values,
    }
    return Measure(municipality=owner, **values)


def test_an_ordinary_measure_is_accepted(in_scope):
    row = new_measure(in_scope, component="hardware", level_now=0, level_after=1)
    assert said(MEASURES, row, systems=[]) == []


def test_the_level_after_must_be_higher_than_the_level_now(in_scope):
    row = new_measure(in_scope, level_now=2, level_after=2)
    assert said(MEASURES, row, systems=[]) == [
        (
            "level_after",
            "「対策後のレベル」（2）は、「現状レベル」（2）より大きい値にしてください。",
        )
    ]


@pytest.mark.parametrize(("component", "highest"), [("hardware", 4), ("vendor", 3), ("", 4)])
def test_levels_end_at_the_highest_of_the_component(in_scope, component, highest):
    fits = new_measure(in_scope, component=component, level_now=0, level_after=highest)
    assert said(MEASURES, fits, systems=[]) == []
    above = new_measure(in_scope, component=component, level_now=0, level_after=highest + 1)
    assert said(MEASURES, above, systems=[]) == [
        (
            "level_after",
            f"「対策後のレベル」は0～{highest}で入力してください（入力値：{highest + 1}）。",
        )
    ]


@pytest.mark.parametrize("progress", ["postponed", "cancelled"])
def test_a_measure_put_off_or_given_up_needs_a_reason(in_scope, progress):
    row = new_measure(in_scope, progress=progress)
    assert said(MEASURES, row, systems=[]) == [
        ("progress_reason", required("「進捗」が「延期」または「中止」のときは"))
    ]
    row.progress_reason = "予算が認められなかった。"
    assert said(MEASURES, row, systems=[]) == []


def test_a_finished_measure_needs_its_day(in_scope):
    row = new_measure(in_scope, progress="done")
    assert said(MEASURES, row, systems=[]) == [("done_on", required("「進捗」が「完了」のときは"))]


def test_residual_risk_is_asked_for_below_the_target_level(in_scope):
    mail = make_system(in_scope, "メール")
    make_target(mail, 15 * 60)
    below = new_measure(in_scope, component="hardware", level_now=0, level_after=2)
    assert said(MEASURES, below, systems=[mail]) == [
        ("residual", required("「対策後のレベル」が目標対策レベルに届かないときは"))
    ]
    reached = new_measure(in_scope, component="hardware", level_now=0, level_after=3)
    assert said(MEASURES, reached, systems=[mail]) == []
    without_table = new_measure(in_scope, component="facility", level_now=0, level_after=1)
    assert said(MEASURES, without_table, systems=[mail]) == []


def test_the_target_level_follows_the_most_urgent_system(in_scope):
    slow, fast = make_system(in_scope, "GIS"), make_system(in_scope, "ホームページ")
    make_target(slow, 7 * DAY)
    make_target(fast, 0)
    rows = [make_measure(in_scope) for _ in range(3)]
    for row in rows:
        row.component = "hardware"
        row.save()
    rows[0].systems.set([slow])
    rows[1].systems.set([slow, fast])
    assert computed(MEASURES, "level_target", *rows) == [2, 4, None]


def test_a_priority_that_people_changed_counts_for_the_target_level(in_scope):
    system = make_system(in_scope)
    make_target(system, 7 * DAY, priority_override="S", priority_reason="市民への影響が大きい。")
    row = make_measure(in_scope)
    row.component = "vendor"
    row.systems.set([system])
    assert computed(MEASURES, "level_target", row) == [3]


def test_the_years_are_added_up_without_retired_lines(in_scope):
    row, bare = make_measure(in_scope), make_measure(in_scope)
    for fiscal_year, budget, status in (
        (2026, 1000, "active"),
        (2027, 2500, "active"),
        (2028, 9000, "retired"),
    ):
        MeasureYear.objects.create(
            municipality=in_scope,
            measure=row,
            fiscal_year=fiscal_year,
            budget_thousand_yen=budget,
            row_status=status,
        )
    assert computed(MEASURES, "year_total", row, bare) == [3500, None]


def test_a_fiscal_year_stands_once_in_a_measure(in_scope):
    row = make_measure(in_scope)
    MeasureYear.objects.create(municipality=in_scope, measure=row, fiscal_year=2026)
    again = MeasureYear(municipality=in_scope, measure=row, fiscal_year=2026)
    with pytest.raises(ValidationError, match="この対策には、同じ年度の行がすでにあります。"):
        again.validate_constraints()


def test_the_rows_that_name_a_measure_are_where_it_comes_from(in_scope):
    row, other = make_measure(in_scope), make_measure(in_scope)
    site = make_site(in_scope, "第二分館")
    site.measures.set([row])
    backup = BackupItem.objects.create(
        municipality=in_scope,
        name="住民記録データ",
        data_kind="data",
        owner_department=make_department(in_scope),
        primary_site=site,
        media="tape",
        backed_up="no",
    )
    backup.measures.set([row])
    MeasureYear.objects.create(municipality=in_scope, measure=row, fiscal_year=2026)
    [origins, none] = computed(MEASURES, "origins", row, other)
    assert sorted(origin["text"] for origin in origins) == ["住民記録データ", "第二分館"]
    assert none == []


def test_a_measure_is_named_by_its_whole_target_and_content(in_scope):
    row = new_measure(in_scope, target="電算室、書庫", measure="棚を固定する。\n" + "長い説明" * 20)
    assert str(row) == "電算室、書庫：棚を固定する。 " + "長い説明" * 20


def test_money_is_shown_in_thousand_yen_and_zero_is_not_blank(in_scope):
    row = make_measure(in_scope)
    row.budget_thousand_yen = 0
    row.save()
    table = build_table(MEASURES, municipality=in_scope)
    column = table.column("budget_thousand_yen")
    assert column.kind is Kind.MONEY
    assert table.text(table.rows[0], column) == "0"


def test_a_problem_may_not_be_entered_with_a_time_limit_that_has_passed(in_scope):
    today = timezone.localdate()
    fits = OpenProblem(municipality=in_scope, problem="非常用電源がない。", decide_by=today)
    assert said(PROBLEMS, fits) == []
    late = OpenProblem(
        municipality=in_scope, problem="非常用電源がない。", decide_by=today - timedelta(days=1)
    )
    [(column, message)] = said(PROBLEMS, late)
    assert column == "decide_by"
    assert message.endswith("が過ぎています。今日以後の日付を入力してください。")
    late.save()
    assert said(PROBLEMS, late) == []


def test_a_problem_is_decided_once_it_has_a_measure(in_scope):
    open_row = OpenProblem.objects.create(municipality=in_scope, problem="電源")
    decided = OpenProblem.objects.create(
        municipality=in_scope, problem="浸水", moved_to=make_measure(in_scope)
    )
    assert computed(PROBLEMS, "decision", open_row, decided) == ["検討中", "決定済み"]


def test_measures_of_another_municipality_are_out_of_sight(municipality, other_municipality):
    with scope(municipality=other_municipality):
        make_measure(other_municipality)
        assert Measure.objects.count() == 1
    with scope(municipality=municipality):
        assert Measure.objects.count() == 0
