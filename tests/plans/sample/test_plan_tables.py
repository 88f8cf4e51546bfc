"""The sample's response, checks, reviews and drills load through the form and agree with each other."""

import pytest
from django.utils.timezone import localdate

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Sheet, is_needed
from bcp_portal.annex.table_builder import build_table
from bcp_portal.ui.eras import fiscal_year
from bcp_portal.ui.text import match_key
from drills.models import CalendarMark, Drill, DrillIssue
from plans.annexes.declared.actions import timing_of
from plans.annexes.declared.muster import rates
from plans.annexes.presets.reading import ANNUAL_QUESTIONS
from plans.annexes.rules.command_chain import is_one_chain
from plans.annexes.rules.step_order import phases_out_of_order, starts_out_of_order
from plans.home.progress import table_progress
from plans.models import (
    ActionPlan,
    ActionStep,
    DetailCheckItem,
    DetailCheckSurvey,
    GlossaryTerm,
    Manual,
    ManualMaterial,
    MusterEstimate,
    MusterRule,
    QuickCheckItem,
    QuickCheckSurvey,
    ResponseRole,
    ReviewItem,
    ReviewRecord,
    RoleDeputy,
)
from plans.sample.dates import WRITTEN_ON, whole_years_since
from plans.sample.loader import TABLES
from systems.choice_lists import EVENT_DETAIL
from systems.models import DamageAssumption, EmergencyContact, EquipmentLocation, RecoveryTarget
from tests.plans.rows import built

pytestmark = pytest.mark.django_db

ROWS = {
    "8": 36,
    "8-deputies": 45,
    "10-1": 4,
    "10-2": 49,
    "11-1": 52,
    "11-2": 3,
    "11-3": 64,
    "12": 17,
    "12-issues": 18,
    "13-1": 33,
    "13-2": 60,
    "19-1": 44,
    "19-2": 2,
    "19-3": 33,
    "b-1-reviews": 2,
    "b-5": 18,
    "b-11-marks": 11,
    "b-12-reports": 1,
    "b-12-systems": 3,
    "b-17b": 10,
    "c-1": 6,
    "c-2": 12,
    "c-5": 26,
    "c-7": 14,
    "c-8": 3,
    "c-11": 36,
    "c-12": 6,
    "c-12-materials": 20,
    "c-18": 11,
    "c-19": 12,
}
REAL_NAMES = ("柏崎", "新潟", "高柳", "西山町", "元気館", "信越", "越後", "葛飾", "武蔵野")


@pytest.fixture
def last_year() -> int:
    """Return the earlier of the two fiscal years of the sample, whose dates move with the calendar."""
    return fiscal_year(WRITTEN_ON) - 1 + whole_years_since(localdate())


def test_every_table_of_this_room_and_of_drills_is_in_the_sample(town: Municipality) -> None:
    specs = [spec for spec in registry.specs() if spec.model._meta.app_label in ("plans", "drills")]

    assert {spec.code: spec.model.objects.count() for spec in specs} == ROWS


@pytest.mark.parametrize("code", sorted(ROWS))
def test_no_real_place_is_named(code: str) -> None:
    text = (TABLES / f"{code}.csv").read_text(encoding="utf-8")

    assert [name for name in REAL_NAMES if name in text] == []


@pytest.mark.parametrize(
    ("structure", "roles"), [("normal", 9), ("disaster", 12), ("security", 8), ("infection", 7)]
)
def test_each_structure_is_one_chain_whose_chiefs_have_deputies(
    town: Municipality, structure: str, roles: int
) -> None:
    found = ResponseRole.objects.filter(structure=structure)

    assert found.count() == roles
    assert is_one_chain(dict(found.values_list("pk", "reports_to_id")))
    assert not found.filter(team="head", deputies=None).exists()


def test_deputies_follow_the_pattern_of_the_published_order(town: Municipality) -> None:
    line = RoleDeputy.objects.filter(role__role_name="電算機管理者").order_by("order")

    assert list(line.values_list("order", "post")) == [
        (1, "情報政策課情報システム係長"),
        (2, "情報政策課ネットワーク係長"),
        (3, "電算機管理者があらかじめ指名する情報政策課職員"),
    ]
    assert line.get(order=3).person is None


def test_everybody_in_charge_can_be_reached(town: Municipality) -> None:
    reachable = set(EmergencyContact.objects.exclude(person=None).values_list("person", flat=True))
    holders = set(ResponseRole.objects.exclude(person=None).values_list("person", flat=True))
    deputies = set(RoleDeputy.objects.exclude(person=None).values_list("person", flat=True))

    assert holders and deputies
    assert (holders | deputies) - reachable == set()


