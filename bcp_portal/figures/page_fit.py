"""The room a figure has on a page, and how small its text may become."""

from dataclasses import dataclass

from bcp_portal.figures.box_sizes import SMALLEST_SIZE

SMALLEST_PRINTED = 6.5
"""Points: below this, text on paper cannot be read without a glass."""


@dataclass(frozen=True)
class Room:
    """What is left of an A4 page for a figure, in points: margins, title and legend taken off."""

    width: float
    height: float
    landscape: bool

    def scale(self, width: float, height: float) -> float:
        """Return the factor that makes a drawing fit; it is never enlarged."""
        return min(1.0, self.width / width, self.height / height)


PORTRAIT_ROOM = Room(458, 616, landscape=False)
LANDSCAPE_ROOM = Room(748, 408, landscape=True)


def is_readable(scale: float) -> bool:
    """Tell whether the smallest text of a figure stays readable at this scale."""
    return scale * SMALLEST_SIZE >= SMALLEST_PRINTED - 0.005
