"""Risks, damage and steps are printed apart for each kind of event, and the first 72 hours alone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.table import Table
from plans.annexes.derived import by_event, damage_by_event
from plans.annexes.derived.damage_by_event import NOT_YET
from plans.models import ActionPlan, ActionStep
from systems.models import DamageAssumption, RiskNarrative, Scenario
from tests.plans.rows import built

CODES = [table.code for table in (*by_event.TABLES, *damage_by_event.TABLES)]


def scenario(owner: Municipality, name: str, kinds: list[str], event: str = "disaster") -> Scenario:
    return Scenario.objects.create(municipality=owner, name=name, event=event, kinds=kinds)


def risk(of: Scenario, cause: str, text: str = "止まる。", **values: Any) -> RiskNarrative:
    return RiskNarrative.objects.create(
        municipality=of.municipality, scenario=of, cause=cause, text=text, **values
    )


def test_each_risk_stands_with_its_kind_of_event_and_none_is_lost(in_scope: Municipality) -> None:
    quake = scenario(in_scope, "直下型地震", ["earthquake"])
    found = {
        "earthquake": quake,
        "storm-flood": scenario(in_scope, "大雨", ["storm_flood"]),
        "security": scenario(in_scope, "攻撃", ["cyber_attack"], "security"),
        "nature": scenario(in_scope, "噴火", ["volcano"]),
        "accident": scenario(in_scope, "爆発", ["major_accident"], "other"),
        "infection": scenario(in_scope, "新型の感染症", ["health_crisis"], "infection"),
    }
    for each in found.values():
        risk(each, f"{each.name}の停電")
    for code, each in found.items():
        table = built(f"c-13-{code}", in_scope)
        assert table.texts() == [[each.name, f"{each.name}の停電", "止まる。"]]


def test_a_risk_told_elsewhere_says_where(in_scope: Municipality) -> None:
    quake = scenario(in_scope, "直下型地震", ["earthquake"])
    fire = scenario(in_scope, "噴火", ["volcano"])
    risk(fire, "停電の発生", "", refers_to=quake)
    [line] = built("c-13-nature", in_scope).texts()
    assert line[1:] == ["停電の発生", "「直下型地震」について述べたところと同じ。"]


def test_risks_of_a_retired_scenario_are_not_printed(in_scope: Municipality) -> None:
    old = scenario(in_scope, "古い想定", ["earthquake"])
    risk(old, "停電")
    Scenario.objects.filter(pk=old.pk).update(row_status="retired")
    assert built("c-13-earthquake", in_scope).rows == ()


def test_damage_is_listed_event_by_event(in_scope: Municipality) -> None:
    quake = scenario(in_scope, "地震", ["earthquake"])
    virus = scenario(in_scope, "流行", ["health_crisis"], "infection")
    for of, group, target in [(quake, "lifeline", "power"), (virus, "staff", "staff")]:
        DamageAssumption.objects.create(
            municipality=in_scope,
            scenario=of,
            group=group,
            item="物",
            target=target,
            degree="unknown",
            text="被害",
        )

    def filled(code: str) -> list[list[str]]:
        return [line[1:] for line in built(code, in_scope).texts() if line[2] != NOT_YET]

    assert filled("b-13-disaster") == [["電力", "被害"]]
    assert filled("b-13-infection") == [["情報システム運用業務に従事する要員", "被害"]]
    assert built("b-13-security", in_scope).rows == ()


def test_every_scenario_has_eight_objects_and_then_the_rest(in_scope: Municipality) -> None:
    quake = scenario(in_scope, "地震", ["earthquake"])
    damage = {"municipality": in_scope, "scenario": quake, "group": "lifeline", "degree": "unknown"}
    for item, target, text in [
        ("電力", "power", "途絶"),
        ("道路", "transport", "通れない"),
        ("鉄道", "transport", "通れない"),
        ("橋", "transport", "段差"),
        ("火災", "", "なし"),
    ]:
        DamageAssumption.objects.create(item=item, target=target, text=text, **damage)
    table = built("b-13-disaster", in_scope)
    assert [column.label for column in table.columns] == ["大区分", "小区分", "被害想定概要"]
    assert table.texts() == [
        ["人的資源", "情報システム運用業務に従事する要員", NOT_YET],
        ["建物・設備", "情報システムの設置場所", NOT_YET],
        ["建物・設備", "交通インフラ", "道路、鉄道：通れない\n橋：段差"],
        ["建物・設備", "電力", "途絶"],
        ["建物・設備", "水道", NOT_YET],
        ["情報システム", "情報通信ネットワーク", NOT_YET],
        ["情報システム", "情報システム機器", NOT_YET],
        ["情報システム", "データ", NOT_YET],
        ["その他", "火災", "なし"],
    ]


def test_two_scenarios_of_one_event_are_told_apart(in_scope: Municipality) -> None:
    for name in ("地震", "大雨"):
        DamageAssumption.objects.create(
            municipality=in_scope,
            scenario=scenario(in_scope, name, ["earthquake"]),
            group="staff",
            item="職員",
            degree="unknown",
            text="被害",
        )
    table = built("b-13-disaster", in_scope)
    assert [line[0] for line in table.texts()] == ["地震"] * 9 + ["大雨"] * 9


def step(plan: ActionPlan, seq: int, start_minutes: int, **values: Any) -> ActionStep:
    values = {"start_at_unit": "hour", "finish_by_unit": "hour", **values}
    return ActionStep.objects.create(
        municipality=plan.municipality,
        plan=plan,
        seq=seq,
        phase="initial",
        title=f"項目{seq}",
        body="内容",
        start_at_minutes=start_minutes,
        finish_by_minutes=start_minutes + 60,
        **values,
    )


def plan(of: Scenario, title: str, time_band: str = "off_hours") -> ActionPlan:
    return ActionPlan.objects.create(
        municipality=of.municipality,
        scenario=of,
        title=title,
        event=of.event,
        time_band=time_band,
    )


def test_steps_are_listed_event_by_event(in_scope: Municipality) -> None:
    night = plan(scenario(in_scope, "地震", ["earthquake"]), "夜間の計画")
    attack = plan(scenario(in_scope, "攻撃", ["cyber_attack"], "security"), "攻撃の計画")
    step(night, 1, 0)
    step(attack, 1, 0)
    assert [line[0] for line in built("b-10-disaster", in_scope).texts()] == ["夜間の計画"]
    assert [line[0] for line in built("b-10-security", in_scope).texts()] == ["攻撃の計画"]
    assert built("b-10-infection", in_scope).rows == ()


def test_steps_by_day_and_by_night_have_the_printed_columns(in_scope: Municipality) -> None:
    quake = scenario(in_scope, "地震", ["earthquake"])
    step(plan(quake, "夜間の計画"), 1, 0)
    step(plan(quake, "昼間の計画", "working_hours"), 1, 0)
    night = built("b-10-off-hours", in_scope)
    assert [column.label for column in night.columns] == ["項番", "対応内容", "参照文書類"]
    assert [row.cells["plan"]["text"] for row in night.rows] == ["夜間の計画"]
    # A plan for any time is followed by day and by night; then lines say whose they are.
    step(plan(quake, "いつでも", "any"), 1, 0)
    day = built("b-10-working-hours", in_scope)
    assert [column.label for column in day.columns][:1] == ["行動計画"]
    assert [line[0] for line in day.texts()] == ["昼間の計画", "いつでも"]


def test_the_first_72_hours_end_with_what_begins_in_the_72nd(in_scope: Municipality) -> None:
    night = plan(scenario(in_scope, "地震", ["earthquake"]), "夜間の計画")
    step(night, 1, 0, offline_way="紙に書く。")
    step(night, 2, 72 * 60)
    step(night, 3, 72 * 60 + 1)
    table = built("10-72h", in_scope)
    assert [column.label for column in table.columns] == [
        "行動計画", "項番", "開始", "完了", "行動", "担当", "電源・通信がないとき",
    ]  # fmt: skip
    assert [line[1] for line in table.texts()] == ["1", "2"]
    assert table.texts()[0] == [
        "夜間の計画", "1", "0時間", "1時間", "項目1\n内容", "", "紙に書く。",
    ]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_an_empty_view_survives_json_and_more_rows_cost_no_more_queries(
    in_scope: Municipality, code: str
) -> None:
    declared = registry.derived_table(code)
    assert declared is not None
    table = built(code, in_scope)
    assert (table.code, table.title, table.rows) == (code, declared.title, ())
    assert Table.from_json(table.to_json()) == table
    counts = []
    for number in (1, 2):
        _one_row_of_everything(in_scope, number)
        with CaptureQueriesContext(connection) as queries:
            rows = len(built(code, in_scope).rows)
        counts.append((rows > 0, len(queries)))
    assert counts[0] == counts[1] and counts[0][0]


def _one_row_of_everything(owner: Municipality, number: int) -> None:
    kinds = ["earthquake", "storm_flood", "volcano"]
    events = [("disaster", kinds), ("security", []), ("infection", []), ("other", [])]
    for event, of_kinds in events:
        each = scenario(owner, f"{event}{number}", list(of_kinds), event)
        risk(each, "停電")
        step(plan(each, f"{event}の計画{number}"), 1, 0)
        step(plan(each, f"{event}の昼の計画{number}", "working_hours"), 1, 0)
        DamageAssumption.objects.create(
            municipality=owner,
            scenario=each,
            group="staff",
            item="職員",
            degree="unknown",
            text="被害",
        )
