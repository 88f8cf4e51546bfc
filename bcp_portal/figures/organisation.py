"""The chart of a response organisation: who reports to whom, and who stands in (様式8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bcp_portal.figures.figure import FigureLine
from bcp_portal.figures.graph import Arrow, Box, Graph
from bcp_portal.figures.tree_folding import Folder, Folding, Tree, outline_columns
from bcp_portal.figures.wrapping import width_of
from bcp_portal.graphs.chains import find_cycle

LEGEND = "実線の枠は役割、破線の枠は代行者です。代行者の数字は代わる順番です。"
UNNAMED = "職の記載なし"


@dataclass(frozen=True)
class _Folded:
    """A tree whose small branches are lists."""

    folding: Folding = field(default_factory=Folding)
    beside: bool = False
    label_width: int = 24


@dataclass(frozen=True)
class _Columns:
    """An outline in columns: the last resort of large organisations."""

    count: int
    label_width: int


# The plainest first.
_FOLDED = (
    _Folded(),
    _Folded(label_width=28),
    _Folded(Folding(1, 4)),
    _Folded(Folding(1, 4, packed=True)),
    _Folded(Folding(1, 4, packed=True), label_width=28),
    _Folded(Folding(2, 7, packed=True), label_width=22),
    _Folded(Folding(2, 7, packed=True), beside=True),
)
_COLUMNS = (
    _Columns(3, 34),
    _Columns(3, 31),
    _Columns(4, 30),
    _Columns(3, 28),
    _Columns(5, 24),
    _Columns(2, 34),
)


@dataclass(frozen=True)
class Deputy:
    """Who takes over, in which place of the line."""

    order: int
    post: str
    person: str = ""

    @property
    def text(self) -> str:
        """Return order, post and person on one line."""
        return self._text("　")

    def label(self, width: int) -> str:
        """Return the same for a box, the person on a line of its own when one is too short."""
        return self.text if width_of(self.text) <= width else self._text("\n")

    def _text(self, between: str) -> str:
        holder = f"{self.order} {self.post or UNNAMED}"
        return f"{holder}{between}{self.person}" if self.person else holder


@dataclass(frozen=True)
class OrganisationBox:
    """One role of a structure; `superior` is the key of another role, or empty."""

    key: str
    name: str
    post: str = ""
    person: str = ""
    superior: str = ""
    deputies: tuple[Deputy, ...] = ()


def without_loops(
    roles: Sequence[OrganisationBox],
) -> tuple[list[OrganisationBox], list[list[str]]]:
    """Return the roles with every circle of command cut open, and the circles as names.

    The first role of a circle is put at the top, so that all can be drawn.
    """
    whole = {role.key: role for role in roles}
    loops: list[list[str]] = []
    while loop := find_cycle(
        {r.key: [r.superior] if r.superior in whole else [] for r in whole.values()}
    ):
        loops.append([whole[key].name for key in loop])
        whole[loop[0]] = replace(whole[loop[0]], superior="")
    return list(whole.values()), loops


def loop_note(loops: Sequence[Sequence[str]]) -> str:
    """Return what to say below a chart whose circles were cut open; empty without one."""
    return "".join(
        f"上位の役割が一巡しています（{'→'.join(names)}）。図では「{names[0]}」を上に置きました。"
        "様式8で、このうち1つの役割の「上位の役割」を直してください。"
        for names in loops
    )


def graphs(roles: Sequence[OrganisationBox]) -> Iterator[Graph]:
    """Yield the chart in one arrangement after another, the most beautiful first."""
    tree = _tree(roles)
    for folded in _FOLDED:
        yield _folded_graph(roles, tree, folded)
    for columns in _COLUMNS:
        yield _column_graph(roles, tree, columns)


def _folded_graph(roles: Sequence[OrganisationBox], tree: Tree, folded: _Folded) -> Graph:
    alone = _alone_in_rank(tree)
    width = folded.label_width
    boxes = {
        role.key: _box(role, width, beside=folded.beside or role.key in alone) for role in roles
    }
    folder = Folder(boxes, tree, folded.folding)
    for head in tree.get("", ()):
        folder.add(head)
    return Graph(tuple(folder.blocks), tuple(folder.arrows), label_width=width)


def _column_graph(roles: Sequence[OrganisationBox], tree: Tree, columns: _Columns) -> Graph:
    width = columns.label_width
    boxes = {role.key: _box(role, width, compact=True) for role in roles}
    blocks = outline_columns(boxes, tree, count=columns.count, label_width=width)
    order = tuple(
        Arrow(left.key, right.key, level=True, hidden=True) for left, right in pairwise(blocks)
    )
    return Graph(tuple(blocks), order, label_width=width, tight=True, last_resort=True)


def _alone_in_rank(tree: Tree) -> set[str]:
    """Return the roles at the top that have no equal: there is room for deputies at their side."""
    alone: set[str] = set()
    rank = list(tree.get("", ()))
    while len(rank) == 1:
        alone.update(rank)
        rank = list(tree.get(rank[0], ()))
    return alone


def alternative(roles: Sequence[OrganisationBox]) -> tuple[FigureLine, ...]:
    """Return the chart in words: below each role its deputies and those who report to it."""
    known = {role.key: role for role in roles}
    tree = _tree(roles)

    def point(key: str) -> FigureLine:
        role = known[key]
        deputies = tuple(FigureLine(f"代行者{deputy.text}") for deputy in role.deputies)
        below = tuple(point(child) for child in tree.get(key, ()))
        subordinates = (FigureLine(f"{role.name}の指示を受ける役割", below),) if below else ()
        return FigureLine(_role_text(role), (*deputies, *subordinates))

    return tuple(point(key) for key in tree.get("", ()))


def _role_text(role: OrganisationBox) -> str:
    holder = "　".join(part for part in (role.post, role.person) if part)
    return f"{role.name}（{holder}）" if holder else role.name


def _tree(roles: Sequence[OrganisationBox]) -> Tree:
    """Return the roles below each role; those without a known superior stand below ""."""
    known = {role.key for role in roles}
    tree: dict[str, list[str]] = {}
    for role in roles:
        tree.setdefault(role.superior if role.superior in known else "", []).append(role.key)
    return tree


def _box(
    role: OrganisationBox, label_width: int, *, beside: bool = False, compact: bool = False
) -> Box:
    lines = tuple(part for part in (role.post, role.person) if part)
    together = "　".join(lines)
    if compact and together and width_of(together) <= label_width:
        lines = (together,)
    deputies = tuple(deputy.label(label_width) for deputy in role.deputies)
    return Box(role.key, role.name, lines, attached=deputies, beside=beside)
