"""Sizes of the sheets, in points, as static/css/print.css sets them."""

from dataclasses import dataclass

MM = 72 / 25.4


@dataclass(frozen=True)
class Sheet:
    """A4 one way or the other: `page` is its name in the style sheet.

    `head` and `foot` are the distances of running head and foot from the edge of the paper.
    """

    page: str
    width: float
    height: float
    side_margin: float
    head: float
    foot: float

    @property
    def measure(self) -> float:
        """Return the width between the side margins."""
        return self.width - 2 * self.side_margin


PORTRAIT = Sheet("portrait", 210 * MM, 297 * MM, 24 * MM, 15 * MM, 13 * MM)
ANNEX_PORTRAIT = Sheet("annex", 210 * MM, 297 * MM, 18 * MM, 14 * MM, 11 * MM)
LANDSCAPE = Sheet("landscape", 297 * MM, 210 * MM, 16 * MM, 12 * MM, 9 * MM)
