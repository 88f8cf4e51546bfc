"""The simple start: 様式 1, 7, 8, 9, 10, 11, 12 and the first 72 hours, and a way to walk."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from plans.outlines import SIMPLE as OUTLINE
from tests.plans.outlines.printed import codes, columns, new_plan

SEVEN = [1, 7, 8, 9, 10, 11, 12]


def test_it_needs_seven_annexes_and_prints_no_other() -> None:
    assert list(OUTLINE.annexes) == SEVEN


def test_the_72_hours_say_when_who_and_how_without_power(in_scope: Municipality) -> None:
    document = new_plan(in_scope, OUTLINE)
    assert codes(document)["72時間の行動計画（様式10）"] == ["10-72h"]
    shown = columns(document, "72時間の行動計画（様式10）", "10-72h")
    assert {"開始", "完了", "担当", "電源・通信がないとき"} <= set(shown)
    assert [annex.number for annex in document.annexes] == SEVEN


def test_the_steps_lead_through_every_annex_to_the_print() -> None:
    numbers = [
        spec.number
        for step in OUTLINE.steps
        for spec in map(registry.spec, step.tables)
        if spec is not None
    ]
    assert sorted({number for number in numbers if number in SEVEN}) == SEVEN
    # Rows of two more tables are needed before others can name them: a building and a disaster.
    assert {number for number in numbers if number} - set(SEVEN) == {3, 14}
    assert all(registry.spec(code) for step in OUTLINE.steps for code in step.tables)
    keys = {template.key for template in OUTLINE.walk()}
    assert all(key in keys for step in OUTLINE.steps for key in step.chapters)
    assert OUTLINE.steps[-1].page == "prints:list"
