"""Says how exposed a room is to an earthquake or a flood; pure arithmetic on what was surveyed."""

from decimal import Decimal

FLOOR_HEIGHT_M = Decimal("3.5")
"""Assumed height of one storey (no source prints one): floor 1 lies at 0 m, floor 2 at 3.5 m."""

OFFSITE_HOSTING = frozenset({"dc", "cloud", "lgwan_asp", "line"})
"""HOSTING codes of what stands outside the municipality's own buildings."""

_BUILDING_WEAKNESS = {"yes": "sound", "reinforced": "sound", "no": "weak", "unknown": "unknown"}
_FLOOD_WEAKNESS = {"yes": "possible", "no": "none", "unknown": "unknown"}


def floor_elevation_m(floor: int, floor_height_m: Decimal = FLOOR_HEIGHT_M) -> Decimal:
    """Return the height of a floor above the ground in metres; floor -1 is one storey below.

    Raises ValueError for floor 0, which no building has.
    """
    if floor == 0:
        raise ValueError("There is no floor 0.")
    return floor_height_m * (floor - 1 if floor > 0 else floor)


def below_flood(
    floor: int | None,
    flood_risk: str,
    flood_depth_m: Decimal | None,
    floor_height_m: Decimal = FLOOR_HEIGHT_M,
) -> str:
    """Return yes, no or unknown: does the floor lie lower than the assumed flood (様式4 no. 11)?

    `flood_risk` is the building's tri code; when it is blank the building was never surveyed and
    the answer is blank too. Water that just reaches the level of the floor is not above it.
    """
    if flood_risk in ("", "no"):
        return flood_risk
    if flood_risk == "unknown" or flood_depth_m is None or not floor:
        return "unknown"
    return "yes" if floor_elevation_m(floor, floor_height_m) < flood_depth_m else "no"


def building_weakness(hosting: str, new_seismic: str) -> str:
    """Return the proposed BUILDING_WEAK code (様式1 no. 15), or blank when nothing is known.

    `hosting` is a HOSTING code; `new_seismic` the NEW_SEISMIC code of the building that houses it.
    """
    if hosting in OFFSITE_HOSTING:
        return "offsite"
    return _BUILDING_WEAKNESS.get(new_seismic, "")


def flood_weakness(
    hosting: str, flood_risk: str, flood_depth_m: Decimal | None, floor: int | None
) -> str:
    """Return the proposed FLOOD_WEAK code (様式1 no. 16), or blank when nothing is known."""
    if hosting in OFFSITE_HOSTING:
        return "offsite"
    return _FLOOD_WEAKNESS.get(below_flood(floor, flood_risk, flood_depth_m), "")
