"""Finds what chapters show of 様式 that tell the same change themselves, so that it is told once."""

from collections.abc import Mapping

from plans.comparison.changes import Comparison, RowChange, Status, TableChange
from plans.comparison.difference_marks import plain
from plans.comparison.line import ComparisonLine, LineKind, line_of

Told = Mapping[str, tuple[str, TableChange]]
"""The number of the 様式 and its change, by the code of the table."""


def told_by_annexes(comparison: Comparison) -> Told:
    """Return what the 様式 of a comparison tell of their tables."""
    return {
        table.code: (part.number_new, table)
        for part in comparison.parts
        if part.kind == "annex" and part.status is not Status.REMOVED
        for table in part.tables
    }


def is_told(table: TableChange, told: Told) -> bool:
    """Tell whether a 様式 says all that changed in a table of a chapter."""
    if table.code not in told or table.status is not Status.CHANGED:
        return False
    whole = told[table.code][1]
    rows = {row.uid: row for row in whole.rows}
    return (
        (table.title_old, table.title_new, table.notes)
        == (whole.title_old, whole.title_new, whole.notes)
        and set(table.columns) <= set(whole.columns)
        and all(row.uid in rows and _says(rows[row.uid], row) for row in table.rows)
    )


def reference_line(table: TableChange, told: Told) -> ComparisonLine:
    """Return the line that stands in the chapter instead: its changes are with the 様式."""
    number = told[table.code][0]
    text = plain(f"表　{table.title}（{number}のとおり）")
    return line_of(LineKind.TABLE, Status.SAME, text, text)


def _says(whole: RowChange, part: RowChange) -> bool:
    """Tell whether a row of a 様式 tells what the same row in a chapter does; moves are its own."""
    came_or_went = {Status.ADDED, Status.REMOVED}
    if (whole.status in came_or_went or part.status in came_or_went) and (
        whole.status is not part.status
    ):
        return False
    return set(part.cells) <= set(whole.cells)
