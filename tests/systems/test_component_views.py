"""Components, ladders, assessments with their gap, steps with budgets (B-16), and what they rest on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from systems.arithmetic.levels import target_level
from systems.component_texts import COMPONENT_NOTES, LADDERS
from systems.derived_tables import (
    alternate_site_tables,
    components,
    measure_steps,
    recovery_grounds,
    scenario_tables,
)
from systems.models import (
    AltSiteAssessment,
    ComponentAssessment,
    ComponentNote,
    Measure,
    MeasureStep,
    MeasureYear,
    Scenario,
    SecondaryDisaster,
    TargetLevel,
)
from tests.rows import make_row
from tests.systems.business_rows import HOUR, built, make_target, shown
from tests.systems.facilities import make_department, make_site, make_system

VIEWS = [
    table.code
    for module in (
        alternate_site_tables,
        components,
        measure_steps,
        recovery_grounds,
        scenario_tables,
    )
    for table in module.TABLES
]


def heads(table):
    return [column.label for column in table.columns]


def assess(system, component, level_now, **values):
    values = {"event": "disaster", "municipality": system.municipality, **values}
    return ComponentAssessment.objects.create(
        system=system, component=component, level_now=level_now, **values
    )


def test_the_printed_ladders_hold_the_levels_that_targets_are_computed_from():
    for component, rungs in LADDERS.items():
        levels = {letter: rung.level for rung in rungs for letter in rung.priorities}
        assert levels == {letter: target_level(component, letter) for letter in "SABCDE"}
    assert len(COMPONENT_NOTES) == 7


def test_seven_components_are_explained_for_each_event_and_own_words_win(in_scope):
    ComponentNote.objects.create(
        municipality=in_scope, event="security", component="vendor", text="監視を頼めるか"
    )
    table = built("b-16-components-security", in_scope)
    assert heads(table) == ["区分", "構成要素", "説明"]
    assert len(table.rows) == 7
    assert table.texts()[-1] == ["外部組織", "委託先", "監視を頼めるか"]
    other = built("b-16-components-infection", in_scope).texts()
    assert other[-1] == ["外部組織", "委託先", COMPONENT_NOTES["vendor"]]


def test_a_ladder_of_ones_own_replaces_the_printed_one_and_moves_the_target(in_scope):
    ladder = built("b-16-ladder-hardware", in_scope)
    assert heads(ladder) == ["情報システムの復旧優先度", "対策目標", "対策レベル"]
    assert shown(ladder, "priority", "level") == [
        ["S", "4"],
        ["A・B", "3"],
        ["C・D", "2"],
        ["E", "1"],
    ]
    TargetLevel.objects.create(
        municipality=in_scope,
        event="disaster",
        component="hardware",
        priorities=["A"],
        goal="予備機",
        level=2,
    )
    assert shown(built("b-16-ladder-hardware", in_scope), "priority", "goal", "level") == [
        ["A", "予備機", "2"]
    ]
    mail = make_system(in_scope, "メール")
    make_target(mail, 15 * HOUR)
    assess(mail, "hardware", 0)
    assert shown(built("b-16-now-disaster", in_scope), "level_target", "gap") == [["2", "2"]]


def test_what_is_printed_for_no_event_or_component_stands_in_its_own_table(in_scope):
    values = {"municipality": in_scope, "priorities": ["S"], "goal": "代行者3人", "level": 3}
    TargetLevel.objects.create(event="disaster", component="org", **values)
    TargetLevel.objects.create(event="security", component="hardware", row_no=2, **values)
    TargetLevel.objects.create(event="disaster", component="hardware", row_no=3, **values)
    assert shown(built("b-16-ladder-own", in_scope), "component", "level") == [
        ["情報システム運用体制", "3"],
        ["ハードウェア", "3"],
    ]


def test_an_assessment_shows_level_target_and_gap_of_the_mail_system(in_scope):
    """表3.1-1: a system of priority A at level 0 in four components, aiming at 3."""
    mail = make_system(in_scope, "メール", operator_department=make_department(in_scope))
    make_target(mail, 15 * HOUR)
    for component in ("hardware", "system_area", "data_area", "vendor"):
        assess(mail, component, 0, risk="壊れる。")
    assess(mail, "org", 1)
    assess(mail, "network", 3, level_override=2, override_reason="回線は足りる。")
    assess(mail, "hardware", 2, event="security")
    table = built("b-16-now-disaster", in_scope)
    assert heads(table)[1:] == [
        "情報システムを支える構成要素",
        "現状対策レベル",
        "目標対策レベル",
        "差",
        "情報システムを支える構成要素ごとのリスク",
    ]
    assert shown(table, "component", "level_now", "level_target", "gap") == [
        ["ハードウェア", "0", "3", "3"],
        ["システム領域", "0", "3", "3"],
        ["データ領域", "0", "3", "3"],
        ["委託先", "0", "3", "3"],
        ["情報システム運用体制", "1", "", ""],
        ["情報通信ネットワーク", "3", "2", "0"],
    ]
    systems = [line[0] for line in table.texts()]
    assert systems[0].splitlines() == [
        "メール",
        "管理部門：情報政策課",
        "復旧優先度：A",
        "RLO：通常業務で利用可能な状態／完全復旧",
    ]
    assert set(systems[1:]) == {"メール"}
    assert shown(built("b-16-now-security", in_scope), "level_target", "gap") == [["", ""]]


def a_step(system, number, first, last, content="(1) 写しを取る"):
    return MeasureStep.objects.create(
        municipality=system.municipality,
        system=system,
        step_no=number,
        from_fiscal_year=first,
        to_fiscal_year=last,
        content=content,
        effect="失わない。",
        residual="遅い。",
    )


def a_measure(owner, *steps, **values):
    values = {"target": "写し", "measure": "遠くに置く。", "fiscal_years": [2026], **values}
    row = Measure.objects.create(municipality=owner, **values)
    row.steps.set(steps)
    return row


def test_steps_have_years_effect_and_residual_risk(in_scope):
    mail = make_system(in_scope, "メール")
    make_target(mail, 15 * HOUR)
    a_step(mail, 2, 2027, 2028)
    a_step(mail, 1, 2026, 2026)
    table = built("b-16-policy", in_scope)
    assert heads(table)[-5:] == ["ステップ", "実施予定年度", "実施内容", "期待効果", "残存リスク"]
    assert shown(table, "step", "years") == [
        ["ステップ1", "令和8年度"],
        ["ステップ2", "令和9年度～令和10年度"],
    ]
    assert "RTO：15時間" in table.texts()[0][0].splitlines()


def test_a_measure_of_two_steps_is_counted_once(in_scope):
    mail = make_system(in_scope, "メール")
    first, second = a_step(mail, 1, 2026, 2026), a_step(mail, 2, 2027, 2027)
    other = a_step(make_system(in_scope, "戸籍"), 1, 2026, 2026)
    a_measure(
        in_scope,
        first,
        second,
        other,
        component="vendor",
        level_now=0,
        level_after=1,
        budget_thousand_yen=1200,
        owner_department=make_department(in_scope),
    )
    table = built("b-16-details", in_scope)
    assert heads(table)[2:] == [
        "情報システムを支える構成要素",
        "現状レベル",
        "到達レベル",
        "対策実施内容",
        "必要予算（千円）",
        "実施主体",
    ]
    assert shown(table, "system", "step", "component", "level_reached", "budget") == [
        ["メール", "ステップ1", "委託先", "1", "1,200"],
        ["メール", "ステップ2", "委託先", "1", "（ステップ1と共通）"],
        ["戸籍", "ステップ1", "委託先", "1", "（メールのステップ1と共通）"],
    ]


def test_budgets_stand_in_columns_of_their_years(in_scope):
    row = a_measure(in_scope, budget_thousand_yen=3000)
    for year, budget in ((2027, 2000), (2026, 1000)):
        MeasureYear.objects.create(
            municipality=in_scope, measure=row, fiscal_year=year, budget_thousand_yen=budget
        )
    a_measure(in_scope, target="回線", budget_thousand_yen=None, row_no=2)
    table = built("6-1-by-year", in_scope)
    assert heads(table) == [
        "対象項目",
        "対策内容",
        "実施主体",
        "令和8年度",
        "令和9年度",
        "必要予算（千円）",
    ]
    assert [line[3:] for line in table.texts()] == [["1,000", "2,000", "3,000"], ["", "", ""]]


def test_the_bands_are_those_the_program_counts_by(in_scope):
    assert built("b-15-bands", in_scope).texts() == [
        ["3時間以内", "S"],
        ["3時間を超え、1日以内", "A"],
        ["1日を超え、3日以内", "B"],
        ["3日を超え、1週間以内", "C"],
        ["1週間を超え、2週間以内", "D"],
        ["2週間を超えて止まってもよい", "E"],
    ]


def test_candidates_are_compared_factor_by_factor(in_scope):
    campus, hall = make_site(in_scope, "大学"), make_site(in_scope, "会館")
    marks = [(campus, "redundant_power", "good"), (hall, "redundant_power", "poor")]
    for site, factor, rating in [*marks, (campus, "new_seismic", "fair")]:
        AltSiteAssessment.objects.create(
            municipality=in_scope, site=site, factor=factor, rating=rating
        )
    factors = built("c-9-factors", in_scope)
    assert heads(factors) == ["分類", "代替拠点選定要素"]
    assert [line[0] for line in factors.texts()] == ["場所", "建物", "設備"]
    assert built("c-9-matrix", in_scope).texts() == [
        ["建物", "新耐震基準", "△", ""],
        ["設備", "冗長電源", "○", "×"],
    ]


def test_a_sole_scenario_need_not_be_named(in_scope):
    quake = Scenario.objects.create(
        municipality=in_scope,
        name="地震",
        event="disaster",
        kinds=["earthquake"],
        intensity="6+",
        occurs_at="7月16日 22時13分",
    )
    values = {"municipality": in_scope, "content": "停電"}
    SecondaryDisaster.objects.create(scenario=quake, category="電気", **values)
    facts = built("14-1-facts", in_scope)
    assert heads(facts) == ["分類", "想定する災害の内容"]
    assert ["発生時期", "7月16日 22時13分"] in facts.texts()
    assert ["庁舎周辺震度", "震度6強"] in facts.texts()
    assert built("14-2-list", in_scope).texts() == [["電気", "停電"]]
    flood = Scenario.objects.create(
        municipality=in_scope, name="大雨", event="disaster", kinds=["storm_flood"], row_no=2
    )
    SecondaryDisaster.objects.create(scenario=flood, category="水道", **values)
    assert built("14-2-list", in_scope).texts() == [
        ["地震", "電気", "停電"],
        ["大雨", "水道", "停電"],
    ]


@pytest.mark.parametrize("code", VIEWS)
def test_views_survive_json_and_more_rows_cost_no_more_queries(in_scope, code):
    assert Table.from_json(built(code, in_scope).to_json()) == built(code, in_scope)
    counts = []
    for number in (1, 2, 3):
        for source in ("b-16-notes", "b-16-targets", "b-16-now", "6-1-years", "14-3", "14-2"):
            _row(source, in_scope, number)
        for source in ("15-systems", "16", "c-9", "18"):
            _row(source, in_scope, number)
        with CaptureQueriesContext(connection) as queries:
            built(code, in_scope)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def _row(code, municipality, number):
    spec = registry.spec(code)
    assert spec is not None
    make_row(spec, municipality, number=number, full=True)
