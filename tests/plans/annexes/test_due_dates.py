"""Every boundary of the calendar: quarters, fiscal years, anniversaries, days of grace."""

from datetime import date

import pytest

from bcp_portal.ui.eras import fiscal_year
from plans.annexes.due.calendar import (
    Quarter,
    drill_result_due,
    first_day_of_fiscal_year,
    is_more_than_a_year_ago,
    last_day_of_fiscal_year,
    occasional_check_due,
    one_year_after,
    quarter_of,
)

QUARTERS_OF_2026 = [
    (1, date(2026, 4, 1), date(2026, 6, 30)),
    (2, date(2026, 7, 1), date(2026, 9, 30)),
    (3, date(2026, 10, 1), date(2026, 12, 31)),
    (4, date(2027, 1, 1), date(2027, 3, 31)),
]


@pytest.mark.parametrize(("number", "first", "last"), QUARTERS_OF_2026)
def test_a_quarter_runs_from_its_first_day_to_its_last(
    number: int, first: date, last: date
) -> None:
    quarter = Quarter(2026, number)

    assert (quarter.first_day, quarter.last_day) == (first, last)
    assert quarter_of(first) == quarter_of(last) == quarter


def test_the_days_beside_a_quarter_belong_to_its_neighbours() -> None:
    assert quarter_of(date(2026, 3, 31)) == Quarter(2025, 4)
    assert quarter_of(date(2026, 7, 1)) == Quarter(2026, 2)
    assert quarter_of(date(2027, 4, 1)) == Quarter(2027, 1)


def test_the_quarter_before_crosses_the_fiscal_year() -> None:
    assert Quarter(2026, 1).previous == Quarter(2025, 4)
    assert Quarter(2026, 4).previous == Quarter(2026, 3)
    assert Quarter(2025, 4) < Quarter(2026, 1)


@pytest.mark.parametrize("number", [0, 5])
def test_there_is_no_fifth_quarter(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        Quarter(2026, number)


def test_a_fiscal_year_begins_in_april_and_ends_in_march() -> None:
    assert first_day_of_fiscal_year(2026) == date(2026, 4, 1)
    assert last_day_of_fiscal_year(2026) == date(2027, 3, 31)
    assert fiscal_year(date(2026, 3, 31)) == 2025
    assert fiscal_year(date(2026, 4, 1)) == 2026
    assert fiscal_year(date(2027, 1, 1)) == 2026


@pytest.mark.parametrize(
    ("day", "anniversary"),
    [
        (date(2025, 4, 10), date(2026, 4, 10)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2025, 3, 1)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
        (date(2025, 12, 31), date(2026, 12, 31)),
    ],
)
def test_the_anniversary_is_the_same_day_or_the_first_of_march(
    day: date, anniversary: date
) -> None:
    assert one_year_after(day) == anniversary


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [
        (date(2025, 4, 10), date(2026, 4, 9), False),
        (date(2025, 4, 10), date(2026, 4, 10), False),
        (date(2025, 4, 10), date(2026, 4, 11), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2024, 2, 29), date(2025, 3, 2), True),
        (date(2023, 2, 28), date(2024, 2, 29), True),
    ],
)
def test_more_than_a_year_ago_begins_the_day_after_the_anniversary(
    last: date, today: date, expected: bool
) -> None:
    assert is_more_than_a_year_ago(last, today) is expected


def test_days_of_grace_are_counted_from_the_day_of_the_event() -> None:
    assert occasional_check_due(date(2026, 4, 1)) == date(2026, 5, 1)
    assert drill_result_due(date(2027, 3, 31)) == date(2027, 4, 30)
