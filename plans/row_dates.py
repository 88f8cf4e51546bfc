"""Compares the dates of one row, and names them in the municipality's own style."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bcp_portal.annex.spec import Problem
from bcp_portal.ui.eras import format_date


def day_text(row: Any, day: date) -> str:
    """Return the day in 和暦 or 西暦, as the municipality of the row writes it."""
    return format_date(day, row.municipality.date_style)


def not_before(row: Any, later: str, earlier: str) -> Iterator[Problem]:
    """Name the column `later` when its date lies before that of `earlier`; blank dates agree."""
    first, second = getattr(row, earlier), getattr(row, later)
    if first is None or second is None or second >= first:
        return
    labels = [str(row._meta.get_field(name).verbose_name) for name in (later, earlier)]
    yield Problem(
        later,
        f"{labels[0]}（{day_text(row, second)}）が{labels[1]}（{day_text(row, first)}）より前です。",
    )
