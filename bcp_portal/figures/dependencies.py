"""What each system needs from another: solid lines for what it cannot do without (様式1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bcp_portal.figures.figure import FigureLine
from bcp_portal.figures.graph import Arrow, Block, BlockCell, Box, BoxShape, Direction, Graph
from bcp_portal.graphs.chains import find_cycle

LEGEND = (
    "矢印の先が、必要とする相手です。実線は必須（相手が止まると使えない）、破線は必須でない（不便になる）依存です。"
    "角の丸い枠はネットワークと基盤です。依存の同じシステムは1つの枠に集めています。"
)


@dataclass(frozen=True)
class System:
    """A system or network; networks and shared foundations are drawn with round corners."""

    key: str
    name: str
    foundation: bool = False


@dataclass(frozen=True)
class DrawnDependency:
    """One dependency: without a hard need the system stops, without a soft one it is hampered."""

    source: str
    target: str
    hard: bool
    kind: str = ""


@dataclass(frozen=True)
class _Arrangement:
    direction: Direction
    rows: int  # how many boxes of a frame stand one below the other
    label_width: int
    tight: bool = False
    steps: int = 1  # over how many ranks the systems that nobody needs are spread


_ARRANGEMENTS = (
    _Arrangement(Direction.RIGHT, 8, 22),
    _Arrangement(Direction.RIGHT, 12, 22, tight=True),
    _Arrangement(Direction.DOWN, 6, 20, tight=True),
    _Arrangement(Direction.RIGHT, 6, 18, tight=True, steps=2),
    _Arrangement(Direction.RIGHT, 8, 16, tight=True, steps=3),
    _Arrangement(Direction.DOWN, 6, 16, tight=True, steps=4),
    _Arrangement(Direction.DOWN, 4, 16, tight=True, steps=8),
    _Arrangement(Direction.DOWN, 4, 14, tight=True, steps=12),
)


def graphs(systems: Sequence[System], needs: Sequence[DrawnDependency]) -> Iterator[Graph]:
    """Yield the dependencies in one arrangement after another; systems apart are left out."""
    groups = _groups(systems, needs)
    arrows = _arrows(groups, needs)
    for arrangement in _ARRANGEMENTS:
        yield Graph(
            tuple(_block(group, arrangement.rows) for group in groups),
            tuple(_spread(arrows, arrangement.steps)),
            direction=arrangement.direction,
            elbows=False,
            label_width=arrangement.label_width,
            tight=arrangement.tight,
        )


def _arrows(groups: Sequence[Sequence[System]], needs: Sequence[DrawnDependency]) -> list[Arrow]:
    """Return one arrow for each pair of blocks and strength; mutual needs share a line."""
    block_of = {system.key: group[0].key for group in groups for system in group}
    lines = dict.fromkeys((block_of[n.source], block_of[n.target], n.hard) for n in needs)
    arrows: list[Arrow] = []
    for source, target, hard in lines:
        mutual = (target, source, hard) in lines
        if not (mutual and any((a.source, a.target) == (target, source) for a in arrows)):
            arrows.append(Arrow(source, target, dashed=not hard, both=mutual))
    return arrows


def _spread(arrows: Sequence[Arrow], steps: int) -> Iterator[Arrow]:
    """Lengthen arrows, so that systems that nobody needs do not all stand in one rank."""
    targets = {arrow.target for arrow in arrows} | {a.source for a in arrows if a.both}
    outer = [source for source in dict.fromkeys(a.source for a in arrows) if source not in targets]
    ranks = {source: 1 + at % steps for at, source in enumerate(outer)}
    return (replace(arrow, ranks=ranks.get(arrow.source, 1)) for arrow in arrows)


def alternative(
    systems: Sequence[System], needs: Sequence[DrawnDependency]
) -> tuple[FigureLine, ...]:
    """Return the dependencies in words, system by system."""
    names = {system.key: system.name for system in systems}
    points = []
    for system in systems:
        own = [need for need in needs if need.source == system.key]
        if own:
            points.append(FigureLine(system.name, tuple(_need_point(need, names) for need in own)))
    return tuple(points)


def _need_point(need: DrawnDependency, names: dict[str, str]) -> FigureLine:
    strength = "必須" if need.hard else "必須でない"
    kind = f"、{need.kind}" if need.kind else ""
    return FigureLine(f"{names[need.target]}を必要とする（{strength}{kind}）")


def loop_note(systems: Sequence[System], needs: Sequence[DrawnDependency]) -> str:
    """Return which hard needs form a circle, or nothing: none of its systems can start first."""
    names = {system.key: system.name for system in systems}
    hard: dict[str, list[str]] = {}
    for need in needs:
        if need.hard:
            hard.setdefault(need.source, []).append(need.target)
    loop = find_cycle(hard)
    if not loop:
        return ""
    return (
        f"必須の依存が一巡しています（{'→'.join(names[key] for key in loop)}）。"
        "どれから動かせるのかを確かめ、様式1の「依存するシステム」を直してください。"
    )


def _groups(systems: Sequence[System], needs: Sequence[DrawnDependency]) -> list[list[System]]:
    """Return the systems that have a dependency, those with the very same ones together."""
    groups: dict[object, list[System]] = {}
    for system in systems:
        outwards = frozenset((n.target, n.hard) for n in needs if n.source == system.key)
        inwards = frozenset((n.source, n.hard) for n in needs if n.target == system.key)
        if outwards or inwards:
            groups.setdefault((outwards, inwards, system.foundation), []).append(system)
    return list(groups.values())


def _block(group: Sequence[System], rows: int) -> Block:
    cells = tuple(
        BlockCell(
            Box(
                system.key, system.name, shape=BoxShape.ROUND if system.foundation else BoxShape.BOX
            )
        )
        for system in group
    )
    together = len(group) > 1
    return Block(
        group[0].key, cells, columns=-(-len(group) // rows) if together else 1, framed=together
    )