def test_the_muster_estimate_has_the_published_figures(town: Municipality) -> None:
    rows = list(MusterEstimate.objects.all())
    rate = rates(rows)

    assert [(row.group, row.needed, row.near, rate[row.pk], row.expected) for row in rows] == [
        ("ict", 3, 3, 100, 3),
        ("outsourcer", 15, 5, 33, 5),
        ("vendors", 3, 0, 33, 1),
    ]
    assert {row.window_minutes for row in rows} == {360}


def test_muster_rules_cover_every_event_and_begin_with_the_earthquake(town: Municipality) -> None:
    rules = MusterRule.objects.all()

    assert {rule.event_detail for rule in rules} == {code for code, _ in EVENT_DETAIL.options}
    first, second = rules.filter(event_detail="earthquake").order_by("row_no")[:2]
    assert (first.threshold, first.who, first.with_headquarters) == ("震度6弱以上", "all", "any")
    assert (second.threshold, second.ratio, second.with_headquarters) == (
        "震度5強以上",
        40,
        "set_up",
    )


@pytest.mark.parametrize(
    ("event", "time_band", "steps"),
    [
        ("disaster", "off_hours", 19),
        ("disaster", "working_hours", 11),
        ("security", "any", 10),
        ("infection", "any", 9),
    ],
)
def test_steps_stand_in_order_and_run_through_all_three_phases(
    town: Municipality, event: str, time_band: str, steps: int
) -> None:
    plan = ActionPlan.objects.get(event=event, time_band=time_band)
    timings = [timing_of(step) for step in plan.steps.order_by("seq")]

    assert [timing.seq for timing in timings] == list(range(1, steps + 1))
    assert {timing.phase for timing in timings} == {"initial", "substitute", "recovery"}
    assert phases_out_of_order(timings) == []
    assert starts_out_of_order(timings) == []


def test_the_security_plan_asks_for_csirt_and_not_for_safety(town: Municipality) -> None:
    other = ActionStep.objects.filter(plan__event="disaster")
    security = ActionStep.objects.filter(plan__event="security")

    assert other.filter(title__contains="安否").exists()
    assert not security.filter(title__contains="安否").exists()
    assert not security.filter(title__contains="安全点検").exists()
    assert security.filter(roles__team="csirt").exists()


def test_steps_use_the_roles_of_their_own_structure(town: Municipality) -> None:
    structures = ActionStep.objects.exclude(roles=None).values_list(
        "plan__event", "roles__structure"
    )

    assert set(structures) == {
        ("disaster", "disaster"),
        ("security", "security"),
        ("infection", "infection"),
    }


def test_recovery_steps_end_within_the_targets_of_their_systems(town: Municipality) -> None:
    targets = dict(RecoveryTarget.objects.values_list("system", "rto_minutes"))
    steps = ActionStep.objects.filter(phase="recovery", systems__in=targets)
    late = [
        (step.title, str(system))
        for step in steps.distinct().prefetch_related("systems")
        for system in step.systems.all()
        if system.pk in targets and step.finish_by_minutes > targets[system.pk]
    ]

    assert steps.exists()
    assert late == []


def test_check_items_reach_every_important_system_and_room(town: Municipality) -> None:
    systems = set(DetailCheckItem.objects.values_list("object_system", flat=True))
    rooms = set(DetailCheckItem.objects.values_list("object_location", flat=True))

    assert set(RecoveryTarget.objects.values_list("system", flat=True)) <= systems
    assert set(EquipmentLocation.objects.values_list("pk", flat=True)) <= rooms


def test_quick_items_leave_some_damage_for_a_finding_to_show(town: Municipality) -> None:
    covered = QuickCheckItem.objects.exclude(assumption=None).values("assumption")
    left = DamageAssumption.objects.exclude(pk__in=covered).exclude(degree="none")

    assert sorted(str(assumption) for assumption in left) == [
        "交通（感染症）",
        "受託者の要員（攻撃）",
        "専用回線",
        "市の職員（回線の途絶）",
        "庁内の通信（攻撃）",
        "庁舎の写し",
        "機器の交換（感染症）",
        "紙の台帳の書庫",
    ]


def test_surveys_were_filled_in_at_drills_of_the_programme(town: Municipality) -> None:
    drills = set(Drill.objects.values_list("name", flat=True))
    quick = list(QuickCheckSurvey.objects.all())
    detailed = list(DetailCheckSurvey.objects.all())

    assert {survey.incident for survey in (*quick, *detailed)} <= drills
    assert all(survey.results.count() >= 8 for survey in (*quick, *detailed))
    assert detailed[1].quick_survey == quick[1]
    waiting = detailed[1].results.filter(recovery="vendor")
    assert {result.item.item for result in waiting} == {
        "UPSの充電と異常の表示",
        "戸籍のサーバの起動",
    }


