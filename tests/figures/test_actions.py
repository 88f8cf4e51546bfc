"""The flow of an action plan, and how its decisions are read."""

from dataclasses import replace

import pytest

from bcp_portal.figures.action_flow import graphs
from bcp_portal.figures.actions import ActionFlowStep, alternative, loop_note
from bcp_portal.figures.decisions import Branch, DecisionBranches, read_decision
from tests.figures.svg_reading import drawn, elements, smallest_print, words

STEPS = (
    ActionFlowStep(1, "安否を知らせる", "初動", ("全員",), "即時～1時間", report_to="事務局"),
    ActionFlowStep(
        2,
        "建物に入れるかを確かめる",
        "初動",
        ("電算機管理者", "インフラチーム", "事務局"),
        decision="柱にひびがあるときは入らず、項番4へ進む。",
    ),
    ActionFlowStep(3, "被害を調べる", "初動", parallel=True),
    ActionFlowStep(4, "代替拠点を設ける", "代替", decision="3日続けて異常がないことを条件とする。"),
    ActionFlowStep(5, "復旧する", "復旧"),
)


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        (
            "柱に斜めのひびがあるとき、又は壁が落ちるときは入らず、場所を変える。",
            DecisionBranches(
                (Branch("柱に斜めのひびがあるとき、又は壁が落ちるとき", "入らず、場所を変える。"),)
            ),
        ),
        (
            "室温が30度を超えたら、機器を止める。",
            DecisionBranches((Branch("室温が30度を超えたら", "機器を止める。"),)),
        ),
        (
            "入り口が分からないうちは、元に戻さない。",
            DecisionBranches((Branch("入り口が分からないうち", "元に戻さない。"),)),
        ),
        (
            "復旧が困難な場合は項番１２へ。",
            DecisionBranches((Branch("復旧が困難な場合", "項番１２へ。", 12),)),
        ),
        (
            "目標復旧時間内での復旧が困難",
            DecisionBranches(criteria=("目標復旧時間内での復旧が困難",)),
        ),
        (
            "道が通れないときは県に頼む。\n二人で決める。",
            DecisionBranches((Branch("道が通れないとき", "県に頼む。"),), ("二人で決める。",)),
        ),
        ("人が足りないときは。", DecisionBranches(criteria=("人が足りないときは。",))),
        ("", DecisionBranches()),
    ],
)
def test_a_criterion_is_read_as_branches_where_it_has_some(
    text: str, decision: DecisionBranches
) -> None:
    assert read_decision(text) == decision


def test_steps_phases_and_decisions_are_drawn() -> None:
    svg = drawn(graphs(STEPS)).svg
    text = words(svg)
    for step in STEPS:
        assert f"{step.number}{step.title}" in text
    for expected in ("初動", "代替", "復旧", "危機的事象の発生", "対応の終了", "並行・継続"):
        assert expected in text
    assert "柱にひびがあるとき" in text
    assert "入らず、項番4へ進む。" in text
    assert "判断の基準" in text
    assert "電算機管理者、インフラチームほか1" in text
    diamonds = [
        e.attrib["points"].split()
        for e in elements(svg)
        if e.tag.endswith("polygon") and e.get("stroke") != "none"
    ]
    assert len([points for points in diamonds if len(points) == 4]) == 2


def test_the_words_name_every_step_and_where_it_leads() -> None:
    lines = [line for point in alternative(STEPS) for line in point.lines()]
    assert lines == [
        "初動",
        "　1 安否を知らせる",
        "　　担当：全員",
        "　　時期：即時～1時間",
        "　　報告先：事務局",
        "　　2 建物に入れるかを確かめるへ進む",
        "　2 建物に入れるかを確かめる",
        "　　担当：電算機管理者、インフラチーム、事務局",
        "　　判断：柱にひびがあるとき→入らず、項番4へ進む。",
        "　　それ以外は3 被害を調べるへ進む",
        "　3 被害を調べる",
        "　　前後の手順と並行・継続して行う",
        "　　4 代替拠点を設けるへ進む",
        "代替",
        "　4 代替拠点を設ける",
        "　　判断の基準：3日続けて異常がないことを条件とする。",
        "　　5 復旧するへ進む",
        "復旧",
        "　5 復旧する",
        "　　対応の終了",
    ]


def test_a_decision_that_leads_back_is_drawn_and_its_circle_named() -> None:
    back = replace(STEPS[3], decision="余震があるときは項番2に戻る。")
    steps = [*STEPS[:3], back, STEPS[4]]
    note = loop_note(steps)
    assert "手順が一巡しています（2 建物に入れるかを確かめる→" in note
    assert "様式10の「判断の基準」に書いてください。" in note
    assert "項番2に戻る。" in words(drawn(graphs(steps)).svg)
    assert loop_note(STEPS) == ""


def test_a_decision_that_names_no_step_of_the_plan_is_no_circle() -> None:
    assert loop_note([replace(STEPS[0], decision="余震があるときは項番99へ。")]) == ""


def test_a_phase_that_goes_on_in_the_next_lane_says_so() -> None:
    steps = [
        ActionFlowStep(n, f"システムを1台ずつ順に復旧する作業{n}", "復旧") for n in range(1, 25)
    ]
    text = words(drawn(graphs(steps)).svg)
    assert "復旧（続き）" in text
    assert text.count("A") == 2


def test_sixty_steps_fit_a_page_and_stay_readable() -> None:
    phases = ["初動"] * 30 + ["代替"] * 10 + ["復旧"] * 20
    steps = [
        ActionFlowStep(
            n, f"簡易版のシートで被害を調べる{n}", phase, ("電算機管理者",), "1時間～6時間"
        )
        for n, phase in enumerate(phases, start=1)
    ]
    drawing = drawn(graphs(steps))
    assert smallest_print(drawing.svg) >= 6.49
    assert all(f"{step.number}{step.title}" in words(drawing.svg) for step in steps)
