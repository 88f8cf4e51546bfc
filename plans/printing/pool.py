"""Keeps two worker processes ready; they receive HTML strings and return PDF bytes."""

import multiprocessing
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import Self

from plans.printing import worker

WORKERS = 2


class Pool:
    """Worker processes for one style sheet, started when the first flow has to be rendered.

    They are forked from a server process that has imported the engine and nothing else, never
    from this one with its database connections. Starting them costs half a second; ending them
    after each print gives back what a large plan made them grow.
    """

    def __init__(self, style_sheet: str, workers: int = WORKERS) -> None:
        self._style_sheet = style_sheet
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def render(self, html: str, tagged: bool = False) -> "Future[worker.RenderedFlow]":
        """Lay out the HTML in a worker, with tags for readers who cannot see where asked for."""
        with self._lock:
            if self._executor is None:
                self._executor = self._start()
            return self._executor.submit(worker.render, html, tagged)

    def close(self) -> None:
        """End the workers; the next flow starts new ones."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["plans.printing.worker", "weasyprint"])
        return ProcessPoolExecutor(
            self._workers,
            mp_context=context,
            initializer=worker.start,
            initargs=(self._style_sheet,),
        )
