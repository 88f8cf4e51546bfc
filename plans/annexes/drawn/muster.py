"""The muster flow (参集フロー図), drawn from the muster rules (C-7)."""

from bcp_portal.figures import muster
from bcp_portal.figures.figure import Figure
from bcp_portal.figures.figure_factory import make_figure
from plans.annexes.drawn.figure_rows import DrawnRow, FigureRows
from plans.annexes.drawn.figure_spec import FigureEmptyError, FigureSpec

CODE, TITLE = "fig-muster", "参集フロー図"
_RULES = "c-7"


def _draw(source: FigureRows, code: str) -> Figure:
    rules = [rule_in_words(row) for row in source.rows(_RULES)]
    if not rules:
        raise FigureEmptyError(TITLE, "参集ルール")
    return make_figure(
        code=code,
        title=TITLE,
        graphs=muster.graphs(rules),
        alternative=muster.alternative(rules),
        legend=muster.LEGEND,
    )


def rule_in_words(row: DrawnRow) -> muster.Rule:
    """Return a rule in words, as the figure and the printed list of rules say it."""
    way, modes = row.label("trigger"), row.label("mode")
    return muster.Rule(
        event=row.marked(row.label("event_detail")),
        condition=row.value("threshold") or row.label("condition_kind"),
        way=f"{way}（{modes}）" if modes else way,
        who=_participants(row),
        decider=row.name("decider"),
        with_headquarters=(
            row.value("with_headquarters") == "set_up"
            and row.value("condition_kind") != "headquarters"
        ),
    )


def _participants(row: DrawnRow) -> str:
    who = row.value("who")
    if who == "roles" and (names := row.names("roles")):
        return "、".join(names)
    if who == "part" and (ratio := row.value("ratio")):
        return f"職員の{ratio}%"
    return row.label("who")


SPEC = FigureSpec(
    CODE,
    {
        _RULES: (
            "event_detail",
            "condition_kind",
            "threshold",
            "with_headquarters",
            "trigger",
            "mode",
            "who",
            "ratio",
            "roles",
            "decider",
        )
    },
    _draw,
)
