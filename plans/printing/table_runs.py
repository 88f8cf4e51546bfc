"""Puts a long table together from known pages, and has the unknown ones rendered."""

from collections.abc import Callable, Iterable, Iterator

from plans.printing.flows import Flow
from plans.printing.page_units import RowsByPage, RowsUnit, UnitStore, split_pages
from plans.printing.rendered_parts import PageRun, Source

Stored = Callable[[str], Source | None]
"""Opens a PDF by its key; None when it is not kept any more."""

Rendered = Callable[[Flow, str], tuple[str, Source, RowsByPage]]
"""Renders HTML of a flow; returns the key under which the PDF is kept, the PDF, and its rows."""

_USUAL_ROWS_ON_A_PAGE = 20
# The page may hold more rows than before the edit, and the row after it decides the break.
_MORE_ROWS = 3


class TableRun:
    """One long table on its way through the press."""

    def __init__(self, flow: Flow, units: UnitStore, stored: Stored, rendered: Rendered) -> None:
        self._flow = flow
        self._units = units
        self._stored = stored
        self._rendered = rendered
        self._sources: dict[str, Source] = {}

    def pieces(self) -> tuple[PageRun, ...]:
        """Return the pages of the whole table."""
        return tuple(self._joined(self._all_units()))

    def _all_units(self) -> Iterator[RowsUnit]:
        start = 0
        rows_on_page = _USUAL_ROWS_ON_A_PAGE
        run = 0
        while start < len(self._flow.rows):
            known = self._known(start)
            if known:
                found, run = [known], 0
            else:
                rows_on_page = self._units.rows_before(self._flow, start) or rows_on_page
                # Twice the run before: when pages do not fall in step again, few runs do it.
                run = max(rows_on_page + _MORE_ROWS, 2 * run)
                found = self._render(start, run)
            rows_on_page = found[-1].rows
            yield from found
            start += sum(unit.rows for unit in found)

    def _known(self, start: int) -> RowsUnit | None:
        unit = self._units.find(self._flow, start)
        if unit is None:
            return None
        if unit.pdf_key not in self._sources:
            source = self._stored(unit.pdf_key)
            if source is None:
                return None
            self._sources[unit.pdf_key] = source
        return unit

    def _render(self, start: int, rows: int) -> list[RowsUnit]:
        """Render about so many rows, more when they do not fill a page, and keep their units."""
        flow = self._flow
        end = len(flow.rows)
        if self._units.is_known_ahead(flow, start):
            end = min(end, start + rows)
        key, source, rows_by_page = self._rendered(flow, flow.rows_html(start, end))
        units = split_pages(rows_by_page, key, reaches_end=end == len(flow.rows))
        if not units:
            return self._render(start, 2 * rows)
        self._sources[key] = source
        at = start
        for unit in units:
            self._units.keep(flow, at, unit)
            at += unit.rows
        return units

    def _joined(self, units: Iterable[RowsUnit]) -> Iterator[PageRun]:
        """Yield neighbouring pages of one PDF as one piece."""
        last: PageRun | None = None
        for unit in units:
            source = self._sources[unit.pdf_key]
            if last and last.source is source and last.end == unit.first_page:
                last = PageRun(source, last.first, last.count + unit.pages)
                continue
            if last:
                yield last
            last = PageRun(source, unit.first_page, unit.pages)
        if last:
            yield last
