"""Draws what finished pages carry besides their content, as real text: head, foot, number, tab."""

from dataclasses import dataclass

from plans.printing.check_marks import CheckMark, mark_lines
from plans.printing.geometry import MM, PageFormat, Side, shift
from plans.printing.shaped_text import Typesetter
from plans.printing.tabs import PlacedTab, tab_lines

HEAD_PT = 7.5
NUMBER_PT = 9.0
DRAFT_MARK = "案"
BLANK_NOTE = "（このページは余白です）"
_INK = "0.27 0.32 0.37 rg 0.55 0.60 0.66 RG"
_DRAFT_INK = "0.64 0.23 0.17 rg 0.64 0.23 0.17 RG"
# Light enough to read small type over it, dark enough to be seen on a copy.
_MARK_INK = "0.92 g"
_MARK_TURN = "0.866 0.5 -0.5 0.866"
_MARK_SHARE = 0.66
_RULE_BELOW_HEAD = 2 * MM
_GAP = 6 * MM


@dataclass(frozen=True)
class RunningText:
    """What head and foot of a page say besides the number; `draft` marks the edition in red."""

    left: str
    right: str
    edition: str
    draft: bool


@dataclass(frozen=True)
class Stamps:
    """What is stamped on a page besides its number; pages with equal stamps share one drawing."""

    running: RunningText | None = None
    side: Side = Side.LOOSE
    tab: PlacedTab | None = None
    draft_mark: bool = False
    blank: bool = False
    check_mark: CheckMark | None = None


class Stamper:
    """Makes the stamps of one book as operators of content streams, all of them artifacts."""

    def __init__(self) -> None:
        self.type = Typesetter()

    def prepare(self, stamps: Stamps, sheet: PageFormat, number: str) -> None:
        """Shape the texts of one page."""
        if stamps.running:
            self.type.prepare(stamps.running.left, stamps.running.edition, number)
            self._head_right(stamps.running, sheet)
        if stamps.tab:
            self.type.prepare(*stamps.tab.lines, *stamps.tab.stacked)
        if stamps.draft_mark:
            self.type.prepare(DRAFT_MARK)
        if stamps.blank:
            self.type.prepare(BLANK_NOTE)
        if stamps.check_mark:
            self.type.prepare(stamps.check_mark.text)

    def behind(self, stamps: Stamps, sheet: PageFormat) -> str:
        """Return what lies behind the content, perhaps nothing."""
        if not stamps.draft_mark:
            return ""
        size = _MARK_SHARE * min(sheet.width, sheet.height)
        # The middle of a glyph lies half an em right of its origin, and about 0.38 em above it.
        x = sheet.width / 2 - size * (0.866 * 0.5 - 0.5 * 0.38)
        y = sheet.height / 2 - size * (0.5 * 0.5 + 0.866 * 0.38)
        drawn = self.type.draw(DRAFT_MARK, x, y, size, _MARK_TURN)
        return _artifact("Watermark", f"{_MARK_INK} {drawn}")

    def before(self, stamps: Stamps, sheet: PageFormat) -> str:
        """Return what is drawn over the content: head, foot, tab, perhaps nothing."""
        lines: list[str] = []
        if stamps.running:
            lines += self._head_and_foot(stamps.running, sheet, stamps.side)
        if stamps.tab:
            lines.append(_artifact("Header", tab_lines(stamps.tab, sheet, stamps.side, self.type)))
        if stamps.blank:
            x = (sheet.width - self.type.width_em(BLANK_NOTE) * NUMBER_PT) / 2
            drawn = self.type.draw(BLANK_NOTE, x, sheet.height / 2, NUMBER_PT)
            lines.append(_artifact("Header", f"{_INK} {drawn}"))
        return "\n".join(lines)

    def check_mark(self, stamps: Stamps, sheet: PageFormat) -> str:
        """Return the code of the edition and its sign, which all parts share; perhaps nothing."""
        if stamps.check_mark is None:
            return ""
        return _artifact("Footer", mark_lines(stamps.check_mark, sheet, stamps.side, self.type))

    def number(self, stamps: Stamps, sheet: PageFormat, text: str) -> str:
        """Return a page number: in the middle of the foot, of a bound page at its outer end."""
        width = self.type.width_em(text) * NUMBER_PT
        left, right = _measure(sheet, stamps.side)
        x = (left + right - width) / 2
        if _is_mirrored(sheet, stamps.side):
            x = left
        elif stamps.side is Side.FRONT and not sheet.lies:
            x = right - width
        drawn = self.type.draw(text, x, _foot(sheet, stamps.side), NUMBER_PT)
        return _artifact("Footer", f"{_INK} {drawn}")

    def _head_right(self, running: RunningText, sheet: PageFormat) -> str:
        room = sheet.measure - _GAP - self.type.width_em(running.left) * HEAD_PT
        return self.type.fitting(running.right, room / HEAD_PT)

    def _head_and_foot(self, running: RunningText, sheet: PageFormat, side: Side) -> list[str]:
        left, right = _measure(sheet, side)
        _, up = shift(sheet, side)
        head_y = sheet.height - sheet.head + min(up, 0)
        rule_y = head_y - _RULE_BELOW_HEAD
        inner, outer = running.left, self._head_right(running, sheet)
        if _is_mirrored(sheet, side):
            inner, outer = outer, inner
        head = (
            f"{_INK} {self.type.draw(inner, left, head_y, HEAD_PT)}"
            f" {self._draw_to(outer, right, head_y)}"
            f" 0.4 w {left:.2f} {rule_y:.2f} m {right:.2f} {rule_y:.2f} l S"
        )
        foot_y = _foot(sheet, side)
        edition = (
            self._draw_to(running.edition, right, foot_y)
            if _is_mirrored(sheet, side)
            else self.type.draw(running.edition, left, foot_y, HEAD_PT)
        )
        ink = _DRAFT_INK if running.draft else _INK
        return [_artifact("Header", head), _artifact("Footer", f"{ink} {edition}")]

    def _draw_to(self, text: str, right: float, y: float) -> str:
        x = right - self.type.width_em(text) * HEAD_PT
        return self.type.draw(text, x, y, HEAD_PT)


def _is_mirrored(sheet: PageFormat, side: Side) -> bool:
    return side is Side.BACK and not sheet.lies


def _measure(sheet: PageFormat, side: Side) -> tuple[float, float]:
    """Return the left and right end of head and foot."""
    across, _ = shift(sheet, side)
    return sheet.side_margin + across, sheet.width - sheet.side_margin + across


def _foot(sheet: PageFormat, side: Side) -> float:
    """Return the height of the foot; it gives way to the binding, not to the outer edge."""
    return sheet.foot + max(shift(sheet, side)[1], 0)


def _artifact(kind: str, drawn: str) -> str:
    return f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC q {drawn} Q EMC"
