"""Opens rendered flows and takes them apart: pages, anchors, fonts."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

from plans.printing.faces import face_of_base_font
from plans.printing.font_union import FontUse, base_font_of, read_use


@dataclass(frozen=True)
class Anchor:
    """Where a name lies in its source: page from 0, and the point on it."""

    page: int
    x: float
    y: float


class Source:
    """One rendered PDF, opened once for a book; its fonts are taken out before pages are copied."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.pages = list(self.pdf.pages)
        self.anchors = dict(self._read_anchors())
        self.base_fonts: dict[str, str] = {}
        self.font_uses: list[FontUse] = []
        self._take_fonts()

    def _read_anchors(self) -> Iterable[tuple[str, Anchor]]:
        names = self.pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pages)}
        items: list[Any] = list(names.Dests.Names)
        for name, target in zip(items[::2], items[1::2], strict=True):
            place = Anchor(numbers[target[0].objgen], float(target[2]), float(target[3]))
            yield str(name), place

    def _take_fonts(self) -> None:
        """Take the print fonts out of their dictionary: the book puts the joined ones in.

        A font that a picture brought along stays where it is.
        """
        fonts = self.pages[0].obj.Resources.get(Name.Font)
        if fonts is None:
            return
        for resource_name in list(fonts.keys()):
            base_font = base_font_of(fonts[resource_name])
            if face_of_base_font(base_font) is None:
                continue
            use = read_use(fonts[resource_name])
            self.font_uses.append(use)
            self.base_fonts[resource_name] = base_font
            del fonts[resource_name]


@dataclass(frozen=True)
class Piece:
    """A run of pages of one source, in printed order."""

    source: Source
    first: int
    count: int

    def anchors(self) -> dict[str, Anchor]:
        """Return the anchors on these pages, counted from the first of them."""
        return {
            name: Anchor(place.page - self.first, place.x, place.y)
            for name, place in self.source.anchors.items()
            if self.first <= place.page < self.first + self.count
        }
