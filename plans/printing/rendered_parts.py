"""Opens rendered flows and takes them apart: pages, anchors, fonts."""

import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

from plans.printing.faces import face_of_base_font
from plans.printing.flows import ROW_ANCHOR
from plans.printing.font_union import FontUse, base_font_of, read_use

# What WeasyPrint writes: a font is chosen, then glyph ids of four digits are shown.
_TEXT_OPERATORS = re.compile(rb"(/[A-Za-z]+) [0-9.]+ Tf|<([0-9a-f]+)>")


@dataclass(frozen=True)
class Anchor:
    """Where a name lies in its source: page from 0, and the point on it."""

    page: int
    x: float
    y: float


class Source:
    """One rendered PDF, opened once for a book; its fonts are taken out before pages are copied."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.pages = list(self.pdf.pages)
        self.anchors = dict(self._read_anchors())
        self.fonts: dict[str, FontUse] = {}
        self._take_fonts()

    def again(self) -> "Source":
        """Return the same pages once more: a table may have two equal pages."""
        return Source(self._content)

    def font_uses(self, pages: Collection[int]) -> list[FontUse]:
        """Return what these pages draw with each font.

        Of a PDF that is used in part only these glyphs go on: what was deleted from the plan
        must not stay in a font.
        """
        if len(pages) == len(self.pages) or self._draws_forms():
            return list(self.fonts.values())
        drawn: dict[str, set[int]] = {name: set() for name in self.fonts}
        for page in pages:
            for name, glyphs in _drawn_glyphs(self.pages[page].Contents.read_bytes()):
                if name in drawn:
                    drawn[name] |= glyphs
        return [self.fonts[name].only(glyphs) for name, glyphs in drawn.items() if glyphs]

    def _draws_forms(self) -> bool:
        """Tell whether text may stand elsewhere than in the pages themselves."""
        return bool(self.pages[0].obj.Resources.get(Name.XObject, {}))

    def _read_anchors(self) -> Iterable[tuple[str, Anchor]]:
        names = self.pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pages)}
        items: list[Any] = list(names.Dests.Names)
        for name, target in zip(items[::2], items[1::2], strict=True):
            if str(name).startswith(ROW_ANCHOR):
                continue
            place = Anchor(numbers[target[0].objgen], float(target[2]), float(target[3]))
            yield str(name), place

    def _take_fonts(self) -> None:
        """Take the print fonts out of their dictionary: the book puts the joined ones in.

        A font that a picture brought along stays where it is.
        """
        fonts = self.pages[0].obj.Resources.get(Name.Font)
        if fonts is None:
            return
        for name in list(fonts.keys()):
            if face_of_base_font(base_font_of(fonts[name])) is not None:
                self.fonts[name] = read_use(fonts[name])
                del fonts[name]


def _drawn_glyphs(content: bytes) -> Iterator[tuple[str, set[int]]]:
    """Yield (resource name of font, glyph ids) for each text that a page draws."""
    font = ""
    for name, text in _TEXT_OPERATORS.findall(content):
        if name:
            font = name.decode()
        else:
            yield font, {int(text[i : i + 4], 16) for i in range(0, len(text), 4)}


@dataclass(frozen=True)
class PageRun:
    """A run of pages of one source, in printed order."""

    source: Source
    first: int
    count: int

    @property
    def end(self) -> int:
        return self.first + self.count

    def anchors(self) -> dict[str, Anchor]:
        """Return the anchors on these pages, counted from the first of them."""
        return {
            name: Anchor(place.page - self.first, place.x, place.y)
            for name, place in self.source.anchors.items()
            if self.first <= place.page < self.end
        }
