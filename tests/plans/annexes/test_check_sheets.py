"""様式11 and 19: items that point at one thing, sheets with a surveyor, results with their detail."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from plans.models import (
    DetailCheckItem,
    DetailCheckResult,
    DetailCheckSurvey,
    QuickCheckItem,
    QuickCheckResult,
    QuickCheckSurvey,
)
from tests.plans.rows import (
    a_location,
    a_person,
    a_site,
    a_system,
    columns_complained_of,
    problems,
)

MOMENT = datetime(2026, 9, 1, 0, 30, tzinfo=UTC)


def a_quick_item(
    owner: Municipality, item: str = "照明がつくか", **values: object
) -> QuickCheckItem:
    return QuickCheckItem(municipality=owner, group="power", item=item, **values)


def a_sheet(kind: type, owner: Municipality, **values: object):  # type: ignore[no-untyped-def]
    values = {"incident": "総合防災訓練", "surveyed_at": MOMENT, **values}
    return kind(municipality=owner, site=a_site(owner), **values)


def a_point(owner: Municipality, item: str = "電源投入", **values: object) -> DetailCheckItem:
    return DetailCheckItem(municipality=owner, layer="hardware", item=item, **values)


def test_only_the_items_are_part_of_the_printed_plan() -> None:
    printed = {spec.code: spec.printed for number in (11, 19) for spec in registry.specs_of(number)}

    assert printed == {
        "11-1": True,
        "11-2": False,
        "11-3": False,
        "19-1": True,
        "19-2": False,
        "19-3": False,
    }


def test_a_room_and_its_building_agree(in_scope: Municipality) -> None:
    room = a_location(a_site(in_scope))
    item = a_quick_item(in_scope, place_location=room, place_site=room.site)
    assert problems("11-1", item) == []

    item.place_site = a_site(in_scope, "第二分館")
    assert problems("11-1", item) == [
        (
            "place_site",
            "確認場所の「電算センター」は「第二分館」にありません。どちらかを選び直してください。",
        )
    ]


def test_a_question_is_asked_once(in_scope: Municipality) -> None:
    a_quick_item(in_scope).save()

    with pytest.raises(ValidationError, match="同じ区分に同じ確認項目がすでにあります。"):
        a_quick_item(in_scope).validate_constraints()


@pytest.mark.parametrize(
    ("code", "kind"), [("11-2", QuickCheckSurvey), ("19-2", DetailCheckSurvey)]
)
def test_a_sheet_says_who_looked(in_scope: Municipality, code: str, kind: type) -> None:
    survey = a_sheet(kind, in_scope)

    assert problems(code, survey) == [
        (
            "surveyor",
            "調査者を一覧から選ぶか、「調査者（一覧にない人）」に氏名を入力してください。",
        )
    ]
    survey.surveyor_text = "近くの職員"
    assert problems(code, survey) == []
    survey.surveyor_text, survey.surveyor = "", a_person(in_scope)
    assert problems(code, survey) == []


def test_a_sheet_is_known_by_event_and_report() -> None:
    assert str(QuickCheckSurvey(incident="豪雨")) == "豪雨"
    assert str(QuickCheckSurvey(incident="豪雨", report_no=2)) == "豪雨 第2報"


@pytest.mark.parametrize(
    ("result", "wanted"),
    [("ok", []), ("unchecked", []), ("partial", ["detail"]), ("ng", ["detail"])],
)
def test_what_cannot_be_used_is_described(result: str, wanted: list[str]) -> None:
    assert columns_complained_of("11-3", QuickCheckResult(result=result)) == wanted


def test_a_result_begins_unchecked() -> None:
    assert QuickCheckResult().result == DetailCheckResult().result == "unchecked"


def test_an_item_has_one_result_on_a_sheet(in_scope: Municipality) -> None:
    survey, item = a_sheet(QuickCheckSurvey, in_scope), a_quick_item(in_scope)
    survey.save()
    item.save()
    QuickCheckResult.objects.create(municipality=in_scope, survey=survey, item=item)

    with pytest.raises(ValidationError, match="同じ確認項目の結果がすでにあります。"):
        QuickCheckResult(municipality=in_scope, survey=survey, item=item).validate_constraints()


def test_a_check_point_looks_at_exactly_one_thing(in_scope: Municipality) -> None:
    point = a_point(in_scope)
    assert problems("19-1", point) == [
        (
            "object_system",
            "対象を、システム・設置場所・電力・通信のいずれか1つから選んでください。",
        )
    ]

    point.object_system = a_system(in_scope)
    assert problems("19-1", point) == []

    point.object_location = a_location(a_site(in_scope))
    assert problems("19-1", point) == [
        (
            "object_location",
            "「対象（システム）」と「対象（設置場所）」の両方は選べません。"
            "対象ごとに行を分けてください。",
        )
    ]


def test_preconditions_do_not_run_in_a_circle(in_scope: Municipality) -> None:
    system = a_system(in_scope)
    power = a_point(in_scope, object_system=system)
    power.save()
    start = a_point(in_scope, "起動", object_system=system, requires=power)
    start.save()
    power.requires = start

    assert problems("19-1", power) == [
        (
            "requires",
            "前提となる点検が一巡しています（電源投入→起動→電源投入）。前提を選び直してください。",
        )
    ]
    power.requires = power
    assert columns_complained_of("19-1", power) == ["requires"]


@pytest.mark.parametrize(
    ("result", "recovery", "wanted"),
    [
        ("ok", "", []),
        ("partial", "", ["damage", "eta_minutes"]),
        ("ng", "", ["damage", "recovery", "eta_minutes"]),
        ("ng", "on_site", ["damage", "eta_minutes"]),
        ("ng", "vendor", ["damage", "eta_minutes", "vendor_called_at", "vendor_called_by"]),
    ],
)
def test_damage_recovery_and_call_follow_from_the_result(
    result: str, recovery: str, wanted: list[str]
) -> None:
    row = DetailCheckResult(result=result, recovery=recovery)

    assert columns_complained_of("19-3", row) == wanted
