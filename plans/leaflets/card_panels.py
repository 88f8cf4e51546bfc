"""Sets the text of a carry card line by line, so that it is known beforehand what fits a panel.

BIZ UDGothic has one pitch: the width of a line is a number of half-width characters. What does
not fit goes on to a further panel, and with it to a second card; nothing is ever cut off.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bcp_portal.figures.wrapping import width_of, wrap

PT_MM = 25.4 / 72
# As static/css/cards.css sets them.
_TEXT_WIDTH_MM, _TEXT_HEIGHT_MM = 79.0, 42.8
LINE_HEIGHT = 1.34
# From the largest to the smallest that can be read at arm's length in poor light.
SIZES_PT = (7.5, 7.0, 6.5)
_SIZE_WHEN_SPLIT = 7.0
_HEADING_LINES = 1.3
_GAP = 1


@dataclass(frozen=True)
class CardLine:
    """One printed line: `text` from the left, `right` against the right edge.

    `height` is in lines. `kind` is head, text, call, or blank (a rule to write on).
    """

    text: str
    kind: str = "text"
    right: str = ""
    height: float = 1.0


@dataclass(frozen=True)
class CardItem:
    """Lines that stay together on one panel, as they are at one size of type."""

    lines: tuple[CardLine, ...]

    @property
    def height(self) -> float:
        return sum(line.height for line in self.lines)

    @property
    def is_heading(self) -> bool:
        return self.lines[0].kind == "head"

    @property
    def continued(self) -> "CardItem":
        """Return the heading as it stands again above what did not fit below it."""
        return CardItem((replace(self.lines[0], text=f"↓{self.lines[0].text}"), *self.lines[1:]))


@dataclass(frozen=True)
class Wording:
    """What an item says before it is set: a heading, a paragraph, or somebody to call."""

    text: str
    kind: str = "text"
    hanging: str = ""
    rights: tuple[str, ...] = ()

    def set(self, columns: int) -> CardItem:
        """Return the item for a panel of so many half-width characters."""
        if self.kind == "head":
            return CardItem(tuple(_heading(self.text, columns)))
        if self.kind == "call":
            return CardItem(tuple(_call(self.text, self.rights, columns)))
        if self.kind == "blank":
            return CardItem((CardLine(self.text, "blank", height=1.7),))
        return CardItem(tuple(_paragraph(self.text, self.hanging, columns)))


@dataclass(frozen=True)
class Panel:
    """One face of a folded card: its title and the lines on it, at one size."""

    title: str
    lines: tuple[CardLine, ...]
    size_pt: float

    @property
    def css_size(self) -> str:
        return f"size-{self.size_pt:.1f}".replace(".", "-")


def columns_of(size_pt: float) -> int:
    """Return how many half-width characters stand in a line."""
    return int(_TEXT_WIDTH_MM / (size_pt * PT_MM / 2))


def lines_of(size_pt: float, height_mm: float = _TEXT_HEIGHT_MM) -> float:
    """Return how many lines stand on a panel."""
    return height_mm / (size_pt * PT_MM * LINE_HEIGHT)


def set_panels(
    title: str, wordings: Sequence[Wording], height_mm: float = _TEXT_HEIGHT_MM
) -> list[Panel]:
    """Return one panel in the largest size that holds everything, else as many as it takes."""
    for size in SIZES_PT:
        items = [wording.set(columns_of(size)) for wording in wordings]
        if sum(item.height for item in items) <= lines_of(size, height_mm):
            return [Panel(title, _all_lines(items), size)]
    size = _SIZE_WHEN_SPLIT
    items = [wording.set(columns_of(size)) for wording in wordings]
    pages = list(_split(items, lines_of(size, height_mm), lines_of(size)))
    return [
        Panel(title if number == 0 else f"{title}（続き）", _all_lines(page), size)
        for number, page in enumerate(pages)
    ]


def _split(items: Sequence[CardItem], first_room: float, room: float) -> Iterator[list[CardItem]]:
    """Yield the items panel by panel; what goes on does so under its heading."""
    page: list[CardItem] = []
    left = first_room
    heading: CardItem | None = None
    for group in _groups(items, min(first_room, room)):
        height = sum(item.height for item in group)
        begins_anew = group[0].is_heading
        if page and height > left:
            yield page
            page, left = [], room
            if heading and not begins_anew:
                page.append(heading.continued)
                left -= heading.height
        if begins_anew:
            heading = group[0]
        page += group
        left -= height
    yield page


def _groups(items: Sequence[CardItem], room: float) -> Iterator[list[CardItem]]:
    heading: list[CardItem] = []
    tallest = max((item.height for item in items if item.is_heading), default=0.0)
    for item in items:
        if item.is_heading:
            heading.append(item)
            continue
        pieces = list(_pieces(item, room - max(tallest, sum(head.height for head in heading))))
        yield [*heading, pieces[0]]
        yield from ([piece] for piece in pieces[1:])
        heading = []
    if heading:
        yield heading


def _pieces(item: CardItem, room: float) -> Iterator[CardItem]:
    """Yield an item taller than a panel in pieces that fit one."""
    lines: list[CardLine] = []
    for line in item.lines:
        if lines and sum(kept.height for kept in lines) + line.height > room:
            yield CardItem(tuple(lines))
            lines = []
        lines.append(line)
    yield CardItem(tuple(lines))


def _all_lines(items: Iterable[CardItem]) -> tuple[CardLine, ...]:
    return tuple(line for item in items for line in item.lines)


def _heading(text: str, columns: int) -> Iterator[CardLine]:
    # Two columns stay free for the mark of a heading that is continued.
    for number, part in enumerate(wrap(text, columns - 3)):
        yield CardLine(part, "head", height=_HEADING_LINES if number == 0 else 1.0)


def _paragraph(text: str, hanging: str, columns: int) -> Iterator[CardLine]:
    """Yield the lines; all but the first are moved in by the width of the mark before the text."""
    indent = "　" * (width_of(hanging) // 2)
    for number, part in enumerate(wrap(text, columns - width_of(hanging) - 1)):
        yield CardLine((indent if number else hanging) + part)


def _call(text: str, numbers: Sequence[str], columns: int) -> Iterator[CardLine]:
    """Yield name and numbers side by side when they fit, else the numbers below, two a line."""
    together = " ".join(numbers)
    if width_of(text) + width_of(together) + _GAP <= columns:
        yield CardLine(text, "call", together)
        return
    names = wrap(text, columns - 1)
    rows = [" ".join(numbers[at : at + 2]) for at in range(0, len(numbers), 2)]
    if rows and width_of(names[-1]) + width_of(rows[0]) + _GAP <= columns:
        yield from (CardLine(name, "call") for name in names[:-1])
        yield CardLine(names[-1], "call", rows[0])
        rows = rows[1:]
    else:
        yield from (CardLine(name, "call") for name in names)
    yield from (CardLine("", "call", row) for row in rows)
