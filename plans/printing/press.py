"""The press: a Document in, a PDF out, with every unchanged part taken from the cache."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from plans.document.document import Document
from plans.printing.book import Binder, BoundPage, Description
from plans.printing.cache import PartCache
from plans.printing.check_marks import CheckMark
from plans.printing.flows import BookPart
from plans.printing.front_parts import (
    CONTENTS_DEPTH,
    CONTENTS_TITLE,
    contents_part,
    edition_text,
    plan_name,
)
from plans.printing.geometry import A4, A4_LARGE, PageFormat, Paper, Side
from plans.printing.navigation import BookPlace
from plans.printing.options import Binding, PrintOptions
from plans.printing.page_numbers import Numbering, number_pages
from plans.printing.plan_parts import PlanParts, plan_parts
from plans.printing.pool import Pool
from plans.printing.problems import PartFailedError
from plans.printing.prose import LoadImage
from plans.printing.rendered_parts import PageRun, Source
from plans.printing.rendering import Renderer
from plans.printing.selection import chosen
from plans.printing.stamps import RunningText, Stamps
from plans.printing.tabs import place_tabs

STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "print.css"
_CONTENTS_LINES_PER_PAGE = 38
_MOST_CONTENTS_ATTEMPTS = 4

_PLAIN = PrintOptions()

OnProgress = Callable[[int, int], None]
"""Called with the number of steps done and the number of all steps."""


@dataclass(frozen=True)
class RenderedPart:
    """A part and the pages it became; its last sheet may have a blank back."""

    part: BookPart
    pieces: tuple[tuple[PageFormat, PageRun], ...]
    blank_back: bool = False

    @property
    def page_count(self) -> int:
        return sum(piece.count for _, piece in self.pieces) + self.blank_back

    @property
    def filled(self) -> "RenderedPart":
        """Return the part so that the next one begins on the front of a sheet."""
        return replace(self, blank_back=bool(self.page_count % 2))


@dataclass(frozen=True)
class _Contents:
    """What the contents of one print list, and how."""

    plan: PlanParts
    paper: Paper
    numbering: Numbering
    options: PrintOptions

    @property
    def likely_pages(self) -> int:
        """Return a guess: the contents are set again when they turn out longer or shorter."""
        listed = sum(1 for entry in self.plan.entries if entry.level <= CONTENTS_DEPTH)
        pages = -(-listed // _CONTENTS_LINES_PER_PAGE)
        return pages + pages % 2 if self.options.fills_sheets else pages


class Press:
    """Prints plans; one object may serve several threads."""

    def __init__(self, cache: PartCache, pool: Pool, style_sheet: str = "") -> None:
        self._cache = cache
        style_sheet = style_sheet or read_style_sheet()
        self._renderers = {
            tagged: Renderer(cache, pool, style_sheet, tagged=tagged) for tagged in (False, True)
        }

    def print_plan(
        self,
        document: Document,
        *,
        load_image: LoadImage,
        numbering: Numbering = Numbering.WHOLE,
        options: PrintOptions = _PLAIN,
        check_mark: CheckMark | None = None,
        on_progress: OnProgress = lambda done, total: None,
    ) -> bytes:
        """Return the PDF of the plan, or of the parts that the options choose.

        An edition has its check mark on each page.

        Raises a DomainError (Japanese) naming the chapter or annex, row and character of what
        cannot be printed, before anything is rendered.
        """
        document = chosen(document, options.parts)
        paper = A4_LARGE if options.large_print else A4
        plan = plan_parts(document, load_image, paper)
        parts = (*plan.front, *plan.body)
        steps = _Steps(sum(len(part.flows) for part in parts) + 2, on_progress)
        rendered = self._render(parts, steps.one_done, options.tagged)
        if options.fills_sheets:
            rendered = [*(part.filled for part in rendered[:-1]), rendered[-1]]
        split = len(plan.front)
        book = self._with_contents(
            rendered[:split], rendered[split:], _Contents(plan, paper, numbering, options)
        )
        steps.one_done()
        bound = _bound_pages(book, numbering, _plan_running(document), options)
        pages = [_marked(page, check_mark) for page in bound]
        binder = Binder(pages, self._cache, tagged=options.tagged)
        content = binder.bind(_places(book), plan.entries, _description(document))
        steps.one_done()
        self._cache.trim()
        return content

    def print_parts(
        self,
        parts: Sequence[BookPart],
        description: Description,
        *,
        running: RunningText | None = None,
        tagged: bool = False,
        on_progress: OnProgress = lambda done, total: None,
    ) -> bytes:
        """Return the PDF of parts that need no contents: cards, forms for handwriting.

        With `running`, pages of a part with a running head carry head, foot and page number.
        """
        steps = _Steps(sum(len(part.flows) for part in parts) + 1, on_progress)
        book = self._render(parts, steps.one_done, tagged)
        pages = list(_bound_pages(book, Numbering.WHOLE, running, _PLAIN))
        binder = Binder(pages, self._cache, tagged=tagged)
        content = binder.bind(_places(book), (), description)
        steps.one_done()
        self._cache.trim()
        return content

    def _render(
        self, parts: Sequence[BookPart], on_flow: Callable[[], None], tagged: bool = False
    ) -> list[RenderedPart]:
        flows = [flow for part in parts for flow in part.flows]
        pieces = iter(self._renderers[tagged].render(flows, on_flow))
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
        wanted: _Contents,
    ) -> list[RenderedPart]:
        """Return the book with contents whose numbers are true although they take pages too."""
        count = wanted.likely_pages
        for _ in range(_MOST_CONTENTS_ATTEMPTS):
            texts = _page_texts(front, count, body, wanted.numbering)
            part = contents_part(wanted.plan.entries, texts, wanted.paper)
            (contents,) = self._render((part,), lambda: None, wanted.options.tagged)
            if wanted.options.fills_sheets:
                contents = contents.filled
            if contents.page_count == count:
                return [*front, contents, *body]
            count = contents.page_count
        raise PartFailedError(CONTENTS_TITLE)


@contextmanager
def open_press(cache_folder: Path, *more_styles: str) -> Iterator[Press]:
    """Give a press with workers of its own, and end them afterwards."""
    style_sheet = read_style_sheet(*more_styles)
    with Pool(style_sheet) as pool:
        yield Press(PartCache(cache_folder), pool, style_sheet)


def read_style_sheet(*more: str) -> str:
    """Return the style sheet of all plans, and behind it those of other products by their names."""
    sheets = (STYLE_SHEET, *(STYLE_SHEET.with_name(name) for name in more))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


class _Steps:
    def __init__(self, total: int, on_progress: OnProgress) -> None:
        self.done = 0
        self.total = total
        self.on_progress = on_progress
        on_progress(0, total)

    def one_done(self) -> None:
        self.done += 1
        self.on_progress(self.done, self.total)


def _places(parts: Iterable[RenderedPart], first_page: int = 0) -> dict[str, BookPlace]:
    """Return where each anchor lies when the first part begins on the given page, from 0."""
    places: dict[str, BookPlace] = {}
    page = first_page
    for part in parts:
        for _, piece in part.pieces:
            for name, anchor in piece.anchors().items():
                places.setdefault(name, BookPlace(page + anchor.page, anchor.x, anchor.y))
            page += piece.count
        page += part.blank_back
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
    book: Sequence[RenderedPart],
    numbering: Numbering,
    running: RunningText | None,
    options: PrintOptions,
) -> Iterator[BoundPage]:
    numbers = enumerate(number_pages(_counts(book), numbering))
    tabs = place_tabs([part.part.tab if options.index_tabs else None for part in book])
    for rendered, tab in zip(book, tabs, strict=True):
        head = rendered.part.running_head
        stamped = replace(running, right=head) if running and head else None
        stamps = Stamps(stamped, Side.LOOSE, tab, options.draft_mark)
        for source, index, sheet in _rendered_pages(rendered):
            page, number = next(numbers)
            here = replace(stamps, side=_side(options.binding, page), blank=source is None)
            yield BoundPage(source, index, sheet, here, number, rendered.part.title)


def _marked(page: BoundPage, check_mark: CheckMark | None) -> BoundPage:
    return replace(page, stamps=replace(page.stamps, check_mark=check_mark))


def _rendered_pages(rendered: RenderedPart) -> Iterator[tuple[Source | None, int, PageFormat]]:
    for sheet, piece in rendered.pieces:
        for index in range(piece.first, piece.end):
            yield piece.source, index, sheet
    if rendered.blank_back:
        yield None, 0, rendered.pieces[-1][0]


def _side(binding: Binding, page: int) -> Side:
    """Return how the page with this number from 0 is bound."""
    if binding is Binding.NONE:
        return Side.LOOSE
    return Side.BACK if binding is Binding.DOUBLE and page % 2 else Side.FRONT


def _plan_running(document: Document) -> RunningText:
    """Return what all pages of a plan say in head and foot; each part adds its own name."""
    cover = document.cover
    return RunningText(plan_name(cover), "", edition_text(cover), cover.draft)


def _description(document: Document) -> Description:
    cover = document.cover
    title = f"{plan_name(cover)}（{edition_text(cover)}）"
    return Description(title, cover.municipality, document.language)
