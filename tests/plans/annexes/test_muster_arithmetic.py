"""The rate of people who gather, on the printed figures of 柏崎市 11(5) and at its edges."""

import pytest

from plans.annexes.rules.muster_arithmetic import muster_rate


@pytest.mark.parametrize(
    ("expected", "needed", "rate"),
    [
        (3, 3, 100),
        (5, 15, 33),
        (1, 3, 33),
        (2, 3, 67),
        (0, 3, 0),
        (1, 8, 13),
        (1, 200, 1),
        (1, 201, 0),
        (4, 3, 133),
    ],
)
def test_the_rate_is_a_whole_percentage_with_halves_rounded_up(
    expected: int, needed: int, rate: int
) -> None:
    assert muster_rate(expected, needed) == rate


@pytest.mark.parametrize(("expected", "needed"), [(0, 0), (1, 0), (None, 3), (3, None)])
def test_nothing_is_a_share_of_nobody(expected: int | None, needed: int | None) -> None:
    assert muster_rate(expected, needed) is None
