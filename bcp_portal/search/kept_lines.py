"""Keeps for each municipality what was made of its records, beside the state they were in.

A source that keeps lines compares this state with the database at every search: what is kept saves
the making, never the asking. Each process keeps its own.
"""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.queries import is_link

Kept = TypeVar("Kept")

TOWNS = 10
"""Of so many municipalities a process keeps lines, of those asked for last: megabytes each."""


class KeptLines(Generic[Kept]):
    """What one source made, by municipality.

    What was made beside another operation log, which a restored database has, is not believed: its
    rows may say otherwise under the same keys and versions.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[tuple[int, str], Kept]] = OrderedDict()
        self._lock = Lock()

    def get(self, municipality: Municipality) -> Kept | None:
        """Return what is kept of the municipality in scope, or None."""
        with self._lock:
            link, kept = self._kept.get(municipality.pk, ((0, ""), None))
            if kept is not None:
                self._kept.move_to_end(municipality.pk)
        return kept if is_link(*link) else None

    def put(self, municipality: Municipality, link: tuple[int, str], made: Kept) -> None:
        """Keep what was made after the log of the municipality ended with this link."""
        with self._lock:
            self._kept[municipality.pk] = (link, made)
            self._kept.move_to_end(municipality.pk)
            while len(self._kept) > TOWNS:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
