"""Renders flows in the worker pool, or takes them from the cache when nothing in them changed."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from plans.printing import worker
from plans.printing.cache import PartCache, content_key
from plans.printing.faces import FAMILIES, find_face
from plans.printing.flows import Flow
from plans.printing.page_units import RowsByPage, UnitStore
from plans.printing.pool import WORKERS, Pool
from plans.printing.problems import ImageMissingError, PartFailedError
from plans.printing.rendered_parts import PageRun, Source
from plans.printing.table_runs import TableRun

logger = logging.getLogger(__name__)

OnFlow = Callable[[], None]
# Changes whenever the meaning of a cached entry changes.
_FORMAT = "flow-4"
# One more than the workers, so that none of them waits.
_THREADS = WORKERS + 1


class Renderer:
    """Turns flows into pages; keeps what it rendered under the hash of everything that decides it."""

    def __init__(
        self, cache: PartCache, pool: Pool, style_sheet: str, *, tagged: bool = False
    ) -> None:
        self._tagged = tagged
        self._cache = cache
        self._pool = pool
        self._setting = content_key(
            _FORMAT, style_sheet, str(tagged), worker.engine_version(), *_font_fingerprints()
        )
        self._units = UnitStore(cache, self._setting)

    def render(self, flows: Sequence[Flow], on_flow: OnFlow) -> list[tuple[PageRun, ...]]:
        """Return the pieces of each flow, in order; calls `on_flow` whenever one is ready.

        Raises PartFailedError naming the part that could not be laid out.
        """
        # The longest first: the workers then finish together.
        order = sorted(range(len(flows)), key=lambda i: -flows[i].length)
        pieces: dict[int, tuple[PageRun, ...]] = {}
        with ThreadPoolExecutor(_THREADS) as threads:
            futures = {threads.submit(self._pieces, flows[i]): i for i in order}
            try:
                for future in as_completed(futures):
                    pieces[futures[future]] = future.result()
                    on_flow()
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise
        return [pieces[index] for index in range(len(flows))]

    def _pieces(self, flow: Flow) -> tuple[PageRun, ...]:
        if flow.rows:
            return TableRun(flow, self._units, self._stored, self._rendered).pieces()
        html = flow.html()
        key = content_key(self._setting, html)
        source = self._stored(key) or self._rendered(flow, html)[1]
        return (PageRun(source, 0, len(source.pages)),)

    def _stored(self, key: str) -> Source | None:
        content = self._cache.get(key)
        return Source(content) if content else None

    def _rendered(self, flow: Flow, html: str) -> tuple[str, Source, RowsByPage]:
        sheets = self._laid_out(flow, html)
        key = content_key(self._setting, html)
        self._cache.put(key, sheets.pdf)
        return key, Source(sheets.pdf), sheets.rows_by_page

    def _laid_out(self, flow: Flow, html: str) -> worker.RenderedFlow:
        """Have a worker render the HTML; nothing is kept of a flow that is not complete."""
        try:
            sheets = self._pool.render(html, self._tagged).result()
        except BrokenProcessPool:
            logger.exception("A print worker died while rendering %s.", flow.name)
            self._pool.close()
            raise PartFailedError(flow.name) from None
        except Exception as error:
            logger.exception("The print of %s failed.", flow.name)
            raise PartFailedError(flow.name) from error
        if sheets.unprintable:
            logger.error("Unprintable text in %s: %s", flow.name, sheets.unprintable)
            raise PartFailedError(flow.name)
        if sheets.unreadable_pictures:
            logger.error("Unreadable picture in %s: %s", flow.name, sheets.unreadable_pictures)
            raise ImageMissingError(f"「{flow.name}」")
        return sheets


def _font_fingerprints() -> list[str]:
    return [find_face(family, bold).fingerprint for family in FAMILIES for bold in (False, True)]
