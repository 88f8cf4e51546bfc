"""Target levels and gaps of 表5.4-2 to 5.4-5."""

import pytest

from systems.arithmetic.levels import (
    GapSummary,
    highest_level,
    level_gap,
    summarise_gaps,
    target_level,
)


@pytest.mark.parametrize(
    ("priority", "hardware", "system_area", "data_area", "vendor"),
    [
        ("S", 4, 4, 4, 3),
        ("A", 3, 3, 3, 3),
        ("B", 3, 3, 3, 3),
        ("C", 2, 2, 2, 2),
        ("D", 2, 2, 2, 2),
        ("E", 1, 1, 1, 1),
    ],
)
def test_printed_target_levels(priority, hardware, system_area, data_area, vendor):
    found = [
        target_level(component, priority)
        for component in ("hardware", "system_area", "data_area", "vendor")
    ]
    assert found == [hardware, system_area, data_area, vendor]


@pytest.mark.parametrize("component", ["org", "facility", "network"])
def test_components_without_a_printed_table_are_blank_until_typed(component):
    assert target_level(component, "S") is None
    assert target_level(component, "S", typed={("disaster", component, "S"): 2}) == 2


def test_no_target_without_priority_or_component():
    assert target_level("hardware", "") is None
    assert target_level("", "S") is None


def test_the_printed_levels_hold_for_a_disaster_only():
    assert target_level("hardware", "S", event="security") is None
    typed = {("security", "hardware", "S"): 1}
    assert target_level("hardware", "S", event="security", typed=typed) == 1
    assert target_level("hardware", "S", typed=typed) == 4


def test_a_typed_level_replaces_the_printed_one_even_when_it_is_zero():
    assert target_level("hardware", "E", typed={("disaster", "hardware", "E"): 0}) == 0


def test_levels_end_at_three_for_vendors_and_at_four_elsewhere():
    assert highest_level("vendor") == 3
    assert highest_level("hardware") == 4
    assert highest_level("") == 4


@pytest.mark.parametrize(
    ("target", "now", "gap"),
    [(3, 0, 3), (3, 3, 0), (3, 4, 0), (0, 0, 0), (None, 0, None), (3, None, None)],
)
def test_gap(target, now, gap):
    assert level_gap(target, now) == gap


def test_gaps_are_summed_up_by_the_largest_and_the_count():
    assert summarise_gaps([3, 0, None, 1]) == GapSummary(largest=3, open_count=2)
    assert summarise_gaps([0, 0]).is_sufficient is True
    assert summarise_gaps([1, 0]).is_sufficient is False
    assert summarise_gaps([None]) == GapSummary(largest=None, open_count=0)
    assert summarise_gaps([]).is_sufficient is False
