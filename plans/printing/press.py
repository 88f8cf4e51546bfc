"""The press: a Document in, a PDF out, with every unchanged part taken from the cache."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from plans.document import Document
from plans.printing.book import Binder, BoundPage, Description
from plans.printing.cache import PartCache
from plans.printing.flows import Part
from plans.printing.front_parts import (
    CONTENTS_DEPTH,
    CONTENTS_TITLE,
    contents_part,
    edition_text,
    plan_name,
)
from plans.printing.geometry import Sheet
from plans.printing.navigation import Place
from plans.printing.page_numbers import Numbering, number_pages
from plans.printing.plan_parts import PlanParts, plan_parts
from plans.printing.pool import Pool
from plans.printing.problems import PartFailedError
from plans.printing.prose import LoadImage
from plans.printing.rendering import Renderer
from plans.printing.sources import Piece
from plans.printing.stamps import RunningText

STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "print.css"
# A guess only: the contents are set again when they turn out longer or shorter.
_CONTENTS_LINES_PER_PAGE = 38
_MOST_CONTENTS_ATTEMPTS = 4

OnProgress = Callable[[int, int], None]
"""Called with the number of steps done and the number of all steps."""


@dataclass(frozen=True)
class RenderedPart:
    """A part and the pages it became."""

    part: Part
    pieces: tuple[tuple[Sheet, Piece], ...]

    @property
    def page_count(self) -> int:
        return sum(piece.count for _, piece in self.pieces)


class Press:
    """Prints plans; one object may serve several threads."""

    def __init__(self, cache: PartCache, pool: Pool) -> None:
        self._cache = cache
        self._renderer = Renderer(cache, pool, read_style_sheet())

    def print_plan(
        self,
        document: Document,
        *,
        load_image: LoadImage,
        numbering: Numbering = Numbering.WHOLE,
        on_progress: OnProgress = lambda done, total: None,
    ) -> bytes:
        """Return the PDF of the whole plan.

        Raises a DomainError (Japanese) naming the chapter or annex, row and character of what
        cannot be printed, before anything is rendered.
        """
        plan = plan_parts(document, load_image)
        parts = (*plan.front, *plan.body)
        steps = _Steps(sum(len(part.flows) for part in parts) + 2, on_progress)
        rendered = self._render(parts, steps.one_done)
        split = len(plan.front)
        book = self._with_contents(rendered[:split], rendered[split:], plan, numbering)
        steps.one_done()
        pages = list(_bound_pages(book, numbering, _plan_running(document)))
        binder = Binder(pages, self._cache)
        content = binder.bind(_places(book), plan.entries, _description(document))
        steps.one_done()
        self._cache.trim()
        return content

    def print_parts(
        self,
        parts: Sequence[Part],
        description: Description,
        *,
        running: RunningText | None = None,
        on_progress: OnProgress = lambda done, total: None,
    ) -> bytes:
        """Return the PDF of parts that need no contents: cards, forms for handwriting.

        With `running`, pages of a part with a running head carry head, foot and page number.
        """
        steps = _Steps(sum(len(part.flows) for part in parts) + 1, on_progress)
        book = self._render(parts, steps.one_done)
        pages = list(_bound_pages(book, Numbering.WHOLE, running))
        content = Binder(pages, self._cache).bind(_places(book), (), description)
        steps.one_done()
        self._cache.trim()
        return content

    def _render(self, parts: Sequence[Part], on_flow: Callable[[], None]) -> list[RenderedPart]:
        flows = [flow for part in parts for flow in part.flows]
        pieces = iter(self._renderer.render(flows, on_flow))
        return [
            RenderedPart(
                part, tuple((flow.sheet, piece) for flow in part.flows for piece in next(pieces))
            )
            for part in parts
        ]

    def _with_contents(
        self,
        front: Sequence[RenderedPart],
        body: Sequence[RenderedPart],
        plan: PlanParts,
        numbering: Numbering,
    ) -> list[RenderedPart]:
        """Return the book with contents whose numbers are true although they take pages too."""
        listed = sum(1 for entry in plan.entries if entry.level <= CONTENTS_DEPTH)
        count = -(-listed // _CONTENTS_LINES_PER_PAGE)
        for _ in range(_MOST_CONTENTS_ATTEMPTS):
            texts = _page_texts(front, count, body, numbering)
            contents = self._render((contents_part(plan.entries, texts),), lambda: None)
            if contents[0].page_count == count:
                return [*front, *contents, *body]
            count = contents[0].page_count
        raise PartFailedError(CONTENTS_TITLE)


@contextmanager
def open_press(cache_folder: Path) -> Iterator[Press]:
    """Give a press with workers of its own, and end them afterwards."""
    with Pool(read_style_sheet()) as pool:
        yield Press(PartCache(cache_folder), pool)


def read_style_sheet() -> str:
    """Return the style sheet of all plans."""
    return STYLE_SHEET.read_text(encoding="utf-8")


class _Steps:
    def __init__(self, total: int, on_progress: OnProgress) -> None:
        self.done = 0
        self.total = total
        self.on_progress = on_progress
        on_progress(0, total)

    def one_done(self) -> None:
        self.done += 1
        self.on_progress(self.done, self.total)


def _places(parts: Iterable[RenderedPart], first_page: int = 0) -> dict[str, Place]:
    """Return where each anchor lies when the first part begins on the given page, from 0."""
    places: dict[str, Place] = {}
    page = first_page
    for part in parts:
        for _, piece in part.pieces:
            for name, anchor in piece.anchors().items():
                places.setdefault(name, Place(page + anchor.page, anchor.x, anchor.y))
            page += piece.count
    return places


def _page_texts(
    front: Sequence[RenderedPart],
    contents_pages: int,
    body: Sequence[RenderedPart],
    numbering: Numbering,
) -> dict[str, str]:
    """Return the number that the contents print for each anchor."""
    counts = [
        *_counts(front),
        (CONTENTS_TITLE, contents_pages),
        *_counts(body),
    ]
    numbers = number_pages(counts, numbering)
    first_of_body = contents_pages + sum(part.page_count for part in front)
    places = {**_places(front), **_places(body, first_of_body)}
    return {name: numbers[place.page].text for name, place in places.items()}


def _counts(parts: Iterable[RenderedPart]) -> list[tuple[str, int]]:
    return [(part.part.label, part.page_count) for part in parts]


def _bound_pages(
    book: Sequence[RenderedPart], numbering: Numbering, running: RunningText | None
) -> Iterator[BoundPage]:
    numbers = iter(number_pages(_counts(book), numbering))
    for rendered in book:
        head = rendered.part.running_head
        stamped = replace(running, right=head) if running and head else None
        for sheet, piece in rendered.pieces:
            for index in range(piece.first, piece.end):
                yield BoundPage(piece.source, index, sheet, stamped, next(numbers))


def _plan_running(document: Document) -> RunningText:
    """Return what all pages of a plan say in head and foot; each part adds its own name."""
    cover = document.cover
    return RunningText(plan_name(cover), "", edition_text(cover), cover.draft)


def _description(document: Document) -> Description:
    cover = document.cover
    title = f"{plan_name(cover)}（{edition_text(cover)}）"
    return Description(title, cover.municipality, document.language)
