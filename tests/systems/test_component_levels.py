"""What saving an assessment, a ladder and a step must respect, and what it computes."""

from systems.annexes.component_levels import gaps, targets
from systems.models import ComponentAssessment, MeasureStep, TargetLevel
from tests.plans.rows import columns_complained_of, problems
from tests.systems.business_rows import HOUR, make_target
from tests.systems.facilities import make_system


def step(system, number, first, last):
    return MeasureStep(
        municipality=system.municipality,
        system=system,
        step_no=number,
        from_fiscal_year=first,
        to_fiscal_year=last,
        content="内容",
    )


def test_a_vendor_has_no_fourth_level(in_scope):
    row = ComponentAssessment(
        municipality=in_scope, event="disaster", component="vendor", level_now=4
    )
    assert problems("b-16-now", row) == [
        ("level_now", "「現状対策レベル」は0～3で入力してください（入力値：4）。")
    ]
    row.component = "hardware"
    assert columns_complained_of("b-16-now", row) == []


def test_a_changed_target_needs_a_reason(in_scope):
    row = ComponentAssessment(
        municipality=in_scope, component="hardware", level_now=1, level_override=2
    )
    assert columns_complained_of("b-16-now", row) == ["override_reason"]
    row.override_reason = "予算の都合"
    assert columns_complained_of("b-16-now", row) == []


def test_a_priority_has_one_level_for_an_event_and_a_component(in_scope):
    values = {"municipality": in_scope, "event": "disaster", "component": "org", "goal": "備え"}
    TargetLevel.objects.create(priorities=["S", "A"], level=3, **values)
    row = TargetLevel(priorities=["A", "B"], level=2, **values)
    assert problems("b-16-targets", row) == [
        (
            "priorities",
            "復旧優先度Aは、レベル3の行にもあります。どちらかから外してください。",
        )
    ]
    row.event = "security"
    assert columns_complained_of("b-16-targets", row) == []


def test_steps_begin_in_the_order_of_their_numbers(in_scope):
    mail = make_system(in_scope, "メール")
    step(mail, 2, 2027, 2028).save()
    assert problems("b-16-steps", step(mail, 1, 2028, 2028)) == [
        (
            "from_fiscal_year",
            "ステップ2は令和9年度に始まります。番号の順に始まるように直してください。",
        )
    ]
    assert columns_complained_of("b-16-steps", step(mail, 1, 2027, 2029)) == []
    assert columns_complained_of("b-16-steps", step(mail, 3, 2026, 2029)) == ["from_fiscal_year"]


def test_a_step_does_not_end_before_it_begins(in_scope):
    mail = make_system(in_scope, "メール")
    assert problems("b-16-steps", step(mail, 1, 2027, 2026)) == [
        (
            "to_fiscal_year",
            "終える年度（令和8年度）が始める年度（令和9年度）より前になっています。",
        )
    ]


def test_target_and_gap_follow_from_the_priority(in_scope):
    mail = make_system(in_scope, "メール")
    make_target(mail, 15 * HOUR)
    values = {"municipality": in_scope, "system": mail, "event": "disaster"}
    hardware = ComponentAssessment.objects.create(component="hardware", level_now=0, **values)
    staff = ComponentAssessment.objects.create(component="org", level_now=1, **values)
    assert targets([hardware, staff]) == {hardware.pk: 3, staff.pk: None}
    assert gaps([hardware, staff]) == {hardware.pk: 3, staff.pk: None}
