"""様式14, C-3 and C-13: assumed events, what follows, what breaks, and what is feared."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from systems.annexes.references import REFERENCES
from systems.annexes.risk_narratives import RISKS
from systems.annexes.scenarios import DAMAGES, SCENARIOS
from systems.models import (
    DamageAssumption,
    ReferenceDocument,
    RiskNarrative,
    Scenario,
    ThreatLevel,
)
from systems.models.scenarios import SCENARIO_KIND
from tests.systems.business_rows import texts
from tests.systems.facilities import make_site, make_vendor, new_utility, required, said

STAFF_ONLY = (
    "要員の「想定被害の程度」は、対応可能・一部対応可能・対応不可能・不明から選んでください"
)


def new_scenario(owner, name="直下型地震", **values):
    values = {"event": "disaster", "kinds": ["storm_flood"], **values}
    return Scenario(municipality=owner, name=name, **values)


@pytest.fixture
def scenario(in_scope):
    row = new_scenario(in_scope)
    row.save()
    return row


def new_damage(scenario, **values):
    values = {
        "group": "lifeline",
        "item": "電力",
        "degree": "cut_off",
        "text": "停電する。",
        **values,
    }
    return DamageAssumption(municipality=scenario.municipality, scenario=scenario, **values)


def test_an_earthquake_has_an_intensity(in_scope):
    row = new_scenario(in_scope, kinds=["nuclear", "earthquake"])
    assert said(SCENARIOS, row, basis=[]) == [
        ("intensity", required("「災害の種類」に「震災」を含むときは"))
    ]
    row.intensity = "6+"
    assert said(SCENARIOS, row, basis=[]) == []
    assert said(SCENARIOS, new_scenario(in_scope), basis=[]) == []


def test_kinds_are_those_of_disasters_and_of_other_events_each_code_once():
    codes = [code for code, _ in SCENARIO_KIND.options]
    assert len(codes) == len(set(codes))
    assert {"earthquake", "forest_fire", "cyber_attack", "health_crisis"} <= set(codes)


def test_the_name_of_a_scenario_is_taken_after_name_matching(in_scope, scenario):
    [(column, message)] = said(SCENARIOS, new_scenario(in_scope, "直下型　地震"), basis=[])
    assert column == "name"
    assert "登録済みの「直下型地震」" in message
    with pytest.raises(ValidationError, match="同じ名称の想定がすでにあります。"):
        new_scenario(in_scope).validate_constraints()


def test_a_damage_speaks_of_one_object(in_scope, scenario):
    site, vendor = make_site(in_scope), make_vendor(in_scope)
    utility = new_utility(site)
    utility.save()
    assert said(DAMAGES, new_damage(scenario)) == []
    assert said(DAMAGES, new_damage(scenario, utility=utility)) == []
    assert said(DAMAGES, new_damage(scenario, site=site, vendor=vendor)) == [
        ("vendor", "「対象」は、拠点、電力・通信、事業者のうち一つだけを選んでください。")
    ]


@pytest.mark.parametrize("degree", ["staff_ok", "staff_partial", "staff_ng", "unknown"])
def test_people_are_able_to_act_or_not(scenario, degree):
    assert said(DAMAGES, new_damage(scenario, group="staff", item="市", degree=degree)) == []


def test_people_are_not_damaged(scenario):
    row = new_damage(scenario, group="staff", item="市", degree="unusable")
    assert said(DAMAGES, row) == [("degree", f"{STAFF_ONLY}（選択値：使用不可）。")]


def test_things_are_not_able_to_act(scenario):
    assert said(DAMAGES, new_damage(scenario, degree="staff_ng")) == [
        ("degree", "「対応不可能」は、大項目が「要員」のときだけ選べます。")
    ]


def test_a_risk_is_told_here_or_elsewhere(in_scope, scenario):
    other = new_scenario(in_scope, "風水害")
    other.save()

    def risk(**values):
        return RiskNarrative(municipality=in_scope, scenario=scenario, cause="断水", **values)

    assert said(RISKS, risk(text="空調が止まる。")) == []
    assert said(RISKS, risk(refers_to=other)) == []
    assert said(RISKS, risk()) == [
        (
            "text",
            "「想定されるリスク（被害と影響）」を入力するか、「同じリスクを書いた想定」を選んでください。",
        )
    ]
    assert said(RISKS, risk(text="空調が止まる。", refers_to=other)) == [
        (
            "refers_to",
            "「想定されるリスク（被害と影響）」を入力したときは、「同じリスクを書いた想定」を選べません。",
        )
    ]
    assert said(RISKS, risk(refers_to=scenario)) == [
        (
            "refers_to",
            "「同じリスクを書いた想定」には、「直下型地震」と別の想定を選んでください。",
        )
    ]


def test_a_threat_level_stands_once(in_scope):
    ThreatLevel.objects.create(municipality=in_scope, level="3", event="全部が止まる。")
    again = ThreatLevel(municipality=in_scope, level="3", event="すべて止まる。")
    with pytest.raises(ValidationError, match="同じ脅威度の行がすでにあります。"):
        again.validate_constraints()
    assert str(again) == "レベル3（全部が停止するおそれ）"


def test_a_document_is_dated_by_month_or_by_words(in_scope):
    month = ReferenceDocument(
        municipality=in_scope,
        title="ガイドライン",
        publisher="総務省",
        published_month=date(2008, 8, 1),
    )
    assert said(REFERENCES, month) == []
    month.save()
    assert texts(REFERENCES, in_scope, "title", "published_month") == [
        ["ガイドライン", "平成20年8月"]
    ]
    month.published_text = "平成20年度"
    assert said(REFERENCES, month) == [
        (
            "published_text",
            "「公表日（年月）」と「公表日（年月で書けないとき）」は、どちらか一方だけを入力してください。",
        )
    ]
