"""Lays out HTML in a process of its own; knows neither Django nor the database.

WeasyPrint is imported in the worker only: it costs the parent a second and 60 MB.
"""

import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from plans.printing.flows import ROW_ANCHOR
from plans.printing.tag_repair import mend_tags

PICTURE_DPI = 200
# Collecting garbage after each flow would take a seventh of the time.
_GARBAGE_BYTES = 128 * 1024 * 1024

_press: dict[str, Any] = {}


@dataclass(frozen=True)
class RenderedFlow:
    """A rendered flow: its PDF, the numbered rows on each page, and what the engine left out."""

    pdf: bytes
    rows_by_page: tuple[tuple[int, ...], ...] = ()
    unprintable: tuple[str, ...] = ()
    unreadable_pictures: tuple[str, ...] = ()


def engine_version() -> str:
    """Return what decides where lines and pages break, besides fonts and style sheet."""
    pango = ctypes.CDLL("libpango-1.0.so.0")
    return f"weasyprint-{version('weasyprint')} pango-{pango.pango_version()}"


def start(style_sheet: str) -> None:
    """Prepare a fresh worker: fonts, parsed style sheet, one line of Japanese laid out."""
    from weasyprint import CSS  # late: heavy
    from weasyprint.text.fonts import FontConfiguration  # late: heavy

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    fonts = FontConfiguration()
    _press["fonts"] = fonts
    _press["style"] = CSS(string=style_sheet, font_config=fonts, url_fetcher=_only_data())
    render('<html lang="ja"><p>準備<b>完了</b></p></html>')
    gc.collect()
    gc.freeze()
    gc.disable()
    _press["settled_bytes"] = _resident_bytes()


def render(html: str, tagged: bool = False) -> RenderedFlow:
    """Return the HTML as a PDF; characters and pictures left out are named beside it."""
    sheets = _rendered(html, tagged)
    if _resident_bytes() - _press.get("settled_bytes", 0) > _GARBAGE_BYTES:
        gc.collect()
        _press["settled_bytes"] = _resident_bytes()
    return sheets


def _resident_bytes() -> int:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGESIZE")


def _rendered(html: str, tagged: bool) -> RenderedFlow:
    from weasyprint import HTML  # late: heavy

    warnings = _Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    try:
        html_document = HTML(string=html, url_fetcher=_only_data())
        pages = html_document.render(
            stylesheets=[_press["style"]], font_config=_press["fonts"], dpi=PICTURE_DPI
        )
        mend = mend_tags if tagged else None
        pdf = pages.write_pdf(dpi=PICTURE_DPI, pdf_tags=tagged, finisher=mend)
    finally:
        logger.removeHandler(warnings)
    rows = tuple(_row_numbers(page.anchors) for page in pages.pages)
    return RenderedFlow(pdf, rows, tuple(warnings.unprintable), tuple(warnings.unreadable_pictures))


def _row_numbers(anchors: Iterable[str]) -> tuple[int, ...]:
    prefix = len(ROW_ANCHOR)
    numbers = (name[prefix:].partition("-")[0] for name in anchors if name.startswith(ROW_ANCHOR))
    return tuple(sorted(set(map(int, numbers))))


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.unprintable: list[str] = []
        self.unreadable_pictures: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if ".notdef glyph" in message:
            self.unprintable.append(message)
        elif message.startswith("Failed to load image"):
            self.unreadable_pictures.append(message[:300])


def _only_data() -> Any:
    """Return a fetcher that opens nothing: a plan's HTML must not read files or the network."""
    from weasyprint.urls import URLFetcher  # late: heavy

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


def _end_with_parent() -> None:
    """Leave when the parent was killed: an orphan would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