@pytest.mark.parametrize("years_later", [0, 1])
def test_each_year_has_the_required_drills_of_both_blocks(
    town: Municipality, last_year: int, years_later: int
) -> None:
    year = last_year + years_later
    drills = list(Drill.objects.filter(fiscal_year=year))
    covered = {block for drill in drills for block in drill.covers}

    assert {"tabletop", "contact", "recovery"} <= {drill.kind for drill in drills}
    assert {"block_a", "block_i"} <= covered
    assert all(
        drill.approved_on <= drill.briefed_on <= drill.held_on for drill in drills if drill.held_on
    )
    assert CalendarMark.objects.filter(fiscal_year=year, label="総合防災訓練", month="9").exists()


def test_one_drill_has_just_been_held_and_awaits_its_result(town: Municipality) -> None:
    without = Drill.objects.filter(result="").exclude(held_on=None)

    assert [drill.name for drill in without] == ["システム復旧訓練（職員だけの起動）"]


def test_issues_of_drills_end_in_every_way_there_is(town: Municipality) -> None:
    responses = set(DrillIssue.objects.values_list("response", flat=True))

    assert responses == {"undecided", "fixed", "measure", "problem", "revision", "none"}


def test_annual_questions_are_the_fourteen_and_were_asked_twice(
    town: Municipality, last_year: int
) -> None:
    questions = {question["item"] for question in ANNUAL_QUESTIONS}
    asked = ReviewRecord.objects.filter(cycle="annual", item__item__in=questions)

    assert questions <= set(ReviewItem.objects.values_list("item", flat=True))
    for year in (last_year, last_year + 1):
        assert asked.filter(period_fiscal_year=year).values("item").distinct().count() == 14


def test_four_quarters_were_checked_without_a_gap(town: Municipality, last_year: int) -> None:
    records = ReviewRecord.objects.filter(cycle="quarterly")
    quarterly = [
        item for item in ReviewItem.objects.filter(row_status="active") if "quarterly" in item.cycle
    ]
    periods = sorted(set(records.values_list("period_fiscal_year", "period_quarter")))

    this_year = last_year + 1
    assert periods == [(last_year, "3"), (last_year, "4"), (this_year, "1"), (this_year, "2")]
    assert records.count() == len(periods) * len(quarterly) == 24


def test_six_manuals_serve_every_event_with_materials_of_every_kind(town: Municipality) -> None:
    manuals = list(Manual.objects.all())

    assert len(manuals) == 6
    assert {detail for manual in manuals for detail in manual.event_details} == {
        code for code, _ in EVENT_DETAIL.options
    }
    assert set(ManualMaterial.objects.values_list("kind", flat=True)) == {
        "list",
        "procedure",
        "figure",
        "sheet",
        "other",
    }


def test_the_glossary_prints_dos_before_ddos(town: Municipality) -> None:
    terms = [row.cells["term"] for row in built("c-11-alphabet", town).rows]

    assert GlossaryTerm.objects.get(term="DDoS攻撃").sort_key
    assert terms[terms.index("DoS攻撃") + 1] == "DDoS攻撃"
    assert [match_key(term)[0] for term in terms] == sorted(match_key(term)[0] for term in terms)


@pytest.mark.parametrize(
    ("code", "blank_columns"),
    [
        ("8", {"所属・氏名"}),
        ("10-2", {"担当（役割）", "完了の目安", "電源・通信がない場合の方法"}),
        ("11-1", {"優先順位"}),
        ("12", {"目的・目標", "想定シナリオ", "時期（予定月）", "計画の承認者", "計画の承認日"}),
        ("13-1", {"点検者"}),
        ("13-2", {"確認者（点検記録）"}),
        ("19-1", set()),
        ("c-12", set()),
        ("c-18", {"確認した日", "旧版の回収"}),
        ("b-12-reports", set()),
        ("b-17b", {"受領を確認した日"}),
        ("c-19", {"規程"}),
    ],
)
def test_a_few_cells_are_left_unfinished(
    town: Municipality, code: str, blank_columns: set[str]
) -> None:
    spec = registry.spec(code)
    assert spec is not None
    sheet = Sheet.of(spec, town)
    needed = [item for item in sheet.items if is_needed(item)]
    table = build_table(
        sheet,
        municipality=town,
        statuses=(RowStatus.ACTIVE, RowStatus.DRAFT),
        items=needed,
    )
    progress = table_progress(table, {item.name for item in needed})

    assert set(progress.blank_columns) == blank_columns
    assert progress.blank_cells <= 6
