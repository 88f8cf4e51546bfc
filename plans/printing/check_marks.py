"""Draws on each page by what code anybody may ask whether this copy is still in force."""

from dataclasses import dataclass
from functools import cache

import segno

from plans.printing.geometry import MM, PageFormat, Side, shift
from plans.printing.shaped_text import Typesetter

TYPE_PT = 7.5
# As they are on paper. Four modules of white must stay around the sign.
_SIGN = 10 * MM
_CLEAR = 1.6 * MM
_ABOVE_FOOT = 1 * MM
_INK = "0.27 0.32 0.37 rg"


@dataclass(frozen=True)
class CheckMark:
    """The code of an edition, and the address a telephone opens; without one there is no sign."""

    code: str
    address: str = ""

    @property
    def text(self) -> str:
        """Return the code as it is printed, in two groups that are easy to type."""
        half = len(self.code) // 2
        return f"照会番号 {self.code[:half]}-{self.code[half:]}"


def mark_lines(mark: CheckMark, sheet: PageFormat, side: Side, typesetter: Typesetter) -> str:
    """Return the operators of the mark: on the right, or in the middle of a bound upright page.

    The number of such a page stands at its outer end. On the right the sign stands in the margin,
    because a bound landscape page has no room for it below its content.
    """
    across, up = shift(sheet, side)
    foot = sheet.foot + max(up, 0)
    size = _SIGN / sheet.enlarged if mark.address else 0.0
    clear = _CLEAR / sheet.enlarged if mark.address else 0.0
    width = typesetter.width_em(mark.text) * TYPE_PT
    text_right = sheet.width - sheet.side_margin + across
    if side is not Side.LOOSE and not sheet.lies:
        text_right = (sheet.width + width - clear - size) / 2 + across
    drawn = [_INK, typesetter.draw(mark.text, text_right - width, foot, TYPE_PT)]
    if mark.address:
        bottom = foot + _ABOVE_FOOT / sheet.enlarged - size / 2
        drawn.append(_sign(mark.address, text_right + clear, bottom, size))
    return " ".join(drawn)


def _sign(address: str, x: float, y: float, size: float) -> str:
    rows = sign_rows(address)
    module = size / len(rows)
    parts = [f"0 g {module:.4f} 0 0 {module:.4f} {x:.2f} {y:.2f} cm"]
    for number, runs in enumerate(rows):
        bottom = len(rows) - 1 - number
        parts += [f"{start} {bottom} {length} 1 re" for start, length in runs]
    return " ".join((*parts, "f"))


@cache
def sign_rows(address: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the dark runs (start, length) of each row of a QR code, from the top."""
    return tuple(_runs(bytes(row)) for row in segno.make_qr(address, error="m").matrix)


def _runs(row: bytes) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((column, 1))
    return tuple(runs)
