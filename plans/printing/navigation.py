"""Makes the joined book one to move in: named places, links across parts, outline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from plans.printing.flows import Entry
from plans.printing.prose import LINK_SCHEME


@dataclass(frozen=True)
class Place:
    """A point in the book: page from 0, and the point on it."""

    page: int
    x: float
    y: float


def add_places(pdf: pikepdf.Pdf, places: Mapping[str, Place]) -> None:
    """Register each name as a destination."""
    items: list[Any] = []
    for name in sorted(places, key=lambda name: bytes(String(name))):
        items += [String(name), _target(pdf, places[name])]
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=Array(items))))


def connect_links(pdf: pikepdf.Pdf, places: Mapping[str, Place]) -> None:
    """Turn the parts' `urn:` links into links inside the book.

    A reference to something that is not printed stays text without a link.
    """
    for page in pdf.pages:
        if Name.Annots not in page.obj:
            continue
        kept = [link for link in page.obj.Annots if _connected(link, places)]
        page.obj.Annots = Array(kept)


def add_outline(pdf: pikepdf.Pdf, places: Mapping[str, Place], entries: Sequence[Entry]) -> None:
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


def _target(pdf: pikepdf.Pdf, place: Place) -> Array:
    page = pdf.pages[place.page].obj
    return Array([page, Name.XYZ, round(place.x, 2), round(place.y, 2), 0])


def _connected(link: Any, places: Mapping[str, Place]) -> bool:
    action = link.get(Name.A)
    address = str(action.get(Name.URI, "")) if action is not None else ""
    if not address.startswith(LINK_SCHEME):
        return True
    anchor = unquote(address.removeprefix(LINK_SCHEME))
    if anchor not in places:
        return False
    del link[Name.A]
    link.Dest = String(anchor)
    return True
