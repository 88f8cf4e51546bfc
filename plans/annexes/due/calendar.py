"""When a check, a drill result or a report is due by the calendar of 柏崎市 13 and the 政府機関等ガイドライン付録; pure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bcp_portal.ui.eras import fiscal_year

OCCASIONAL_CHECK_DAYS = 30
DRILL_RESULT_DAYS = 30


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a fiscal year: 1 is April to June, 4 is January to March."""

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"A fiscal year has quarters 1 to 4, not {self.number}.")

    @property
    def first_day(self) -> date:
        year = self.fiscal_year if self.number < 4 else self.fiscal_year + 1
        return date(year, self.number * 3 + 1 if self.number < 4 else 1, 1)

    @property
    def last_day(self) -> date:
        """The day on which a quarterly check falls due."""
        month = self.first_day.month + 2
        year = self.first_day.year
        return date(year, month, calendar.monthrange(year, month)[1])

    @property
    def previous(self) -> "Quarter":
        if self.number > 1:
            return Quarter(self.fiscal_year, self.number - 1)
        return Quarter(self.fiscal_year - 1, 4)


def quarter_of(day: date) -> Quarter:
    """Return the quarter a day lies in."""
    return Quarter(fiscal_year(day), ((day.month - 4) % 12) // 3 + 1)


def first_day_of_fiscal_year(year: int) -> date:
    return date(year, 4, 1)


def last_day_of_fiscal_year(year: int) -> date:
    """Return 31 March, on which everything owed once a fiscal year is due."""
    return date(year + 1, 3, 31)


def one_year_after(day: date) -> date:
    """Return the same day of the next year; 29 February becomes 1 March."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 3, 1)
    return day.replace(year=day.year + 1)


def is_more_than_a_year_ago(last: date, today: date) -> bool:
    """Tell whether today lies after the anniversary of `last`; the anniversary itself does not."""
    return today > one_year_after(last)


def occasional_check_due(triggered_on: date) -> date:
    """Return the day by which a check follows the event that called for it (30 days)."""
    return triggered_on + timedelta(days=OCCASIONAL_CHECK_DAYS)


def drill_result_due(held_on: date) -> date:
    """Return the day by which the result of a drill is written down (30 days)."""
    return held_on + timedelta(days=DRILL_RESULT_DAYS)
