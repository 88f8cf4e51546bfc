"""Rows to begin with go through the same form as anything typed, and keep their promises."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet_text import form_of_line
from plans.annexes.declared.actions import timing_of
from plans.annexes.preset_services import PRESETS, load_preset, missing_roles
from plans.annexes.presets.reading import (
    ANNUAL_QUESTIONS,
    DISASTER_ROLES,
    EVERYDAY_ROLES,
    NIGHT,
    Cells,
)
from plans.annexes.rules.command_chain import is_one_chain
from plans.annexes.rules.step_order import phases_out_of_order, starts_out_of_order
from plans.models import ActionPlan, ActionStep, ResponseRole, ReviewItem
from systems.models import Scenario
from tests.plans.rows import sheet


def load(code: str, municipality: Municipality, rows: tuple[Cells, ...]) -> None:
    """Save the rows as typed text, one after the other; an unknown column fails."""
    source = sheet(code, municipality)
    names = {item.name for item in source.editable_items}
    for cells in rows:
        assert cells.keys() <= names
        row = source.spec.model(municipality=municipality)
        form = form_of_line(source, row, cells, pool=ReferencePool())
        assert form.errors == {}, cells
        save_row(sheet=source, actor=None, row=form.row, expected_version=0)


@pytest.fixture
def roles(in_scope: Municipality) -> None:
    load("8", in_scope, DISASTER_ROLES + EVERYDAY_ROLES)


def test_eight_roles_form_one_line_of_command(in_scope: Municipality, roles: None) -> None:
    found = ResponseRole.objects.filter(structure="disaster")

    assert found.count() == 8
    assert is_one_chain(dict(found.values_list("pk", "reports_to_id")))


def test_three_everyday_roles_form_another(in_scope: Municipality, roles: None) -> None:
    found = ResponseRole.objects.filter(structure="normal")

    assert found.count() == 3
    assert is_one_chain(dict(found.values_list("pk", "reports_to_id")))


def test_thirteen_steps_stand_in_order_and_every_one_has_somebody(
    in_scope: Municipality, roles: None
) -> None:
    scenario = Scenario.objects.create(
        municipality=in_scope, name="直下型地震", event="disaster", kinds=["earthquake"]
    )
    load("10-1", in_scope, ({**NIGHT.plan, "scenario": scenario.name},))
    plan = ActionPlan.objects.get()
    load("10-2", in_scope, tuple({**step, "plan": plan.title} for step in NIGHT.steps))

    steps = list(ActionStep.objects.order_by("seq").prefetch_related("roles"))
    timings = [timing_of(step) for step in steps]
    assert [step.seq for step in steps] == list(range(1, 14))
    assert phases_out_of_order(timings) == []
    assert starts_out_of_order(timings) == []
    assert {step.phase for step in steps} == {"initial", "substitute", "recovery"}
    assert all(step.roles.all() and step.offline_way for step in steps)
    assert all(role.structure == "disaster" for step in steps for role in step.roles.all())
    assert [step.seq for step in steps if step.parallel] == [11]


def test_recovery_ends_within_seventy_two_hours_but_for_the_records(
    in_scope: Municipality,
) -> None:
    late = [step["seq"] for step in NIGHT.steps if step["finish_by_minutes"] == "1週間"]

    assert late == ["13"]


def test_fourteen_questions_are_asked_every_year(in_scope: Municipality) -> None:
    load("13-1", in_scope, ANNUAL_QUESTIONS)

    items = list(ReviewItem.objects.all())
    assert len(items) == 14
    assert all(item.cycle == ["annual"] and item.targets for item in items)
    groups = [item.group for item in items]
    assert [groups.count(group) for group in ("measures", "response", "training", "analysis")] == [
        5,
        3,
        2,
        4,
    ]


def test_roles_that_are_missing_come_along_with_the_sample_steps(in_scope: Municipality) -> None:
    load("8", in_scope, ({**DISASTER_ROLES[0], "role_name": "自分の役割"}, EVERYDAY_ROLES[0]))
    preset = PRESETS["steps"]
    coming = missing_roles(preset.steps)
    assert "最高責任者" in coming and "事務局" in coming
    load_preset(municipality=in_scope, actor=None, preset=preset)
    assert ActionStep.objects.count() == len(NIGHT.steps)
    assert missing_roles(preset.steps) == []
    own = ResponseRole.objects.filter(role_name="自分の役割")
    assert own.count() == 1 and ResponseRole.objects.count() == len(coming) + 2
