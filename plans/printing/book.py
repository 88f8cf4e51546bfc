"""Binds rendered parts into one PDF: pages, stamps, fonts, description."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from plans.printing.cache import PartCache
from plans.printing.flows import Entry
from plans.printing.font_union import FontCase
from plans.printing.geometry import LANDSCAPE, Sheet
from plans.printing.navigation import Place, add_outline, add_places, connect_links
from plans.printing.page_numbers import PageNumber
from plans.printing.sources import Source
from plans.printing.stamps import RunningText, Stamper, resource_name

CREATOR = "BCP Portal"


@dataclass(frozen=True)
class BoundPage:
    """One page of the book: where it comes from, and what is stamped on it."""

    source: Source
    index: int
    upright: Sheet
    running: RunningText | None
    number: PageNumber

    @property
    def sheet(self) -> Sheet:
        """Return the sheet as it lies: a chapter may hold a table that is turned."""
        _, _, width, height = self.source.pages[self.index].mediabox
        return LANDSCAPE if width > height else self.upright


@dataclass(frozen=True)
class Description:
    """What a reader program shows about the file."""

    title: str
    author: str
    language: str


class Binder:
    """Makes one book out of its pages; the same pages give the same bytes."""

    def __init__(self, pages: Sequence[BoundPage], cache: PartCache) -> None:
        self._bound = pages
        self._pdf = pikepdf.new()
        self._stamper = Stamper()
        self._case = FontCase(cache)

    def bind(
        self, places: Mapping[str, Place], entries: Sequence[Entry], description: Description
    ) -> bytes:
        """Return the finished PDF."""
        self._collect_fonts()
        fonts = self._case.embed(self._pdf)
        self._pdf.pages.extend(page.source.pages[page.index] for page in self._bound)
        self._give_fonts(fonts)
        self._stamp(fonts)
        add_places(self._pdf, places)
        connect_links(self._pdf, places)
        add_outline(self._pdf, places, entries)
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
            pages.setdefault(page.source, set()).add(page.index)
        for source, indexes in pages.items():
            for use in source.font_uses(indexes):
                self._case.add(use)
        for page in self._bound:
            if page.running:
                self._stamper.prepare(page.running, page.sheet, page.number.stamp)
        for use in self._stamper.font_uses():
            self._case.add(use)

    def _give_fonts(self, fonts: Mapping[str, Any]) -> None:
        """Put the joined fonts where a source's own were; its pages share one dictionary."""
        served: set[Source] = set()
        for page, bound in zip(self._pdf.pages, self._bound, strict=True):
            if bound.source in served:
                continue
            served.add(bound.source)
            resources = page.obj.Resources
            if Name.Font not in resources:
                resources.Font = Dictionary()
            for own_name, use in bound.source.fonts.items():
                if use.base_font in fonts:
                    resources.Font[own_name] = fonts[use.base_font]
            for base_font in self._stamper.base_fonts:
                resources.Font[resource_name(base_font)] = fonts[base_font]

    def _stamp(self, fonts: Mapping[str, Any]) -> None:
        # The engine leaves its own coordinates behind; they are saved before and restored after.
        before = self._pdf.make_stream(b"q")
        forms: dict[tuple[RunningText, Sheet], tuple[str, Any]] = {}
        for page, bound in zip(self._pdf.pages, self._bound, strict=True):
            if bound.running is None:
                continue
            key = (bound.running, bound.sheet)
            if key not in forms:
                form = self._stamper.head_and_foot(self._pdf, fonts, *key)
                forms[key] = (f"/Stamp-{len(forms)}", form)
            name, form = forms[key]
            resources = page.obj.Resources
            if Name.XObject not in resources:
                resources.XObject = Dictionary()
            resources.XObject[name] = form
            number = self._stamper.number(bound.sheet, bound.number.stamp)
            after = self._pdf.make_stream(f"Q q {name} Do Q {number}".encode())
            page.obj.Contents = Array([before, page.obj.Contents, after])

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
        with self._pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:title"] = description.title
            xmp["dc:creator"] = [description.author]
            xmp["dc:language"] = {description.language}
            xmp["xmp:CreatorTool"] = CREATOR
