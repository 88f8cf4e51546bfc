"""Prints what is no plan: cards, forms to write on, the one-look edition; no contents, no stamps."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from plans.printing.book import Binder, BoundPage, Description
from plans.printing.cache import PartCache
from plans.printing.flows import Flow, Part
from plans.printing.page_numbers import PageNumber
from plans.printing.pool import Pool
from plans.printing.press import OnProgress, read_style_sheet
from plans.printing.rendering import Renderer
from plans.printing.sources import Piece
from plans.printing.stamps import Stamps

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"


def print_leaflet(
    parts: Sequence[Part],
    *,
    style: str,
    description: Description,
    cache_folder: Path,
    on_progress: OnProgress = lambda done, total: None,
) -> bytes:
    """Return the parts as one PDF, with the style sheet of that name after that of the plan.

    Raises a DomainError (Japanese) naming the part that could not be laid out.
    """
    sheet = leaflet_style(style)
    cache = PartCache(cache_folder)
    flows = [(part, flow) for part in parts for flow in part.flows]
    with Pool(sheet) as pool:
        renderer = Renderer(cache, pool, sheet)
        rendered = renderer.render(
            [flow for _, flow in flows], _counter(len(flows) + 1, on_progress)
        )
    pages = list(_pages(flows, rendered))
    content = Binder(pages, cache).bind({}, (), description)
    cache.trim()
    on_progress(len(flows) + 1, len(flows) + 1)
    return content


def leaflet_style(name: str) -> str:
    """Return the style sheet of the plan and behind it the one of this name."""
    return read_style_sheet() + (STYLES / name).read_text(encoding="utf-8")


def _pages(
    flows: Sequence[tuple[Part, Flow]], rendered: Sequence[tuple[Piece, ...]]
) -> Iterator[BoundPage]:
    number = 0
    for (_, flow), pieces in zip(flows, rendered, strict=True):
        for piece in pieces:
            for index in range(piece.first, piece.end):
                number += 1
                label = PageNumber(str(number), str(number))
                yield BoundPage(piece.source, index, flow.sheet, Stamps(), label)


def _counter(total: int, on_progress: OnProgress) -> Callable[[], None]:
    done = 0
    on_progress(0, total)

    def one_done() -> None:
        nonlocal done
        done += 1
        on_progress(done, total)

    return one_done
