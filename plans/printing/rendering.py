"""Renders flows in the worker pool, or takes them from the cache when nothing in them changed."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool

from plans.printing import worker
from plans.printing.cache import PartCache, content_key
from plans.printing.faces import FAMILIES, find_face
from plans.printing.flows import Flow
from plans.printing.pool import Pool
from plans.printing.problems import ImageMissingError, PartFailedError
from plans.printing.sources import Piece, Source

logger = logging.getLogger(__name__)

OnFlow = Callable[[], None]
# Changes whenever the meaning of a cached entry changes.
_FORMAT = "flow-1"


class Renderer:
    """Turns flows into pages; keeps what it rendered under the hash of everything that decides it."""

    def __init__(self, cache: PartCache, pool: Pool, style_sheet: str) -> None:
        self._cache = cache
        self._pool = pool
        self._setting = content_key(
            _FORMAT, style_sheet, worker.engine_version(), *_font_fingerprints()
        )

    def render(self, flows: Sequence[Flow], on_flow: OnFlow) -> list[Piece]:
        """Return one piece a flow, in order; calls `on_flow` whenever one is ready.

        Raises PartFailedError naming the part that could not be laid out.
        """
        htmls = [flow.html() for flow in flows]
        keys = [content_key(self._setting, html) for html in htmls]
        ready: dict[int, bytes] = {}
        for index, key in enumerate(keys):
            content = self._cache.get(key)
            if content is not None:
                ready[index] = content
                on_flow()
        # The longest first: the workers then finish together.
        wanted = sorted(set(range(len(flows))) - set(ready), key=lambda i: -len(htmls[i]))
        futures: dict[Future[worker.Sheets], int] = {}
        try:
            futures = {self._pool.render(htmls[i]): i for i in wanted}
            for future in as_completed(futures):
                index = futures[future]
                ready[index] = self._finished(future, flows[index])
                self._cache.put(keys[index], ready[index])
                on_flow()
        finally:
            for future in futures:
                future.cancel()
        return [_piece(ready[index]) for index in range(len(flows))]

    def _finished(self, future: "Future[worker.Sheets]", flow: Flow) -> bytes:
        try:
            sheets = future.result()
        except BrokenProcessPool:
            logger.exception("A print worker died while rendering %s.", flow.name)
            self._pool.close()
            raise PartFailedError(flow.name) from None
        except Exception:
            logger.exception("The print of %s failed.", flow.name)
            raise PartFailedError(flow.name) from None
        if sheets.unprintable:
            logger.error("Unprintable text in %s: %s", flow.name, sheets.unprintable)
            raise PartFailedError(flow.name)
        if sheets.unreadable_pictures:
            logger.error("Unreadable picture in %s: %s", flow.name, sheets.unreadable_pictures)
            raise ImageMissingError(f"「{flow.name}」")
        return sheets.pdf


def _piece(content: bytes) -> Piece:
    source = Source(content)
    return Piece(source, 0, len(source.pages))


def _font_fingerprints() -> list[str]:
    return [find_face(family, bold).fingerprint for family in FAMILIES for bold in (False, True)]
