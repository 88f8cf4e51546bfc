"""The flow of an action plan: phases as lanes, decisions as diamonds, parallel steps in one frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bcp_portal.figures.decisions import DecisionBranches, read_decision
from bcp_portal.figures.figure import FigureLine
from bcp_portal.graphs.chains import find_cycle

LEGEND = (
    "上から下へ、列の終わりまで進んだら次の列へ続きます。ひし形は判断、その右は当てはまるときに行うこと、"
    "破線の枠は判断の基準、囲みの中は並行・継続して行う手順です。同じ記号の丸はつながっています。"
)


@dataclass(frozen=True)
class ActionFlowStep:
    """One step of an action plan; `phase` is the label of its lane."""

    number: int
    title: str
    phase: str
    roles: tuple[str, ...] = ()
    time: str = ""
    parallel: bool = False
    decision: str = ""
    report_to: str = ""

    @property
    def name(self) -> str:
        return f"{self.number} {self.title}"

    def read_decision(self) -> DecisionBranches:
        return read_decision(self.decision)


def loop_note(steps: Sequence[ActionFlowStep]) -> str:
    """Return what to say below a flow whose decisions lead back to an earlier step, or nothing."""
    known = {step.number: step for step in steps}
    following: dict[int, list[int]] = {step.number: [] for step in steps}
    for step, after in pairwise(steps):
        following[step.number].append(after.number)
    for step in steps:
        targets = [branch.target for branch in step.read_decision().branches]
        following[step.number] += [target for target in targets if target in known]
    loop = find_cycle(following)
    if not loop:
        return ""
    return (
        f"手順が一巡しています（{'→'.join(known[number].name for number in loop)}）。"
        "戻った後にいつ先へ進むかを、様式10の「判断の基準」に書いてください。"
        "行き先が誤っているときは、「判断の基準」にある項番を直してください。"
    )


def alternative(steps: Sequence[ActionFlowStep]) -> tuple[FigureLine, ...]:
    """Return the flow in words: phase by phase the steps, and below each what belongs to it."""
    phases: dict[str, list[FigureLine]] = {}
    after = dict(pairwise(steps))
    for step in steps:
        points = [*_facts(step), *_ways_on(step, after.get(step))]
        phases.setdefault(step.phase, []).append(FigureLine(step.name, tuple(points)))
    return tuple(FigureLine(phase, tuple(points)) for phase, points in phases.items())


def _facts(step: ActionFlowStep) -> list[FigureLine]:
    facts = (
        ("担当", "、".join(step.roles)),
        ("時期", step.time),
        ("報告先", step.report_to),
    )
    points = [FigureLine(f"{label}：{text}") for label, text in facts if text]
    return [*points, FigureLine("前後の手順と並行・継続して行う")] if step.parallel else points


def _ways_on(step: ActionFlowStep, after: ActionFlowStep | None) -> list[FigureLine]:
    decision = step.read_decision()
    points = [FigureLine(f"判断の基準：{text}") for text in decision.criteria]
    points += [FigureLine(f"判断：{b.condition}→{b.action}") for b in decision.branches]
    otherwise = "それ以外は" if decision.branches else ""
    if after is None:
        return [*points, FigureLine(f"{otherwise}対応の終了")]
    return [*points, FigureLine(f"{otherwise}{after.name}へ進む")]
