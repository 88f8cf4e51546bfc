"""Keeps the sample's dates fresh: without it, every contact would look unconfirmed after a year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bcp_portal.annex.kinds import Kind
from bcp_portal.ui.eras import DateError
from plans.sample.loader import SampleLine, SampleTable

WRITTEN_ON = date(2026, 11, 21)
"""The day on which the dates of the files were right."""

HISTORY = frozenset({"departments", "people", "20"})
"""Tables whose dates tell what happened once, and stay."""


def whole_years_since(today: date) -> int:
    """Return the anniversaries passed, never below 0: what is past stays past, in every year."""
    reached = (today.month, today.day) >= (WRITTEN_ON.month, WRITTEN_ON.day)
    return max(0, today.year - WRITTEN_ON.year - (not reached))


def brought_up_to_date(tables: Sequence[SampleTable], today: date) -> list[SampleTable]:
    """Return the tables with days and fiscal years moved on by whole years."""
    years = whole_years_since(today)
    return [
        table
        if table.code in HISTORY or not years
        else replace(table, lines=tuple(_moved_line(table, line, years) for line in table.lines))
        for table in tables
    ]


def _moved_line(table: SampleTable, line: SampleLine, years: int) -> SampleLine:
    kinds = {item.name: item.column.kind for item in table.sheet.editable_items}
    return line.with_cells(
        **{name: moved(text, kinds[name], years) for name, text in line.cells.items() if text}
    )


def moved(text: str, kind: Kind, years: int) -> str:
    """Return a cell later by whole years; a text that is no date is left for the form to refuse."""
    try:
        return kind.moved(text, years)
    except DateError:
        return text
