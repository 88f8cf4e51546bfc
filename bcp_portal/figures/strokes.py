"""The strokes and words of a drawing: what is let through from graphviz, moved, and written as SVG."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from xml.etree.ElementTree import Element

from bcp_portal.figures.labels import FONT, INK, INVISIBLE
from bcp_portal.figures.wrapping import width_of

Spot = tuple[float, float]
"""A place in points; y runs downwards."""

FAMILIES = f"'{FONT}', IPAmjMincho, 'Noto Sans CJK JP', sans-serif"
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_PATH = re.compile(r"[MCLZ0-9.,\s-]*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_COLOUR = re.compile(r"#[0-9a-f]{6}|none")
_WORDS = re.compile(r"[a-z]+")
_DASHES = re.compile(r"\d+(,\d+)*")
# The only attributes that are kept, with the only values they may have.
_ALLOWED = {
    "fill": _COLOUR,
    "stroke": _COLOUR,
    "stroke-width": _NUMBER,
    "stroke-dasharray": _DASHES,
    "rx": _NUMBER,
    "ry": _NUMBER,
    "font-size": _NUMBER,
    "font-weight": _WORDS,
    "text-anchor": _WORDS,
}
_PLAIN_COLOURS = {"black": INK, "white": "#ffffff", "transparent": "none"}


@dataclass(frozen=True)
class Mark:
    """One polygon, line, path, ellipse or piece of text; `outline` has {} where its spots go."""

    tag: str
    spots: tuple[Spot, ...]
    attributes: Mapping[str, str]
    outline: str = ""
    text: str = ""

    def moved(self, right: float, down: float) -> "Mark":
        return replace(self, spots=tuple((x + right, y + down) for x, y in self.spots))

    def svg(self) -> str:
        """Return the mark as SVG: presentation attributes only, numbers to a tenth of a point."""
        attributes = {**self._geometry(), **self.attributes}
        written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        if self.tag == "text":
            return f"<text{written}>{escape(self.text, quote=False)}</text>"
        return f"<{self.tag}{written}/>"

    def _geometry(self) -> dict[str, str]:
        if self.tag in ("polygon", "polyline"):
            return {"points": " ".join(map(_spot, self.spots))}
        if self.tag == "path":
            return {"d": self.outline.format(*map(_spot, self.spots))}
        x, y = self.spots[0]
        return {"cx": _tenth(x), "cy": _tenth(y)} if self.tag == "ellipse" else _xy(x, y)


@dataclass(frozen=True)
class Bounds:
    """The rectangle that marks take up."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> Spot:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def moved(self, right: float, down: float) -> "Bounds":
        return Bounds(self.left + right, self.top + down, self.right + right, self.bottom + down)


def bounds_of(marks: Iterable[Mark]) -> Bounds | None:
    """Return what the outlines take up, text apart, or None when there is no outline."""
    spots = [spot for mark in marks if mark.tag != "text" for spot in _extent(mark)]
    if not spots:
        return None
    across, down = zip(*spots, strict=True)
    return Bounds(min(across), min(down), max(across), max(down))


def mark_of(element: Element, tag: str, origin: Spot) -> Mark | None:
    """Return an element of graphviz as a mark, or None when it is nothing that is drawn.

    Whatever is not on the list above is left behind: styles, links, scripts, titles, ids.
    """
    attributes = _kept(element)
    if tag in ("polygon", "polyline"):
        mark = Mark(tag, _pairs(element.get("points", "")), attributes)
    elif tag == "path" and _PATH.fullmatch(element.get("d", "")):
        outline = element.get("d", "")
        mark = Mark(tag, _pairs(outline), attributes, outline=_PAIR.sub("{}", outline))
    elif tag == "ellipse":
        spot = (float(element.get("cx", "0")), float(element.get("cy", "0")))
        mark = Mark(tag, (spot,), attributes)
    elif tag == "text":
        mark = _text_mark(element, attributes)
    else:
        return None
    return mark.moved(*origin)


def line(spots: Iterable[Spot], *, dashed: bool = False) -> Mark:
    """Return a thin open line through these spots."""
    attributes = {"fill": "none", "stroke": INK, "stroke-width": "0.8"}
    if dashed:
        attributes["stroke-dasharray"] = "5,2"
    return Mark("polyline", tuple(spots), attributes)


def tip(at: Spot, *, downwards: bool) -> Mark:
    """Return the head of an arrow that ends at this spot."""
    x, y = at
    wings = (
        [(x - 2.4, y - 6), (x + 2.4, y - 6)] if downwards else [(x - 6, y - 2.4), (x - 6, y + 2.4)]
    )
    return Mark("polygon", ((x, y), *wings), {"fill": INK, "stroke": "none"})


def words(text: str, at: Spot, size: int, *, anchor: str = "middle") -> Mark:
    """Return a piece of text whose middle (or start) stands on this spot."""
    attributes = {"fill": INK, "font-size": str(size), "text-anchor": anchor}
    return Mark("text", (at,), attributes, text=text)


def _text_mark(element: Element, attributes: dict[str, str]) -> Mark:
    """Anchor text in its middle, so that it stays centred in whatever font a browser has."""
    text = "".join(element.itertext()).replace(INVISIBLE, "")
    x, y = float(element.get("x", "0")), float(element.get("y", "0"))
    if attributes.get("text-anchor", "start") == "start":
        x += width_of(text) * float(attributes.get("font-size", "9")) / 4
    attributes = {"fill": INK, **attributes, "text-anchor": "middle"}
    return Mark("text", ((x, y),), attributes, text=text)


def _kept(element: Element) -> dict[str, str]:
    found = {
        name: _PLAIN_COLOURS.get(value, value)
        for name, value in element.attrib.items()
        if name in _ALLOWED
    }
    return {name: value for name, value in found.items() if _ALLOWED[name].fullmatch(value)}


def _pairs(text: str) -> tuple[Spot, ...]:
    return tuple((float(x), float(y)) for x, y in _PAIR.findall(text))


def _extent(mark: Mark) -> Iterable[Spot]:
    if mark.tag != "ellipse":
        return mark.spots
    x, y = mark.spots[0]
    across, down = float(mark.attributes.get("rx", "0")), float(mark.attributes.get("ry", "0"))
    return (x - across, y - down), (x + across, y + down)


def _spot(spot: Spot) -> str:
    return f"{_tenth(spot[0])},{_tenth(spot[1])}"


def _xy(x: float, y: float) -> dict[str, str]:
    return {"x": _tenth(x), "y": _tenth(y)}


def _tenth(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
