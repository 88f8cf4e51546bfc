"""様式10: steps are numbered once, and finish no earlier than they start."""

import pytest
from django.core.exceptions import ValidationError

from bcp_portal.accounts.models import Municipality
from plans.models import ActionPlan, ActionStep
from tests.plans.rows import a_plan, problems


def a_step(plan: ActionPlan, seq: int = 1, **values: object) -> ActionStep:
    values = {"phase": "initial", "title": "安否の連絡", "body": "知らせる。", **values}
    return ActionStep(municipality=plan.municipality, plan=plan, seq=seq, **values)


def test_a_step_finishes_when_it_starts_or_later(in_scope: Municipality) -> None:
    step = a_step(
        a_plan(in_scope),
        start_at_minutes=4320,
        start_at_unit="day",
        finish_by_minutes=4260,
        finish_by_unit="hour",
    )

    assert problems("10-2", step) == [
        ("finish_by_minutes", "完了の目安（71時間）が開始の目安（3日）より前になっています。")
    ]
    step.finish_by_minutes = 4320
    assert problems("10-2", step) == []


@pytest.mark.parametrize("name", ["start_at_minutes", "finish_by_minutes"])
def test_a_time_alone_is_in_order(in_scope: Municipality, name: str) -> None:
    assert problems("10-2", a_step(a_plan(in_scope), **{name: 60})) == []


def test_a_number_is_used_once_in_a_plan(in_scope: Municipality) -> None:
    plan = a_plan(in_scope)
    a_step(plan).save()

    with pytest.raises(ValidationError, match="同じ項番の手順がすでにあります。"):
        a_step(plan).validate_constraints()
    a_step(a_plan(in_scope, "平日昼間の行動計画")).validate_constraints()
    with pytest.raises(ValidationError, match="項番は1以上で入力してください。"):
        a_step(plan, 0).full_clean()


def test_a_plan_has_a_name_of_its_own(in_scope: Municipality) -> None:
    plan = a_plan(in_scope)
    again = ActionPlan(municipality=in_scope, title=plan.title, scenario=plan.scenario)

    with pytest.raises(ValidationError, match="同じ名前の行動計画がすでにあります。"):
        again.validate_constraints()
