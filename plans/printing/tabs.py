"""Draws index tabs on the outer edge: one step further down for each chapter, then each annex."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.printing.flows import Tab
from plans.printing.geometry import MM, PageFormat, Side
from plans.printing.shaped_text import Typesetter

# As they are on paper; large print has room for no larger ones.
_DEPTH, _LYING_DEPTH = 11 * MM, 8.5 * MM
_UNPRINTABLE_EDGE, _INNER_GAP = 4 * MM, 0.8 * MM
_FROM_TOP, _FROM_BOTTOM = 28 * MM, 24 * MM
_HIGHEST, _LOWEST = 18 * MM, 9 * MM
_LARGEST_TYPE = 12.0
_LEADING = 1.15
# Chapters white on dark, annexes dark on light with a frame: told apart without colour.
_DARK = ("0.08 0.19 0.31 rg 0.08 0.19 0.31 RG", "1 g")
_LIGHT = ("0.93 0.95 0.97 rg 0.08 0.19 0.31 RG", "0.08 0.19 0.31 rg")


@dataclass(frozen=True)
class PlacedTab:
    """A tab and its place: `step` from 0 of `steps` along the edge."""

    lines: tuple[str, ...]
    annex: bool
    step: int
    steps: int

    @property
    def stacked(self) -> tuple[str, ...]:
        """Return the text with one character a line, numbers together: it suits a shallow tab."""
        return tuple(re.findall(r"\d[\d-]*|\D", "".join(self.lines)))


def place_tabs(tabs: Sequence[Tab | None]) -> list[PlacedTab | None]:
    """Return each part's tab in its place; chapters and annexes each run down the whole edge."""
    return [*_placed(tabs)]


def _placed(tabs: Sequence[Tab | None]) -> Iterator[PlacedTab | None]:
    room = int((297 * MM - _FROM_TOP - _FROM_BOTTOM) / _LOWEST)
    counts = Counter(tab.annex for tab in tabs if tab)
    done = {False: 0, True: 0}
    for tab in tabs:
        if tab is None:
            yield None
            continue
        steps = min(max(counts[tab.annex], 1), room)
        yield PlacedTab(_lines(tab.text), tab.annex, done[tab.annex] % steps, steps)
        done[tab.annex] += 1


def _lines(text: str) -> tuple[str, ...]:
    """Return 様式17 on two lines, 第3章 on one."""
    match = re.fullmatch(r"(\D{2,})(\d[\d-]*)", text)
    return match.groups() if match else (text,)


def tab_lines(tab: PlacedTab, sheet: PageFormat, side: Side, typesetter: Typesetter) -> str:
    """Return the operators that draw the tab: a landscape page lies with its top to the left.

    The tab is drawn for an upright page with the edge on the right, then put where it belongs.
    """
    scale = 1 / sheet.enlarged
    long_edge = max(sheet.width, sheet.height) / scale
    depth = _LYING_DEPTH if sheet.lies else _DEPTH
    room = long_edge - _FROM_TOP - _FROM_BOTTOM
    height = min(room / tab.steps, _HIGHEST)
    top = long_edge - _FROM_TOP - tab.step * room / tab.steps
    on_left = side is Side.BACK
    box, ink = _LIGHT if tab.annex else _DARK
    lines = tab.stacked if sheet.lies else tab.lines
    x = -1 * MM if on_left else -depth
    parts = [
        f"{_placing(sheet, on_left, scale)} cm",
        f"{box} 0.5 w {x:.2f} {top - height + 1:.2f} {depth + 1 * MM:.2f} {height - 1:.2f} re B",
        ink,
        *_texts(lines, _Room(top - height / 2, height, depth, on_left), typesetter),
    ]
    return " ".join(parts)


def _placing(sheet: PageFormat, on_left: bool, scale: float) -> str:
    """Return the matrix from an upright page, measured from its outer edge, to the page as laid."""
    if not sheet.lies:
        edge = 0.0 if on_left else sheet.width
        return f"{scale:.4f} 0 0 {scale:.4f} {edge:.2f} 0"
    edge = sheet.height if on_left else 0.0
    return f"0 {-scale:.4f} {scale:.4f} 0 0 {edge:.2f}"


@dataclass(frozen=True)
class _Room:
    """Where the text of a tab stands: its middle, and how high and deep the tab is."""

    middle: float
    height: float
    depth: float
    on_left: bool


def _texts(lines: Sequence[str], room: _Room, typesetter: Typesetter) -> Iterator[str]:
    across = room.depth - _UNPRINTABLE_EDGE - _INNER_GAP
    widest = max(typesetter.width_em(line) for line in lines)
    along = (room.height - 2 * _INNER_GAP) / len(lines) / _LEADING
    size = min(_LARGEST_TYPE, across / widest, along)
    centre = (_UNPRINTABLE_EDGE + across / 2) * (1 if room.on_left else -1)
    # The middle of a line of kanji lies 0.38 em above its base line.
    y = room.middle + (len(lines) - 1) / 2 * size * _LEADING - 0.38 * size
    for line in lines:
        x = centre - typesetter.width_em(line) * size / 2
        yield typesetter.draw(line, x, y, size)
        y -= size * _LEADING
