"""Sizes of the sheets, in points, as static/css/print.css sets them, and how sheets are bound.

Large print is laid out on smaller sheets with the same type; they are enlarged to A4 when bound.
"""

from dataclasses import dataclass
from enum import Enum

MM = 72 / 25.4
LARGE_PRINT = 1.35
# By so much the page moves away from the edge where it is bound; on paper, not as laid out.
BINDING_SHIFT = 4 * MM


@dataclass(frozen=True)
class PageFormat:
    """A4 one way or the other: `page` is its name in the style sheet.

    `head` and `foot` are the distances of running head and foot from the edge of the paper.
    Everything is given as laid out; the paper is `enlarged` times as large. `turned` is the sheet
    for what is too wide for this one.
    """

    page: str
    width: float
    height: float
    side_margin: float
    head: float
    foot: float
    enlarged: float = 1.0
    turned: "PageFormat | None" = None

    @property
    def measure(self) -> float:
        """Return the width between the side margins."""
        return self.width - 2 * self.side_margin

    @property
    def lying(self) -> "PageFormat":
        """Return the landscape sheet, which may be this one."""
        return self.turned or self

    @property
    def lies(self) -> bool:
        return self.width > self.height


class Side(Enum):
    """Where a page is bound: nowhere, on its left (the front of a sheet), on its right (the back).

    A landscape page lies in the book with its top to the left.
    """

    LOOSE = 0
    FRONT = 1
    BACK = -1


def shift(sheet: PageFormat, side: Side) -> tuple[float, float]:
    """Return by how much the content moves right and up, as laid out."""
    distance = side.value * BINDING_SHIFT / sheet.enlarged
    return (0.0, -distance) if sheet.lies else (distance, 0.0)


@dataclass(frozen=True)
class Paper:
    """The sheets of one print."""

    portrait: PageFormat
    annex: PageFormat


LANDSCAPE = PageFormat("landscape", 297 * MM, 210 * MM, 16 * MM, 12 * MM, 9 * MM)
PORTRAIT = PageFormat("portrait", 210 * MM, 297 * MM, 24 * MM, 15 * MM, 13 * MM, turned=LANDSCAPE)
ANNEX_PORTRAIT = PageFormat(
    "annex", 210 * MM, 297 * MM, 18 * MM, 14 * MM, 11 * MM, turned=LANDSCAPE
)
A4 = Paper(PORTRAIT, ANNEX_PORTRAIT)


def _large(
    page: str, width_mm: float, height_mm: float, side_mm: float, turned: PageFormat | None
) -> PageFormat:
    width, height = width_mm * MM / LARGE_PRINT, height_mm * MM / LARGE_PRINT
    return PageFormat(page, width, height, side_mm * MM, 9.5 * MM, 7.5 * MM, LARGE_PRINT, turned)


_LARGE_LANDSCAPE = _large("large-landscape", 297, 210, 12, None)
A4_LARGE = Paper(
    _large("large-portrait", 210, 297, 16, _LARGE_LANDSCAPE),
    _large("large-annex", 210, 297, 13.5, _LARGE_LANDSCAPE),
)
