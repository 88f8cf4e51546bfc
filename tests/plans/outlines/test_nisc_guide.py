"""The guided way after the NISC appendix: steps for every event and time, and the yearly questions."""

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from bcp_portal.ui.errors import DomainError
from plans.annexes.preset_services import PRESETS, load_preset
from plans.home.guide_queries import guide_of
from plans.models import ActionPlan, ActionStep, Plan, ReviewItem
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from tests.conftest import ClientFactory
from tests.plans.rows import built

STEPS = OUTLINES["nisc"].steps
VARIANTS = {
    "steps": ("b-10-off-hours", "大規模災害（夜間・休日）の行動計画"),
    "steps-day": ("b-10-working-hours", "大規模災害（平日昼間）の行動計画"),
    "steps-security": ("b-10-incident", "情報セキュリティインシデントの行動計画"),
    "steps-epidemic": ("b-10-epidemic", "感染症流行時の行動計画"),
}
# Steps of the plan for the night.
SAFETY_CALL = "職員の安否を連絡する"
GATHER = "決められた場所に参集する"
INSPECTION = "参集した拠点の安全を点検する"


@pytest.fixture
def plan(in_scope: Municipality) -> Plan:
    return create_plan(municipality=in_scope, actor=None, outline=OUTLINES["nisc"])


def load(plan: Plan, name: str) -> int:
    return load_preset(municipality=plan.municipality, actor=None, preset=PRESETS[name])


def titles(name: str) -> list[str]:
    steps = ActionStep.objects.filter(plan__title=VARIANTS[name][1]).order_by("seq")
    return list(steps.values_list("title", flat=True))


def offered(plan: Plan) -> list[str]:
    presentation = Presentation.load(plan.municipality)
    return [each.step.preset for each in guide_of(plan, STEPS, presentation) if each.may_begin]


def test_every_table_and_chapter_of_the_way_exists() -> None:
    assert all(registry.spec(code) for step in STEPS for code in step.tables)
    keys = {template.key for template in OUTLINES["nisc"].walk()}
    assert all(key in keys for step in STEPS for key in step.chapters)
    assert {step.preset for step in STEPS if step.preset} <= set(PRESETS)


def test_each_variant_is_offered_until_it_is_there(plan: Plan) -> None:
    assert offered(plan) == ["roles", *VARIANTS, "questions"]
    load(plan, "steps-security")
    # With the roles that came along, and a plan of its own, the others still wait for theirs.
    assert offered(plan) == ["steps", "steps-day", "steps-epidemic", "questions"]
    with pytest.raises(DomainError, match="すでに行がある"):
        load(plan, "steps-security")
    for name in ("steps", "steps-day", "steps-epidemic"):
        load(plan, name)
    assert load(plan, "questions") == 14 == ReviewItem.objects.count()
    assert offered(plan) == []


@pytest.mark.parametrize("name", VARIANTS)
def test_each_variant_fills_its_printed_table(plan: Plan, name: str) -> None:
    code, title = VARIANTS[name]
    load(plan, name)
    table = built(code, plan.municipality)
    assert [column.label for column in table.columns] == ["項番", "対応内容", "参照文書類"]
    assert [line[0] for line in table.texts()] == [str(n) for n in range(1, len(table.rows) + 1)]
    assert ActionPlan.objects.get().title == title
    steps = ActionStep.objects.order_by("seq")
    assert all(step.roles.exists() and step.offline_way for step in steps)
    starts = [step.start_at_minutes for step in steps if not step.parallel]
    assert starts == sorted(starts)


def test_in_an_incident_nobody_calls_for_safety_or_inspects_and_the_csirt_is_told(
    plan: Plan,
) -> None:
    load(plan, "steps-security")
    first, *rest = titles("steps-security")
    assert "CSIRT" in first
    assert not {SAFETY_CALL, GATHER, INSPECTION} & {first, *rest}
    assert not any("安否" in title or "安全を点検" in title for title in (first, *rest))
    load(plan, "steps-day")
    by_day = titles("steps-day")
    assert GATHER not in by_day and "来庁者" in by_day[0] and INSPECTION in by_day


def test_the_page_shows_the_way(
    municipality: Municipality, plan: Plan, client_for: ClientFactory
) -> None:
    page = client_for(Role.EDITOR).get(f"/{municipality.code}/plan/guide/").content.decode()
    assert "感染症の対応手順を決める（2.3節）" in page
    assert page.count("見本の行を入れて始める") == 6
