"""Makes the joined book one to move in: named places, links across parts, outline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from plans.printing.flows import OutlineEntry
from plans.printing.prose import LINK_SCHEME

_SLACK_PT = 1.0
_PRINTED = 4  # the flag of annotations that PDF/A asks for


@dataclass(frozen=True)
class BookPlace:
    """A point in the book: page from 0, and the point on it."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class _Area:
    """Where a link leads, and the rectangle in which it is pressed."""

    target: str
    corners: tuple[float, ...]

    @classmethod
    def of(cls, link: Any) -> "_Area":
        return cls(str(link.get(Name.Dest, "")), tuple(map(float, link.Rect)))

    def covers(self, other: "_Area", *, earlier: bool) -> bool:
        """Tell whether the other link is not needed; of two equal ones the later is not."""
        if not self.target or self.target != other.target:
            return False
        if self.corners == other.corners:
            return earlier
        left, low, right, high = self.corners
        x1, y1, x2, y2 = other.corners
        slack = _SLACK_PT
        return (
            left - slack <= x1 and low - slack <= y1 and x2 <= right + slack and y2 <= high + slack
        )


def add_places(pdf: pikepdf.Pdf, places: Mapping[str, BookPlace]) -> None:
    """Register each name as a destination."""
    items: list[Any] = []
    for name in sorted(places, key=lambda name: bytes(String(name))):
        items += [String(name), _target(pdf, places[name])]
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=Array(items))))


def connect_links(
    pdf: pikepdf.Pdf, places: Mapping[str, BookPlace], spoken: Mapping[str, str]
) -> None:
    """Turn the parts' `urn:` links into links inside the book, which `spoken` describes by name.

    A reference to something that is not printed stays text without a link. Of links within one
    another, as the engine makes them for a line of the contents, the outermost is kept.
    """
    for page in pdf.pages:
        if Name.Annots not in page.obj:
            continue
        links = [link for link in page.obj.Annots if _connected(link, places, spoken)]
        areas = [_Area.of(link) for link in links]
        page.obj.Annots = Array(
            link
            for number, link in enumerate(links)
            if not any(
                area.covers(areas[number], earlier=other < number)
                for other, area in enumerate(areas)
                if other != number
            )
        )


def add_outline(
    pdf: pikepdf.Pdf, places: Mapping[str, BookPlace], entries: Sequence[OutlineEntry]
) -> None:
    """Write the bookmarks as a tree; what lies below a chapter is folded."""
    with pdf.open_outline() as outline:
        path: list[tuple[int, OutlineItem]] = []
        for entry in entries:
            if entry.anchor not in places:
                continue
            item = OutlineItem(entry.text, _target(pdf, places[entry.anchor]))
            item.is_closed = True
            while path and path[-1][0] >= entry.level:
                path.pop()
            siblings = path[-1][1].children if path else outline.root
            siblings.append(item)
            path.append((entry.level, item))


def _target(pdf: pikepdf.Pdf, place: BookPlace) -> Array:
    page = pdf.pages[place.page].obj
    return Array([page, Name.XYZ, round(place.x, 2), round(place.y, 2), 0])


def _connected(link: Any, places: Mapping[str, BookPlace], spoken: Mapping[str, str]) -> bool:
    action = link.get(Name.A)
    address = str(action.get(Name.URI, "")) if action is not None else ""
    link.F = _PRINTED
    if not address.startswith(LINK_SCHEME):
        link.Contents = String(f"{address}を開く")
        return True
    anchor = unquote(address.removeprefix(LINK_SCHEME))
    if anchor not in places:
        return False
    del link[Name.A]
    link.Dest = String(anchor)
    link.Contents = String(spoken[anchor])
    return True
