"""Remembers a long table page by page, so that one changed cell renders one page.

The rows on a page and the row after them decide where it breaks, and nothing else does: widths
come from the columns, and rows are not split where they fit. So a page is kept under the hash of
these rows. After an edit the table is rendered from the changed page on, until a page begins with
a row with which a page has begun before.

A unit is a page; or some pages, when a row too tall for one page runs across them.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from plans.printing.cache import PartCache, content_key
from plans.printing.flows import Flow

RowsByPage = Sequence[Sequence[int]]
"""The numbers of the rows that begin on each page, from 0."""

_END = "end of table"
# How far ahead a page is looked for that is known, before the rest is rendered in one go.
_LOOK_AHEAD_ROWS = 80


@dataclass(frozen=True)
class RowsUnit:
    """Some rows of a table, and the pages of a stored PDF on which they stand."""

    rows: int
    pdf_key: str
    first_page: int
    pages: int


class UnitStore:
    """Finds and keeps the units of long tables."""

    def __init__(self, cache: PartCache, setting: str) -> None:
        self._cache = cache
        self._setting = setting

    def find(self, flow: Flow, start: int) -> RowsUnit | None:
        """Return the unit that begins with this row, when nothing that decides it has changed."""
        count = self.rows_before(flow, start)
        if count is None or start + count > len(flow.rows):
            return None
        stored = self._cache.get(self._unit_key(flow, start, count))
        return RowsUnit(**json.loads(stored)) if stored else None

    def is_known_ahead(self, flow: Flow, start: int) -> bool:
        """Tell whether a page has begun before with one of the rows after this one."""
        ahead = range(start + 1, min(start + _LOOK_AHEAD_ROWS, len(flow.rows)))
        return any(self.rows_before(flow, row) is not None for row in ahead)

    def keep(self, flow: Flow, start: int, unit: RowsUnit) -> None:
        """Remember a unit that begins with this row."""
        key = self._unit_key(flow, start, unit.rows)
        self._cache.put(key, json.dumps(asdict(unit)).encode())
        self._cache.put(self._hint_key(flow, start), str(unit.rows).encode())

    def rows_before(self, flow: Flow, start: int) -> int | None:
        """Return how many rows stood on the page that last began with this row."""
        stored = self._cache.get(self._hint_key(flow, start))
        return int(stored) if stored else None

    def _hint_key(self, flow: Flow, start: int) -> str:
        return content_key("hint", self._setting, flow.before_row(start), flow.rows[start])

    def _unit_key(self, flow: Flow, start: int, count: int) -> str:
        end = start + count
        following = flow.rows[end] if end < len(flow.rows) else _END
        rows = flow.rows[start:end]
        return content_key("unit", self._setting, flow.before_row(start), *rows, following)


def split_pages(rows_by_page: RowsByPage, pdf_key: str, *, reaches_end: bool) -> list[RowsUnit]:
    """Return the units of a rendered run of rows.

    Without the end of the table, the last unit is left out: the row after it was not there.
    """
    starts = [0]
    seen = -1
    for page, rows in enumerate(rows_by_page):
        if seen >= 0 and rows and rows[0] > seen:
            starts.append(page)
        seen = max([seen, *rows])
    ends = [*starts[1:], len(rows_by_page)]
    units = []
    done = 0
    for first, end in zip(starts, ends, strict=True):
        last_row = max((row for rows in rows_by_page[first:end] for row in rows), default=done - 1)
        units.append(RowsUnit(last_row + 1 - done, pdf_key, first, end - first))
        done = last_row + 1
    return units if reaches_end else units[:-1]
