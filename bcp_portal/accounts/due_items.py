"""Collects what falls due: every room adds its source, the home page shows them in one list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bcp_portal.accounts.models import Municipality


@dataclass(frozen=True)
class DueItem:
    """One thing that has to be done by a day; url leads to where it is done."""

    due_on: date
    title: str
    url: str = ""

    def is_overdue(self, today: date) -> bool:
        return self.due_on < today


DueSource = Callable[[Municipality, date], Iterable[DueItem]]
"""Returns what is due for the municipality in scope, seen from a day, in a few queries."""

_sources: list[DueSource] = []


def register_due(source: DueSource) -> None:
    """Add a source; called from the ready() of each room."""
    _sources.append(source)


def due_items(municipality: Municipality, today: date) -> list[DueItem]:
    """Return everything that is due, the earliest first."""
    found = [item for source in _sources for item in source(municipality, today)]
    return sorted(found, key=lambda item: (item.due_on, item.title))
