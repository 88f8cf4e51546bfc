"""Chooses the fiscal year whose programme of drills a plan prints."""

from collections.abc import Collection


def year_to_show(years: Collection[int], this_year: int) -> int:
    """Return this fiscal year; without a programme for it, the latest year that has one."""
    if this_year in years or not years:
        return this_year
    return max(years)
