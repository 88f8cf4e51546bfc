"""Draws our own SVG as a PNG, because Word readers of all ages show one; knows our marks and no more."""

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from plans.printing.faces import GOTHIC, find_face
from plans.printing.glyphs import UnprintableError, runs

_SVG = "{http://www.w3.org/2000/svg}"
_PIXELS_PER_POINT = 3.0
# Drawn so many times as large and reduced: the edges become smooth.
_SMOOTHING = 2
_MOST_SIDE = 7_000
_CURVE_STEPS = 24
_WORD = re.compile(r"[MCLZ]|-?\d+(?:\.\d+)?")
Spot = tuple[float, float]


@dataclass(frozen=True)
class Raster:
    """A picture as PNG, and the width in points it is meant to be shown in."""

    content: bytes
    width_points: float


def rastered(svg: str) -> Raster:
    """Return our SVG as a picture; ValueError for one that is not of our making."""
    root = fromstring(svg)
    width, height = (float(n) for n in root.get("viewBox", "0 0 0 0").split()[2:])
    if min(width, height) <= 0:
        raise ValueError("The drawing has no size.")
    scale = min(_PIXELS_PER_POINT * _SMOOTHING, _MOST_SIDE / max(width, height))
    image = Image.new("RGB", (math.ceil(width * scale), math.ceil(height * scale)), "#ffffff")
    pen = _Pen(ImageDraw.Draw(image), scale)
    for element in root.iter():
        pen.draw(element.tag.removeprefix(_SVG), element.attrib, element.text or "")
    small = image.resize(
        (max(1, image.width // _SMOOTHING), max(1, image.height // _SMOOTHING)),
        Image.Resampling.LANCZOS,
    )
    target = io.BytesIO()
    small.quantize(64).save(target, "PNG", optimize=True)
    return Raster(target.getvalue(), float(root.get("width", "0").removesuffix("pt")) or width)


class _Pen:
    def __init__(self, draw: ImageDraw.ImageDraw, scale: float) -> None:
        self.on = draw
        self.scale = scale

    def draw(self, tag: str, facts: Mapping[str, str], text: str) -> None:
        if tag in ("polygon", "polyline"):
            self._shape([_pair(pair) for pair in facts["points"].split()], facts, tag == "polygon")
        elif tag == "path":
            for spots, closed in _paths(facts.get("d", "")):
                self._shape(spots, facts, closed)
        elif tag == "ellipse":
            self._shape(_ellipse(facts), facts, True)
        elif tag == "text":
            self._text(facts, text)

    def _shape(self, spots: Sequence[Spot], facts: Mapping[str, str], closed: bool) -> None:
        placed = [(x * self.scale, y * self.scale) for x, y in spots]
        fill = facts.get("fill", "#000000")
        if fill != "none" and len(placed) > 2:
            self.on.polygon(placed, fill=fill)
        stroke = facts.get("stroke", "none")
        if stroke != "none":
            width = max(1, round(float(facts.get("stroke-width", "1")) * self.scale))
            line = [*placed, placed[0]] if closed else placed
            dashes = [
                float(n) * self.scale for n in facts.get("stroke-dasharray", "").split(",") if n
            ]
            for part in _dashed(line, dashes) if dashes else [line]:
                self.on.line(part, fill=stroke, width=width, joint="curve")

    def _text(self, facts: Mapping[str, str], text: str) -> None:
        size = float(facts.get("font-size", "9")) * self.scale
        bold = facts.get("font-weight") == "bold"
        try:
            pieces = [(_font(family, bold, round(size)), run) for family, run in runs(text, GOTHIC)]
        except UnprintableError:
            pieces = [(_font(GOTHIC, bold, round(size)), text)]
        x, y = float(facts["x"]) * self.scale, float(facts["y"]) * self.scale
        if facts.get("text-anchor") == "middle":
            x -= sum(font.getlength(run) for font, run in pieces) / 2
        for font, run in pieces:
            self.on.text((x, y), run, fill=facts.get("fill", "#000000"), font=font, anchor="ls")
            x += font.getlength(run)


@lru_cache(maxsize=64)
def _font(family: str, bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    face = find_face(family, bold)
    return ImageFont.truetype(str(face.path), max(1, pixels), index=face.index)


def _pair(text: str) -> Spot:
    x, y = text.split(",")
    return float(x), float(y)


def _ellipse(facts: Mapping[str, str]) -> list[Spot]:
    x, y, across, down = (float(facts[name]) for name in ("cx", "cy", "rx", "ry"))
    angles = (math.tau * step / 48 for step in range(48))
    return [(x + across * math.cos(a), y + down * math.sin(a)) for a in angles]


def _paths(outline: str) -> Iterator[tuple[list[Spot], bool]]:
    """Yield each run of a path as spots, and whether it is closed."""
    spots: list[Spot] = []
    command = ""
    numbers: list[float] = []
    for word in _WORD.findall(outline):
        if word == "Z":
            yield spots, True
            spots = []
        elif word in "MCL":
            if word == "M" and spots:
                yield spots, False
                spots = []
            command, numbers = word, []
        else:
            numbers.append(float(word))
            if len(numbers) == (6 if command == "C" else 2):
                spots += _stroke(command, spots, numbers)
                numbers = []
    if spots:
        yield spots, False


def _stroke(command: str, before: Sequence[Spot], numbers: Sequence[float]) -> list[Spot]:
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if command != "C" or not before:
        return pairs[-1:]
    corners = [before[-1], *pairs]
    return [_on_curve(corners, step / _CURVE_STEPS) for step in range(1, _CURVE_STEPS + 1)]


def _on_curve(corners: Sequence[Spot], at: float) -> Spot:
    """Return a spot of a cubic Bézier curve, at from 0 to 1."""
    rest = 1 - at
    shares = (rest**3, 3 * rest * rest * at, 3 * rest * at * at, at**3)
    x, y = (
        sum(share * spot[axis] for share, spot in zip(shares, corners, strict=True))
        for axis in (0, 1)
    )
    return x, y


def _dashed(line: Sequence[Spot], dashes: Sequence[float]) -> Iterator[list[Spot]]:
    """Yield the visible stretches of a dashed line."""
    on, index, left = True, 0, dashes[0]
    for (x1, y1), (x2, y2) in pairwise(line):
        length = math.hypot(x2 - x1, y2 - y1)
        done = 0.0
        while done < length:
            step = min(left, length - done)
            ends = ((done + part) / length for part in (0, step))
            if on:
                yield [(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t) for t in ends]
            done, left = done + step, left - step
            if left <= 0:
                index = (index + 1) % len(dashes)
                on, left = not on, dashes[index]
