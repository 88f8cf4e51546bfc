"""Shortage and breakdown of 様式18, with the figures Kashiwazaki printed."""

import pytest

from systems.arithmetic.resources import (
    BreakdownItem,
    Mismatch,
    breakdown_totals,
    first_decrease,
    is_needed_at,
    mismatches,
    shortage,
)

SERVERS_FROM_D3 = (1, 1, 1, 1, 1, 1, 1, 1, 4, 2, 2, 8, 1, 3, 1)


def items(needed_from, *units, is_cloud=False):
    return [BreakdownItem(count, is_cloud, needed_from) for count in units]


def servers():
    return [
        *items("t0", 1, is_cloud=True),
        *items("d3", *SERVERS_FROM_D3),
        *items("w1", 1),
    ]


def test_servers_add_up_to_0_29_30_and_the_cloud_is_not_counted():
    assert breakdown_totals(servers()) == {"t0": 0, "d3": 29, "w1": 30}
    assert mismatches({"t0": 0, "d3": 29, "w1": 30}, servers()) == []


def test_leased_lines_add_up_to_0_3_3():
    lines = items("d3", 1, 1, 1)
    assert mismatches({"t0": 0, "d3": 3, "w1": 3}, lines) == []


def test_backup_media_do_not_add_up_at_once():
    media = items("d3", 1, 1, 1)
    assert mismatches({"t0": 3, "d3": 3, "w1": 3}, media) == [Mismatch("t0", 3, 0)]


def test_a_quantity_that_is_not_entered_is_not_compared():
    assert mismatches({"t0": None, "d3": 1}, items("d3", 1)) == []


def test_an_item_is_needed_from_its_time_point_on():
    assert [is_needed_at("d3", timepoint) for timepoint in ("t0", "d3", "w1")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("quantity", "secured", "expected"),
    [(3, 1, 2), (3, 3, 0), (3, 5, 0), (0, 0, 0), (3, 0, 3), (3, None, None), (None, 3, None)],
)
def test_shortage(quantity, secured, expected):
    assert shortage(quantity, secured) == expected


@pytest.mark.parametrize(
    ("quantities", "place"),
    [([0, 29, 30], None), ([3, 3, 3], None), ([5, 4, 6], 1), ([1, 3, 2], 2), ([3, None, 2], 2)],
)
def test_first_decrease(quantities, place):
    assert first_decrease(quantities) == place
