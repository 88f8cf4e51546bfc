"""Lays the steps of an action plan out in lanes, each of which fits the height of a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bcp_portal.figures.actions import ActionFlowStep
from bcp_portal.figures.box_sizes import AIRY, TIGHT
from bcp_portal.figures.graph import Arrow, Block, Box, BoxShape, Graph, LaneRow, LaneSection
from bcp_portal.figures.lane_labels import ASIDE, ASIDE_NARROWER, STEP, row_height, section_height

START, END = "危機的事象の発生", "対応の終了"
PARALLEL = "並行・継続"
OTHERWISE = "それ以外"
CRITERION = "判断の基準"
CONTINUED = "（続き）"
_MOST_ROLES = 2


@dataclass(frozen=True)
class _Arrangement:
    """How many lanes; none: one for each phase."""

    lanes: int
    label_width: int
    tight: bool = False
    brief: bool = False  # steps by their titles only


_ARRANGEMENTS = (
    _Arrangement(0, 32),
    _Arrangement(2, 36),
    _Arrangement(0, 32, tight=True),
    _Arrangement(2, 40, tight=True),
    _Arrangement(3, 32, tight=True),
    _Arrangement(3, 36, tight=True),
    _Arrangement(4, 34, tight=True),
    _Arrangement(5, 32, tight=True),
    _Arrangement(3, 34, tight=True, brief=True),
    _Arrangement(4, 28, tight=True, brief=True),
    _Arrangement(3, 38, tight=True, brief=True),
    _Arrangement(5, 30, tight=True, brief=True),
)


def graphs(steps: Sequence[ActionFlowStep]) -> Iterator[Graph]:
    """Yield the flow in one arrangement after another, the most airy first."""
    for arrangement in _ARRANGEMENTS:
        yield _Flow(arrangement).graph(steps)


@dataclass(frozen=True)
class _Stage:
    """Steps that are done at the same time with the decisions after them: never parted."""

    phase: str
    rows: tuple[LaneRow, ...]


class _Flow:
    """One arrangement of the flow."""

    def __init__(self, arrangement: _Arrangement) -> None:
        self._arrangement = arrangement
        self._spacing = TIGHT if arrangement.tight else AIRY

    def graph(self, steps: Sequence[ActionFlowStep]) -> Graph:
        lanes = self._lanes([self._stage(group) for group in _together(steps)])
        blocks = tuple(_lane(lane, at, lanes) for at, lane in enumerate(lanes))
        order = tuple(
            Arrow(left.key, right.key, level=True, hidden=True) for left, right in pairwise(blocks)
        )
        return Graph(
            blocks,
            order,
            label_width=self._arrangement.label_width,
            tight=self._arrangement.tight,
            last_resort=self._arrangement.brief,
        )

    def _lanes(self, stages: list[_Stage]) -> list[list[_Stage]]:
        if not self._arrangement.lanes:
            return [list(lane) for _phase, lane in groupby(stages, key=lambda stage: stage.phase)]
        most = sum(map(self._height, stages)) / self._arrangement.lanes
        while len(lanes := self._cut(stages, most)) > self._arrangement.lanes:
            most *= 1.02
        return lanes

    def _cut(self, stages: list[_Stage], most: float) -> list[list[_Stage]]:
        """Fill lanes of at most this height, one after another."""
        lanes: list[list[_Stage]] = [[]]
        height = 0.0
        for stage in stages:
            new_section = not lanes[-1] or lanes[-1][-1].phase != stage.phase
            own = self._height(stage) + (section_height(self._spacing) if new_section else 0)
            if lanes[-1] and height + own > most:
                lanes.append([])
                height = 0.0
                own = self._height(stage) + section_height(self._spacing)
            lanes[-1].append(stage)
            height += own
        return lanes

    def _height(self, stage: _Stage) -> int:
        width = self._arrangement.label_width
        return sum(row_height(row, width, self._spacing) for row in stage.rows)

    def _stage(self, steps: Sequence[ActionFlowStep]) -> _Stage:
        boxes = tuple(_step_box(step, brief=self._arrangement.brief) for step in steps)
        if len(boxes) == 1 and steps[0].parallel:
            boxes = (replace(boxes[0], lines=(*boxes[0].lines, PARALLEL)),)
        decisions = (self._decision(step) for step in steps)
        rows = (LaneRow(boxes, title=PARALLEL), *(row for row in decisions if row))
        return _Stage(steps[0].phase, rows)

    def _decision(self, step: ActionFlowStep) -> LaneRow | None:
        decision = step.read_decision()
        look = Box("", "", kin=ASIDE, label_width=self._arrangement.label_width - ASIDE_NARROWER)
        asides = [
            replace(look, key=f"branch {step.number} {at}", title=b.condition, lines=(b.action,))
            for at, b in enumerate(decision.branches)
        ]
        asides += [
            replace(
                look, key=f"rule {step.number} {at}", title=CRITERION, lines=(text,), dashed=True
            )
            for at, text in enumerate(decision.criteria)
        ]
        if not asides:
            return None
        diamond = Box(f"if {step.number}", f"{step.number} 判断", shape=BoxShape.DIAMOND)
        return LaneRow((diamond,), tuple(asides), label=OTHERWISE if decision.branches else "")


def _together(steps: Sequence[ActionFlowStep]) -> list[list[ActionFlowStep]]:
    """Join a parallel step to the steps before it in its phase."""
    groups: list[list[ActionFlowStep]] = []
    for step in steps:
        if step.parallel and groups and groups[-1][-1].phase == step.phase:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _lane(stages: list[_Stage], at: int, lanes: list[list[_Stage]]) -> Block:
    """Return a lane with its sections, and the signs by which it goes on in the next."""
    sections = [
        LaneSection(phase, tuple(row for stage in members for row in stage.rows))
        for phase, members in groupby(stages, key=lambda stage: stage.phase)
    ]
    first, last = sections[0], sections[-1]
    if at and lanes[at - 1][-1].phase == first.title:
        first = replace(first, title=first.title + CONTINUED)
    entry = _sign(at) if at else _terminal("start", START)
    sections[0] = replace(first, rows=(entry, *first.rows))
    last = sections[-1]
    leaving = _sign(at + 1) if at + 1 < len(lanes) else _terminal("end", END)
    sections[-1] = replace(last, rows=(*last.rows, leaving))
    return Block(f"lane {at}", sections=tuple(sections))


def _terminal(key: str, title: str) -> LaneRow:
    return LaneRow((Box(key, title, shape=BoxShape.ROUND, kin=STEP),))


def _sign(number: int) -> LaneRow:
    """Return a connector: A joins the first lane to the second, and so on."""
    letter = chr(ord("A") + number - 1)
    return LaneRow((Box(f"sign {letter}", letter, shape=BoxShape.CIRCLE),))


def _step_box(step: ActionFlowStep, *, brief: bool) -> Box:
    """Return a step with who does it, the first two by name, and when."""
    shown = "、".join(step.roles[:_MOST_ROLES])
    more = len(step.roles) - _MOST_ROLES
    who = f"{shown}ほか{more}" if more > 0 else shown
    lines = () if brief else tuple(text for text in (who, step.time) if text)
    return Box(f"step {step.number}", step.name, lines, kin=STEP)
