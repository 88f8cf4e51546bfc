"""Whether a room stands lower than the flood, and what that proposes for a system."""

from decimal import Decimal

import pytest

from systems.arithmetic.exposure import (
    below_flood,
    building_weakness,
    flood_weakness,
    floor_elevation_m,
)


@pytest.mark.parametrize(
    ("floor", "elevation"),
    [(1, "0"), (2, "3.5"), (3, "7.0"), (-1, "-3.5"), (-2, "-7.0")],
)
def test_each_storey_is_three_and_a_half_metres(floor, elevation):
    assert floor_elevation_m(floor) == Decimal(elevation)


def test_no_building_has_a_floor_zero():
    with pytest.raises(ValueError, match="no floor 0"):
        floor_elevation_m(0)


@pytest.mark.parametrize(
    ("floor", "depth", "answer"),
    [
        (1, "0.1", "yes"),
        (2, "3.4", "no"),
        (2, "3.5", "no"),
        (2, "3.6", "yes"),
        (3, "7.0", "no"),
        (3, "7.1", "yes"),
        (-1, "0.5", "yes"),
    ],
)
def test_a_floor_counts_as_below_only_when_the_water_rises_above_it(floor, depth, answer):
    assert below_flood(floor, "yes", Decimal(depth)) == answer


def test_another_storey_height_may_be_assumed():
    assert below_flood(2, "yes", Decimal("3.6")) == "yes"
    assert below_flood(2, "yes", Decimal("3.6"), floor_height_m=Decimal(4)) == "no"


def test_outside_the_flood_zone_even_a_basement_is_not_below():
    assert below_flood(-1, "no", None) == "no"


@pytest.mark.parametrize(
    ("floor", "risk", "depth"),
    [(1, "unknown", None), (1, "yes", None), (None, "yes", Decimal(3))],
)
def test_what_is_not_known_stays_unknown(floor, risk, depth):
    assert below_flood(floor, risk, depth) == "unknown"


def test_a_building_never_surveyed_is_blank_and_not_unknown():
    assert below_flood(1, "", None) == ""
    assert flood_weakness("onprem", "", None, 1) == ""
    assert building_weakness("onprem", "") == ""


@pytest.mark.parametrize(
    ("new_seismic", "proposal"),
    [("yes", "sound"), ("reinforced", "sound"), ("no", "weak"), ("unknown", "unknown")],
)
def test_a_building_is_weak_when_it_misses_the_new_standard(new_seismic, proposal):
    assert building_weakness("onprem", new_seismic) == proposal


@pytest.mark.parametrize(
    ("floor", "risk", "depth", "proposal"),
    [
        (1, "yes", Decimal(3), "possible"),
        (2, "yes", Decimal(3), "none"),
        (1, "no", None, "none"),
        (1, "unknown", None, "unknown"),
    ],
)
def test_flooding_is_possible_where_the_floor_is_below_the_water(floor, risk, depth, proposal):
    assert flood_weakness("onprem", risk, depth, floor) == proposal


@pytest.mark.parametrize("hosting", ["dc", "cloud", "lgwan_asp", "line"])
def test_what_stands_elsewhere_is_offsite_whatever_the_building(hosting):
    assert building_weakness(hosting, "no") == "offsite"
    assert flood_weakness(hosting, "yes", Decimal(9), 1) == "offsite"


def test_a_program_on_terminals_shares_the_fate_of_the_building():
    assert building_weakness("terminal", "no") == "weak"
