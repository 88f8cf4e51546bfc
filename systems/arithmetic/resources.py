"""The arithmetic of 様式18: what is short at each time point, and whether a breakdown adds up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from systems.choice_lists import TIMEPOINT_MINUTES


@dataclass(frozen=True)
class BreakdownItem:
    """One named server, medium or line: it is needed from a time point on."""

    units: int
    is_cloud: bool
    needed_from: str


@dataclass(frozen=True)
class Mismatch:
    """A time point at which a breakdown does not add up to the quantity."""

    timepoint: str
    quantity: int
    total: int


def shortage(quantity: int | None, secured: int | None) -> int | None:
    """Return max(0, need - secured) in the unit of the resource; None if either is not set."""
    if quantity is None or secured is None:
        return None
    return max(0, quantity - secured)


def is_needed_at(
    needed_from: str, timepoint: str, minutes: Mapping[str, int] = TIMEPOINT_MINUTES
) -> bool:
    """Tell whether an item needed from one time point on is needed at another."""
    return minutes[needed_from] <= minutes[timepoint]


def breakdown_totals(
    items: Iterable[BreakdownItem], minutes: Mapping[str, int] = TIMEPOINT_MINUTES
) -> dict[str, int]:
    """Return the stock the items add up to at each time point; cloud items are not counted."""
    counted = [item for item in items if not item.is_cloud]
    return {
        timepoint: sum(
            item.units for item in counted if is_needed_at(item.needed_from, timepoint, minutes)
        )
        for timepoint in minutes
    }


def mismatches(
    quantities: Mapping[str, int | None],
    items: Iterable[BreakdownItem],
    minutes: Mapping[str, int] = TIMEPOINT_MINUTES,
) -> list[Mismatch]:
    """Return the time points at which the breakdown differs from the quantity, in time order."""
    found = []
    for timepoint, total in breakdown_totals(items, minutes).items():
        quantity = quantities.get(timepoint)
        if quantity is not None and quantity != total:
            found.append(Mismatch(timepoint, quantity, total))
    return found


def first_decrease(quantities: Sequence[int | None]) -> int | None:
    """Return the position of the first quantity below the one before it; None when it never falls."""
    known = [(place, value) for place, value in enumerate(quantities) if value is not None]
    for (_, before), (place, value) in pairwise(known):
        if value < before:
            return place
    return None
