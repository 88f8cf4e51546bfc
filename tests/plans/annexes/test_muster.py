"""C-7, B-5 and C-8: rules of muster, places, and the estimate of 柏崎市 11(5)."""

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.table_builder import build_table
from plans.models import MusterEstimate, MusterPlace, MusterRule
from tests.plans.rows import a_role, a_site, a_system, columns_complained_of, problems, sheet


def a_rule(**values: str) -> MusterRule:
    values = {
        "event_detail": "earthquake",
        "condition_kind": "judgement",
        "trigger": "automatic",
        "who": "all",
        **values,
    }
    return MusterRule(**values)


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("intensity", ["threshold"]),
        ("typhoon", ["threshold"]),
        ("flood", ["threshold"]),
        ("headquarters", []),
        ("outage", []),
        ("epidemic", []),
        ("judgement", []),
    ],
)
def test_a_measured_condition_has_a_threshold(condition: str, wanted: list[str]) -> None:
    assert columns_complained_of("c-7", a_rule(condition_kind=condition), roles=[]) == wanted


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"who": "part"}, ["ratio"]),
        ({"who": "roles"}, ["roles"]),
        ({"trigger": "instructed"}, ["decider"]),
    ],
)
def test_a_part_a_role_and_an_order_are_made_precise(
    values: dict[str, str], wanted: list[str]
) -> None:
    assert columns_complained_of("c-7", a_rule(**values), roles=[]) == wanted


def test_the_named_roles_satisfy_the_rule(in_scope: Municipality) -> None:
    assert problems("c-7", a_rule(who="roles"), roles=[a_role(in_scope)]) == []


@pytest.mark.parametrize(("ratio", "valid"), [(0, False), (1, True), (100, True), (101, False)])
def test_a_ratio_lies_between_one_and_a_hundred(
    in_scope: Municipality, ratio: int, valid: bool
) -> None:
    rule = a_rule()
    rule.municipality, rule.ratio = in_scope, ratio

    if valid:
        rule.full_clean()
    else:
        with pytest.raises(ValidationError, match="割合は1から100までで入力してください。"):
            rule.full_clean()


def test_online_muster_names_its_means(in_scope: Municipality) -> None:
    place = MusterPlace(role=a_role(in_scope), place1=a_site(in_scope), online=True)

    assert columns_complained_of("b-5", place) == ["online_means"]
    place.online = False
    assert problems("b-5", place) == []


def test_two_places_differ(in_scope: Municipality) -> None:
    office = a_site(in_scope)
    place = MusterPlace(role=a_role(in_scope), place1=office, place2=office)

    assert problems("b-5", place) == [
        (
            "place2",
            "参集場所の第2順位が第1順位と同じ場所（本庁舎）です。"
            "別の建物を選んでください。ほかに建物がないときは、別の部屋を入力してください。",
        )
    ]
    place.place2 = a_site(in_scope, "第二分館")
    assert problems("b-5", place) == []


def test_a_role_has_one_common_place_and_one_for_each_system(in_scope: Municipality) -> None:
    role, office, system = a_role(in_scope), a_site(in_scope), a_system(in_scope)
    common = {"municipality": in_scope, "role": role, "place1": office}
    MusterPlace.objects.create(**common)
    MusterPlace.objects.create(**common, system=system)

    with pytest.raises(ValidationError, match="共通の参集場所はすでに登録されています。"):
        MusterPlace(**common).validate_constraints()
    with pytest.raises(ValidationError, match="参集場所はすでに登録されています。"):
        MusterPlace(**common, system=system).validate_constraints()
    MusterPlace(**common, system=a_system(in_scope, "戸籍")).validate_constraints()


def test_the_printed_estimate_gives_the_printed_rates(in_scope: Municipality) -> None:
    printed = [("ict", 3, 3, 3), ("outsourcer", 15, 5, 5), ("vendors", 3, 0, 1)]
    for number, (group, needed, near, expected) in enumerate(printed, start=1):
        row = MusterEstimate(
            municipality=in_scope, row_no=number, group=group, needed=needed, near=near
        )
        row.expected = expected
        assert problems("c-8", row) == []
        row.full_clean()
        row.save()

    table = build_table(sheet("c-8", in_scope), municipality=in_scope)
    shown = {column.label: index for index, column in enumerate(table.columns)}
    texts = table.texts()
    assert [row[shown["部門"]] for row in texts] == ["ICT部門", "包括OS受託者", "外部事業者"]
    assert [row[shown["想定参集率"]] for row in texts] == ["100%", "33%", "33%"]
    assert {row[shown["見込む時間"]] for row in texts} == {"6時間"}


@pytest.mark.parametrize(
    ("needed", "expected", "wrong"), [(3, 3, False), (3, 4, True), (0, 0, False), (0, 1, True)]
)
def test_no_more_are_expected_than_needed(needed: int, expected: int, wrong: bool) -> None:
    row = MusterEstimate(group="vendors", needed=needed, expected=expected)
    sentence = f"外部事業者の想定参集人数（{expected}人）が必要人数（{needed}人）を超えています。"

    assert problems("c-8", row) == ([("expected", sentence)] if wrong else [])


def test_a_group_is_estimated_once(in_scope: Municipality) -> None:
    values = {"municipality": in_scope, "group": "ict", "needed": 3, "expected": 3}
    MusterEstimate.objects.create(**values)

    with pytest.raises(ValidationError, match="この部門の見積もりはすでに登録されています。"):
        MusterEstimate(**values).validate_constraints()
