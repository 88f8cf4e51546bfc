"""Binds rendered parts into one PDF: pages in their places, stamps, fonts, description."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from plans.printing.cache import PartCache
from plans.printing.flows import OutlineEntry
from plans.printing.font_union import FontCase
from plans.printing.geometry import PageFormat, shift
from plans.printing.navigation import BookPlace, add_outline, add_places, connect_links
from plans.printing.page_numbers import PageNumber
from plans.printing.pdf_conformance import declare
from plans.printing.rendered_parts import Source
from plans.printing.shaped_text import resource_name
from plans.printing.stamps import Stamper, Stamps
from plans.printing.tag_tree import join_tags

CREATOR = "BCP Portal"


@dataclass(frozen=True)
class BoundPage:
    """One page of the book: where it comes from, and what is stamped on it.

    Without a source it is the blank back of a sheet. `part` is the title of its part.
    """

    source: Source | None
    index: int
    upright: PageFormat
    stamps: Stamps
    number: PageNumber
    part: str = ""

    @property
    def sheet(self) -> PageFormat:
        """Return the sheet as it lies: a chapter may hold a table that is turned."""
        if self.source is None:
            return self.upright
        _, _, width, height = self.source.pages[self.index].mediabox
        return self.upright.lying if width > height else self.upright

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the rendered page lies on the paper."""
        sheet = self.sheet
        right, up = shift(sheet, self.stamps.side)
        return (x + right) * sheet.enlarged, (y + up) * sheet.enlarged


@dataclass(frozen=True)
class Description:
    """What a reader program shows about the file."""

    title: str
    author: str
    language: str


