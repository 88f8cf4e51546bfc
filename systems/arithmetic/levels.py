"""The level of precaution a system's priority asks for, and what is missing (表5.4-2 to 5.4-5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MAX_LEVEL = 4
MAX_VENDOR_LEVEL = 3
PRINTED_EVENT = "disaster"

# Tables 5.4-2 to 5.4-5: they speak of a disaster, and of these four components only.
_PRINTED_LEVELS = {
    "hardware": {"S": 4, "A": 3, "B": 3, "C": 2, "D": 2, "E": 1},
    "system_area": {"S": 4, "A": 3, "B": 3, "C": 2, "D": 2, "E": 1},
    "data_area": {"S": 4, "A": 3, "B": 3, "C": 2, "D": 2, "E": 1},
    "vendor": {"S": 3, "A": 3, "B": 3, "C": 2, "D": 2, "E": 1},
}

TypedLevels = Mapping[tuple[str, str, str], int]
"""Levels a municipality has set itself, by (event, component, priority)."""


def target_level(
    component: str, priority: str, event: str = PRINTED_EVENT, typed: TypedLevels | None = None
) -> int | None:
    """Return the target level of one component; None where nothing is printed or typed."""
    own = (typed or {}).get((event, component, priority))
    if own is not None or event != PRINTED_EVENT:
        return own
    return _PRINTED_LEVELS.get(component, {}).get(priority)


def highest_level(component: str) -> int:
    """Return the highest level a component can have: 3 for 委託先, else 4."""
    return MAX_VENDOR_LEVEL if component == "vendor" else MAX_LEVEL


def level_gap(level_target: int | None, level_now: int | None) -> int | None:
    """Return how many levels are missing, at least 0; None if either is not set."""
    if level_target is None or level_now is None:
        return None
    return max(0, level_target - level_now)


@dataclass(frozen=True)
class GapSummary:
    """Several gaps at a glance; a sum would mean nothing, so the largest and the count."""

    largest: int | None
    open_count: int

    @property
    def is_sufficient(self) -> bool:
        """充足: something was assessed and nothing is missing."""
        return self.largest == 0


def summarise_gaps(gaps: Iterable[int | None]) -> GapSummary:
    """Return the largest gap and the number of gaps above 0; blanks are left out."""
    known = [gap for gap in gaps if gap is not None]
    return GapSummary(max(known, default=None), sum(gap > 0 for gap in known))
