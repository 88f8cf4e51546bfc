"""The muster flow: from an event by its condition to who gathers, and how (C-7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bcp_portal.figures.figure import FigureLine
from bcp_portal.figures.graph import Arrow, Block, Box, BoxShape, Direction, Graph, single

LEGEND = "左から順に、灰色の枠は起きた事象、角の丸い枠は条件、四角い枠は参集する人と方法です。"
HEADQUARTERS = "災害対策本部が設置されたとき"


@dataclass(frozen=True)
class _Arrangement:
    """Widths of labels in half-width characters; `merged`: the headquarters are no rank apart."""

    event: int
    condition: int
    outcome: int
    tight: bool = True
    merged: bool = False


_ARRANGEMENTS = (
    _Arrangement(16, 22, 34, tight=False),
    _Arrangement(18, 24, 40, tight=False),
    _Arrangement(18, 24, 40),
    _Arrangement(16, 22, 46),
    _Arrangement(20, 28, 52),
    _Arrangement(14, 20, 60),
    _Arrangement(18, 28, 60, merged=True),
    _Arrangement(16, 34, 74, merged=True),
)


@dataclass(frozen=True)
class Rule:
    """One muster rule: when and under which condition, and what then happens."""

    event: str
    condition: str
    way: str
    who: str
    decider: str = ""
    with_headquarters: bool = False

    @property
    def outcome(self) -> str:
        return f"{self.decider}の{self.way}" if self.decider else self.way


def graphs(rules: Sequence[Rule]) -> Iterator[Graph]:
    """Yield the flow in one arrangement after another, the most airy first."""
    for arrangement in _ARRANGEMENTS:
        flow = _Flow(arrangement, any(rule.with_headquarters for rule in rules))
        for rule in rules:
            flow.add(rule)
        flow.tie_together()
        yield Graph(
            tuple(flow.blocks.values()),
            tuple(dict.fromkeys(flow.arrows)),
            direction=Direction.RIGHT,
            tight=arrangement.tight,
            last_resort=arrangement.merged,
        )


def alternative(rules: Sequence[Rule]) -> tuple[FigureLine, ...]:
    """Return the flow in words: event, condition, and below them who gathers and how."""
    events: dict[str, dict[str, list[FigureLine]]] = {}
    for rule in rules:
        condition = rule.condition
        if rule.with_headquarters:
            condition = f"{condition}、かつ{HEADQUARTERS}"
        points = events.setdefault(rule.event, {}).setdefault(condition, [])
        points.append(FigureLine(f"{rule.outcome}、参集者：{rule.who}"))
    return tuple(
        FigureLine(
            event, tuple(FigureLine(text, tuple(points)) for text, points in conditions.items())
        )
        for event, conditions in events.items()
    )


class _Flow:
    """Boxes in three or four ranks; what several rules share is drawn once."""

    def __init__(self, arrangement: _Arrangement, has_headquarters: bool) -> None:
        self._widths = arrangement
        self._merged = arrangement.merged
        self._has_rank = has_headquarters and not arrangement.merged
        self.blocks: dict[str, Block] = {}
        self.arrows: list[Arrow] = []

    def add(self, rule: Rule) -> None:
        event = Box(
            f"e {rule.event}",
            rule.event,
            shape=BoxShape.HEAD,
            kin="event",
            label_width=self._widths.event,
        )
        last = self._join(self._join("", event), self._condition(rule))
        if self._has_rank:
            last = self._headquarters(rule, last)
        outcome = Box(
            f"o {len(self.blocks)}",
            rule.outcome,
            (rule.who,),
            kin="outcome",
            label_width=self._widths.outcome,
        )
        self._join(last, outcome)

    def _condition(self, rule: Rule) -> Box:
        merged = self._merged and rule.with_headquarters
        return Box(
            f"c {rule.event} {rule.condition} {merged}",
            rule.condition,
            (f"かつ{HEADQUARTERS}",) if merged else (),
            shape=BoxShape.ROUND,
            kin="condition",
            label_width=self._widths.condition,
        )

    def _headquarters(self, rule: Rule, condition: str) -> str:
        """Return the box of the headquarters, or the place where the arrow passes by it."""
        key = f"h {condition} {rule.with_headquarters}"
        if rule.with_headquarters:
            box = Box(key, HEADQUARTERS, shape=BoxShape.ROUND, kin="headquarters", label_width=16)
            return self._join(condition, box)
        self.blocks[key] = single(Box(key, "", shape=BoxShape.POINT))
        self.arrows.append(Arrow(condition, key, tip=False))
        return key

    def _join(self, source: str, box: Box) -> str:
        """Add a box, unless another rule has brought it, and the arrow that leads to it."""
        self.blocks[box.key] = single(box)
        if source:
            self.arrows.append(Arrow(source, box.key))
        return box.key

    def tie_together(self) -> None:
        """Keep the events in their order: graphviz lays loose parts out from below."""
        events = [key for key, block in self.blocks.items() if block.box.shape is BoxShape.HEAD]
        self.blocks["start"] = single(Box("start", "", shape=BoxShape.POINT))
        self.arrows += [Arrow("start", event, hidden=True) for event in events]
