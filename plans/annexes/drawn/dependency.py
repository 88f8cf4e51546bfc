"""What each system needs from another (情報システムの依存関係図), drawn from 様式1."""

from dataclasses import replace

from bcp_portal.figures import dependencies
from bcp_portal.figures.figure import Figure
from bcp_portal.figures.figure_factory import make_figure
from plans.annexes.drawn.figure_rows import FigureRows
from plans.annexes.drawn.figure_spec import FigureEmptyError, FigureSpec

CODE, TITLE = "fig-dependency", "情報システムの依存関係図"
_SYSTEMS, _NEEDS = "1", "1-dependencies"
_FOUNDATIONS = ("network", "infra")


def _draw(source: FigureRows, code: str) -> Figure:
    rows = {row.key: row for row in source.rows(_SYSTEMS)}
    needs = [
        dependencies.DrawnDependency(
            from_key, to_key, row.value("hard"), row.marked(row.label("kind"))
        )
        for row in source.rows(_NEEDS)
        if (from_key := row.key_of("system")) in rows
        and (to_key := row.key_of("depends_on")) in rows
    ]
    if not needs:
        raise FigureEmptyError(TITLE, "様式1の「依存するシステム」")
    systems = [
        dependencies.System(key, row.marked(row.value("name")), row.value("kind") in _FOUNDATIONS)
        for key, row in rows.items()
    ]
    figure = make_figure(
        code=code,
        title=TITLE,
        graphs=dependencies.graphs(systems, needs),
        alternative=dependencies.alternative(systems, needs),
        legend=dependencies.LEGEND,
    )
    return replace(figure, note=figure.note + dependencies.loop_note(systems, needs))


SPEC = FigureSpec(
    CODE,
    {_SYSTEMS: ("name", "kind"), _NEEDS: ("system", "depends_on", "kind", "hard")},
    _draw,
)
