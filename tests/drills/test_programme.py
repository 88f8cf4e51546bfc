"""様式12: who takes part, when a drill is held, and what its result must say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Municipality
from drills.models import CalendarMark, Drill, DrillIssue
from systems.models import Vendor
from tests.plans.rows import a_department, a_person, a_plan, columns_complained_of, problems


def a_drill(owner: Municipality, **values: object) -> Drill:
    values = {
        "fiscal_year": 2026,
        "name": "机上訓練",
        "kind": "tabletop",
        "summary": "計画を読み合わせる。",
        "participants_text": "情報政策課職員",
        **values,
    }
    return Drill(municipality=owner, **values)


def test_somebody_takes_part(in_scope: Municipality) -> None:
    drill = a_drill(in_scope, participants_text="")

    assert problems("12", drill) == [
        (
            "participants_text",
            "実施者・受講対象を入力するか、部署・個人・委託先のいずれかを選んでください。",
        )
    ]


def test_a_department_a_person_or_a_vendor_is_somebody(in_scope: Municipality) -> None:
    drill = a_drill(in_scope, participants_text="")
    vendor = Vendor.objects.create(municipality=in_scope, name="見本システム", kinds=["operator"])

    assert problems("12", drill, participant_people=[a_person(in_scope)]) == []
    assert problems("12", drill, participant_departments=[a_department(in_scope)]) == []
    assert problems("12", drill, vendors=[vendor]) == []


def test_a_stored_participant_counts_until_removed(in_scope: Municipality) -> None:
    drill = a_drill(in_scope, participants_text="")
    drill.save()
    drill.participant_departments.add(a_department(in_scope))

    assert problems("12", drill) == []
    assert columns_complained_of("12", drill, participant_departments=[]) == ["participants_text"]


@pytest.mark.parametrize(
    ("held_on", "inside"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_a_drill_is_held_within_its_fiscal_year(
    in_scope: Municipality, held_on: date, inside: bool
) -> None:
    assert (problems("12", a_drill(in_scope, held_on=held_on)) == []) is inside


def test_the_wrong_year_is_named(in_scope: Municipality) -> None:
    assert problems("12", a_drill(in_scope, held_on=date(2027, 4, 1))) == [
        ("held_on", "実施日（令和9年4月1日）が令和8年度の中にありません。")
    ]


def test_the_briefing_comes_first(in_scope: Municipality) -> None:
    drill = a_drill(in_scope, briefed_on=date(2026, 9, 2), held_on=date(2026, 9, 1))

    assert problems("12", drill) == [
        (
            "held_on",
            "「実施日」（令和8年9月1日）が「事前説明の日」（令和8年9月2日）より前です。",
        )
    ]
    drill.briefed_on = date(2026, 9, 1)
    assert problems("12", drill) == []


def test_the_date_alone_may_be_entered_before_the_result(in_scope: Municipality) -> None:
    assert problems("12", a_drill(in_scope, held_on=date(2026, 9, 1))) == []


@pytest.mark.parametrize(
    "begun", [{"attended": 0}, {"result": "済"}, {"goal_met": "met"}, {"needs_revision": "no"}]
)
def test_a_result_once_begun_is_complete(in_scope: Municipality, begun: dict[str, object]) -> None:
    wanted = {"held_on", "attended", "result", "goal_met", "needs_revision"} - begun.keys()

    assert set(columns_complained_of("12", a_drill(in_scope, **begun))) == wanted


def test_the_action_plans_tried_are_named(in_scope: Municipality) -> None:
    drill = a_drill(in_scope, covers=["block_a", "action_plan"])

    assert problems("12", drill) == [
        (
            "action_plans",
            "「対象とする計画」に様式10の行動計画を選んだときは、どの行動計画かを選んでください。",
        )
    ]
    assert problems("12", drill, action_plans=[a_plan(in_scope)]) == []


def test_a_drill_is_planned_once_a_year(in_scope: Municipality) -> None:
    a_drill(in_scope).save()

    with pytest.raises(ValidationError, match="同じ年度に同じ名称の訓練がすでにあります。"):
        a_drill(in_scope).validate_constraints()
    a_drill(in_scope, fiscal_year=2027).validate_constraints()


@pytest.mark.parametrize(
    ("response", "wanted"),
    [
        ("undecided", []),
        ("fixed", []),
        ("revision", []),
        ("measure", ["measure"]),
        ("problem", ["open_problem"]),
        ("none", ["response_text"]),
    ],
)
def test_what_becomes_of_an_issue_is_made_precise(response: str, wanted: list[str]) -> None:
    assert columns_complained_of("12-issues", DrillIssue(response=response)) == wanted


def test_an_issue_is_known_by_its_first_line() -> None:
    assert str(DrillIssue(content="名簿が古い\n詳しくは別紙")) == "名簿が古い"
    assert DrillIssue().response == "undecided"


def test_a_mark_stands_once_in_its_month(in_scope: Municipality) -> None:
    values = {"municipality": in_scope, "fiscal_year": 2026, "month": "9", "label": "防災訓練"}
    CalendarMark.objects.create(**values)

    with pytest.raises(ValidationError, match="同じ月に同じ行事がすでにあります。"):
        CalendarMark(**values).validate_constraints()
