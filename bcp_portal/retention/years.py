"""Counts 保存年限 as municipalities do: whole fiscal years, from the April after a record was closed; pure."""

from datetime import date

_APRIL = 4


def fiscal_year(day: date) -> int:
    """Return the year in whose April the fiscal year of a day began."""
    return day.year - (day.month < _APRIL)


def first_day_kept(today: date, years: int) -> date:
    """Return the day before which a record was closed that is due today.

    Closed in fiscal 2020 and kept for 5 years, it is due from 1 April 2026 on.
    """
    return date(fiscal_year(today) - years, _APRIL, 1)
