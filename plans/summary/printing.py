"""Prints the leaflets, and the summary with as many rows as its few pages take."""

import io
from collections.abc import Sequence

import pikepdf
from django.conf import settings

from plans.document.document import Document
from plans.document.public_pictures import LoadImage
from plans.printing.book import Description
from plans.printing.flows import BookPart
from plans.printing.press import OnProgress, open_press
from plans.printing.stamps import RunningText
from plans.summary.parts import MOST_PAGES, SummaryPrint, summary_foot

SUMMARY_LABEL = "概要版"


# Tried in turn until the summary is short enough; the rest of a table is counted, not shown.
_SUMMARY_SHARES = (1.0, 0.75, 0.5, 0.3)


def summary_pdf(
    document: Document,
    load_picture: LoadImage,
    on_progress: OnProgress = lambda done, total: None,
) -> bytes:
    """Return the PDF of a summary, with as many rows as its few pages take; nobody has checked it."""
    name, content = document.cover.municipality, b""
    for share in _SUMMARY_SHARES:
        part = SummaryPrint(load_picture, share).part(document)
        foot = summary_foot(document.cover)
        content = leaflet_pdf(
            name, [part], "summary.css", SUMMARY_LABEL, running=foot, on_progress=on_progress
        )
        if _page_count(content) <= MOST_PAGES:
            break
    return content


def leaflet_pdf(
    name: str,
    parts: Sequence[BookPart],
    style: str,
    label: str,
    *,
    running: RunningText | None = None,
    on_progress: OnProgress,
) -> bytes:
    """Return parts as one tagged PDF of a municipality, laid out by a style sheet of their own."""
    with open_press(settings.PRINT_CACHE_DIR, style) as press:
        return press.print_parts(
            parts,
            Description(f"{name}　ICT業務継続計画　{label}", name, "ja"),
            running=running,
            tagged=True,
            on_progress=on_progress,
        )


def _page_count(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
