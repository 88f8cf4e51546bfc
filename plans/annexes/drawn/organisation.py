"""The chart of a response organisation (体制図), drawn from 様式8, one a structure."""

from dataclasses import replace

from bcp_portal.figures import organisation
from bcp_portal.figures.figure import Figure
from bcp_portal.figures.figure_factory import make_figure
from plans.annexes.choice_lists import STRUCTURE
from plans.annexes.drawn.figure_rows import DrawnRow, FigureRows
from plans.annexes.drawn.figure_spec import FigureEmptyError, FigurePart, FigureSpec

CODE = "fig-organisation-"
_ROLES, _DEPUTIES, _PEOPLE = "8", "8-deputies", "people"


def title_of(structure: str) -> str:
    """Return the title of the chart of a structure, given by its label."""
    return f"体制図（{structure}）"


def _draw(source: FigureRows, code: str) -> Figure | None:
    structure = code.removeprefix(CODE)
    labels = dict(STRUCTURE.options) | source.labels(_ROLES, "structure")
    if structure not in labels:
        return None
    title = title_of(labels[structure])
    rows = source.rows(_ROLES, structure=structure)
    if not rows:
        raise FigureEmptyError(title, "様式8")
    deputies = _deputies(source, rows)
    roles = [_role(row, deputies.get(row.key, ())) for row in rows]
    whole, loops = organisation.without_loops(roles)
    figure = make_figure(
        code=code,
        title=title,
        graphs=organisation.graphs(whole),
        alternative=organisation.alternative(whole),
        legend=organisation.LEGEND,
    )
    return replace(figure, note=figure.note + organisation.loop_note(loops))


def _role(row: DrawnRow, deputies: tuple[organisation.Deputy, ...]) -> organisation.OrganisationBox:
    return organisation.OrganisationBox(
        key=row.key,
        name=row.marked(row.value("role_name")),
        post=row.value("post"),
        person=row.name("person"),
        superior=row.key_of("reports_to"),
        deputies=deputies,
    )


def _deputies(
    source: FigureRows, roles: list[DrawnRow]
) -> dict[str, tuple[organisation.Deputy, ...]]:
    """Return the line of deputies of each role by its key; none where they are not drawn."""
    if not source.draws(_DEPUTIES, "role"):
        return {}
    lines: dict[str, tuple[organisation.Deputy, ...]] = {}
    rows = source.rows(_DEPUTIES, role__in=[role.key for role in roles])
    for row in sorted(rows, key=lambda each: each.value("order")):
        person = row.of("person", _PEOPLE)
        post = row.value("post") or (person.value("post") if person else "")
        deputy = organisation.Deputy(row.value("order"), row.marked(post), row.name("person"))
        lines[row.key_of("role")] = (*lines.get(row.key_of("role"), ()), deputy)
    return lines


SPEC = FigureSpec(
    CODE,
    {
        _ROLES: ("structure", "role_name", "post", "person", "reports_to"),
        _DEPUTIES: ("role", "order", "post", "person"),
        # Where the line of deputies names no post, the person's own is drawn.
        _PEOPLE: ("post",),
    },
    _draw,
    (
        FigurePart("role_name", "役割"),
        FigurePart("post", "職", {_ROLES: ("post",)}),
        FigurePart("person", "氏名", {_ROLES: ("person",)}),
        FigurePart("deputies", "代行者", {_DEPUTIES: ("role", "order", "post", "person")}),
    ),
)