class Binder:
    """Makes one book out of its pages; the same pages give the same bytes."""

    def __init__(
        self, pages: Sequence[BoundPage], cache: PartCache, *, tagged: bool = False
    ) -> None:
        self._bound = list(_without_twins(pages))
        self._tagged = tagged
        self._pdf = pikepdf.new()
        self._stamper = Stamper()
        self._case = FontCase(cache)
        self._forms: dict[str, Any] = {}

    def bind(
        self,
        places: Mapping[str, BookPlace],
        entries: Sequence[OutlineEntry],
        description: Description,
    ) -> bytes:
        """Return the finished PDF; places are given as rendered."""
        self._collect_fonts()
        fonts = self._case.embed(self._pdf)
        self._take_pages()
        self._give_fonts(fonts)
        self._stamp(fonts)
        on_paper = {name: self._on_paper(place) for name, place in places.items()}
        add_places(self._pdf, on_paper)
        connect_links(self._pdf, on_paper, self._spoken(on_paper, entries))
        if self._tagged:
            join_tags(self._pdf, self._bound)
        add_outline(self._pdf, on_paper, entries)
        self._label_pages()
        self._describe(description)
        target = io.BytesIO()
        self._pdf.save(
            target,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return target.getvalue()

    def _collect_fonts(self) -> None:
        pages: dict[Source, set[int]] = {}
        for page in self._bound:
            if page.source:
                pages.setdefault(page.source, set()).add(page.index)
        for source, indexes in pages.items():
            for use in source.font_uses(indexes):
                self._case.add(use)
        for page in self._bound:
            self._stamper.prepare(page.stamps, page.sheet, page.number.stamp)
        for use in self._stamper.type.font_uses():
            self._case.add(use)

    def _take_pages(self) -> None:
        """Copy the pages; set each on its paper, with the areas of its links."""
        for bound in self._bound:
            sheet = bound.sheet
            size = (sheet.width * sheet.enlarged, sheet.height * sheet.enlarged)
            if bound.source is None:
                self._pdf.add_blank_page(page_size=size)
                continue
            self._pdf.pages.append(bound.source.pages[bound.index])
            page = self._pdf.pages[-1].obj
            if sheet.enlarged != 1:
                for box in (Name.TrimBox, Name.BleedBox):
                    if box in page:
                        del page[box]
                page.MediaBox = Array([0, 0, *(round(length, 2) for length in size)])
            for link in page.get(Name.Annots, ()):
                link.Rect = Array(_area(bound, map(float, link.Rect)))

    def _give_fonts(self, fonts: Mapping[str, Any]) -> None:
        """Put the joined fonts where a source's own were; its pages share one dictionary."""
        served: set[Source] = set()
        for page, bound in zip(self._pdf.pages, self._bound, strict=True):
            if bound.source in served:
                continue
            if Name.Resources not in page.obj:
                page.obj.Resources = Dictionary()
            resources = page.obj.Resources
            if Name.Font not in resources:
                resources.Font = Dictionary()
            for base_font in self._stamper.type.base_fonts:
                resources.Font[resource_name(base_font)] = fonts[base_font]
            if bound.source is None:
                continue
            served.add(bound.source)
            for own_name, use in bound.source.fonts.items():
                if use.base_font in fonts:
                    resources.Font[own_name] = fonts[use.base_font]

    def _stamp(self, fonts: Mapping[str, Any]) -> None:
        for page, bound in zip(self._pdf.pages, self._bound, strict=True):
            sheet, stamps = bound.sheet, bound.stamps
            behind = self._drawn(page, self._stamper.behind(stamps, sheet), sheet, fonts)
            before = self._drawn(page, self._stamper.before(stamps, sheet), sheet, fonts)
            before += " " + self._drawn(page, self._stamper.check_mark(stamps, sheet), sheet, fonts)
            if stamps.running:
                before += " " + self._stamper.number(stamps, sheet, bound.number.stamp)
            right, up = shift(sheet, stamps.side)
            enlarged = f"{sheet.enlarged} 0 0 {sheet.enlarged} 0 0 cm"
            # The engine leaves its own coordinates behind; they are saved before, restored after.
            start = f"q {enlarged} {behind} q 1 0 0 1 {right:.3f} {up:.3f} cm"
            self._enclose(page.obj, start, f"Q {before} Q")

    def _enclose(self, page: Any, start: str, end: str) -> None:
        content = [page.Contents] if Name.Contents in page else []
        page.Contents = Array([self._stream(start), *content, self._stream(end)])

    def _drawn(self, page: Any, operators: str, sheet: PageFormat, fonts: Mapping[str, Any]) -> str:
        """Return the call of a form that all pages with the same stamps share."""
        if not operators:
            return ""
        key = f"{sheet.width} {sheet.height} {operators}"
        if key not in self._forms:
            self._forms[key] = (f"/Stamp-{len(self._forms)}", self._form(operators, sheet, fonts))
        name, form = self._forms[key]
        resources = page.obj.Resources
        if Name.XObject not in resources:
            resources.XObject = Dictionary()
        resources.XObject[name] = form
        return f"{name} Do"

    def _form(self, operators: str, sheet: PageFormat, fonts: Mapping[str, Any]) -> Any:
        form = self._pdf.make_stream(operators.encode())
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([0, 0, round(sheet.width, 2), round(sheet.height, 2)])
        names = self._stamper.type.base_fonts
        form.Resources = Dictionary(
            Font=Dictionary({resource_name(base): fonts[base] for base in names})
        )
        return form

    def _stream(self, operators: str) -> Any:
        """Return a stream that pages with the same operators share."""
        if operators not in self._forms:
            self._forms[operators] = self._pdf.make_stream(operators.encode())
        return self._forms[operators]

    def _on_paper(self, place: BookPlace) -> BookPlace:
        return BookPlace(place.page, *self._bound[place.page].point(place.x, place.y))

    def _spoken(
        self, places: Mapping[str, BookPlace], entries: Sequence[OutlineEntry]
    ) -> dict[str, str]:
        """Return what a link to each place says to those who cannot see where it stands."""
        titles = {entry.anchor: entry.text for entry in entries}
        return {
            name: f"{titles.get(name, '')}（{self._bound[place.page].number.text}ページ）へ移動"
            for name, place in places.items()
        }

    def _label_pages(self) -> None:
        """Let the reader program count as the paper does."""
        labels: list[Any] = []
        previous: str | None = None
        for index, page in enumerate(self._bound):
            prefix = page.number.prefix
            if prefix != previous:
                label = Dictionary(S=Name.D)
                if prefix:
                    label.P = String(prefix)
                labels += [index, label]
            previous = prefix
        self._pdf.Root.PageLabels = Dictionary(Nums=Array(labels))

    def _describe(self, description: Description) -> None:
        root = self._pdf.Root
        root.Lang = String(description.language)
        root.PageMode = Name.UseOutlines
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self._pdf.docinfo.Title = String(description.title)
        self._pdf.docinfo.Author = String(description.author)
        self._pdf.docinfo.Creator = String(CREATOR)
        if self._tagged:
            declare(self._pdf, creator=CREATOR, **asdict(description))
            return
        with self._pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:title"] = description.title
            xmp["dc:creator"] = [description.author]
            xmp["dc:language"] = {description.language}
            xmp["xmp:CreatorTool"] = CREATOR


def _without_twins(pages: Iterable[BoundPage]) -> Iterator[BoundPage]:
    """Yield the pages, each with links and tags of its own."""
    seen: set[tuple[Source, int]] = set()
    for page in pages:
        if page.source and (page.source, page.index) in seen:
            yield replace(page, source=page.source.again())
            continue
        if page.source:
            seen.add((page.source, page.index))
        yield page


def _area(bound: BoundPage, corners: Iterable[float]) -> list[float]:
    x1, y1, x2, y2 = corners
    return [round(value, 2) for corner in ((x1, y1), (x2, y2)) for value in bound.point(*corner)]
