"""Shows a comparison on a page: what changed, leading down to where, and the table."""

from django import template

from plans.comparison.changes import Comparison, Runs
from plans.comparison.layout import NOTE, REMARK_TITLE, Layout
from plans.comparison.line import Line
from plans.comparison.lines import entries_of, lines_of

register = template.Library()


@register.inclusion_tag("plans/comparison/_comparison.html")
def comparison_table(comparison: Comparison, layout: Layout) -> dict[str, object]:
    """Show the list of changes and the table in two columns."""
    return {
        "entries": entries_of(comparison),
        "rows": [_row(line, layout) for line in lines_of(comparison)],
        "titles": layout.titles,
        "remark_title": REMARK_TITLE,
        "note": NOTE,
        "is_empty": comparison.is_empty,
    }


def _row(line: Line, layout: Layout) -> dict[str, object]:
    marks = ("ins", "del") if layout.new_first else ("del", "ins")
    sides = zip(layout.titles, layout.sides(line), marks, strict=True)
    return {
        "kind": line.kind.value,
        "level": min(line.level, 4),
        "anchor": line.anchor,
        "remark": line.remark,
        "is_same": line.old == line.new and not any(run.changed for run in line.new),
        "sides": [_side(title, runs, mark) for title, runs, mark in sides],
    }


def _side(title: str, runs: Runs, mark: str) -> dict[str, object]:
    return {"title": title, "runs": runs, "mark": mark}
