"""Finds in a finished PDF what is drawn within the area of one row and one column of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bcp_portal.annex.table import Table
from plans.printing.geometry import ANNEX_PORTRAIT, MM, PageFormat
from plans.printing.row_layout import Note, SetRow, set_rows
from plans.printing.table_layout import TableLayout, fitted
from tests.plans.printing.pdf_reading import ReadPdf, comparable

_HEAD_ZONE, _FOOT_ZONE = 20 * MM, 16 * MM
# What hangs over the upper edge of its line belongs to the row that begins there.
_EASE = 1.5
_ONE_LINE = 3.0


@dataclass(frozen=True)
class Word:
    """A piece of text with the page it stands on, its middle from the left, and its top."""

    page: int
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Place:
    """Where a row or a line below it begins: a page, and a height on it."""

    page: int
    y: float


@dataclass(frozen=True)
class DrawnRow:
    """What the PDF shows of one row in one band: its cells from left to right, and below them."""

    wanted: SetRow
    cells: tuple[str, ...]
    below: str

    @property
    def wanted_below(self) -> str:
        return comparable("".join(f"{note.label}：{note.text}" for note in self.wanted.notes))


def drawn_rows(pdf: ReadPdf, pages: Sequence[int], table: Table) -> Iterator[DrawnRow]:
    """Yield each row of each band of an annex that holds this one table, alone on these pages."""
    printed, layout = fitted(table, ANNEX_PORTRAIT)
    words = [word for page in pages for word in _words(pdf, page, layout.sheet)]
    ends = [*_band_starts(words, layout, comparable(table.title)), len(words)]
    for number, (start, end) in enumerate(pairwise(ends)):
        yield from _band_rows(words[start:end], printed, layout, number)


def _words(pdf: ReadPdf, page: int, sheet: PageFormat) -> list[Word]:
    """Return the words of a page between head and foot, line by line."""
    found = sorted(
        (top, left, text)
        for text, left, top, _ in pdf.words(page)
        if _HEAD_ZONE < top < sheet.height - _FOOT_ZONE
    )
    words: list[Word] = []
    line_top = 0.0
    for top, left, text in found:
        # Letters of two faces on one line do not begin at quite the same height.
        line_top = line_top if top < line_top + _ONE_LINE else top
        words.append(Word(page, text, left, line_top))
    return sorted(words, key=lambda word: (word.y, word.x))


def _band_starts(words: Sequence[Word], layout: TableLayout, title: str) -> list[int]:
    """Return with which word each band begins: that of the title above it."""
    count = len(layout.bands)
    starts = [0]
    for number in range(2, count + 1):
        mark = comparable(f"つに分けて印刷（{number}／{count}）")
        at = next(n for n, word in enumerate(words) if mark in comparable(word.text))
        while not comparable("".join(word.text for word in words[at:])).startswith(title):
            at -= 1
        starts.append(at)
    return starts


def _band_rows(
    words: Sequence[Word], table: Table, layout: TableLayout, number: int
) -> Iterator[DrawnRow]:
    band = layout.bands[number]
    edges = _edges(layout, number)
    wanted = list(set_rows(table, layout.setting(number)))
    first = [word for word in words if edges[0] <= word.x < edges[1]]
    head = comparable(band[0].label)
    starts = _starts(first, head, [comparable(row.cells[0]) for row in wanted])
    for row, start, following in zip(wanted, starts, [*starts[1:], None], strict=True):
        mine = [word for word in words if _is_between(word, start, following)]
        below = _below(mine, row.notes)
        cells = [word for word in mine if word.page == start.page and _is_above(word, below)]
        yield DrawnRow(
            row,
            tuple(
                comparable("".join(w.text for w in cells if left <= w.x < right))
                for left, right in pairwise(edges)
            ),
            comparable("".join(word.text for word in mine if below and not _is_above(word, below))),
        )
    assert len(edges) == len(band) + 1


def _edges(layout: TableLayout, number: int) -> list[float]:
    """Return where columns begin, and where the last one ends, from the left edge of the sheet."""
    sheet = layout.sheet
    shares = [float(percent) for percent in layout.percents(layout.bands[number])]
    return [
        sheet.side_margin + sheet.measure * part / 100 for part in accumulate(shares, initial=0)
    ]


def _starts(first: Sequence[Word], head: str, names: Sequence[str]) -> list[Place]:
    """Return where rows begin below the head, by what their first cells say, one after the other."""
    texts = [comparable(word.text) for word in first]
    at = next(n for n in range(len(texts)) if "".join(texts[n:]).startswith(head))
    starts = []
    for name in names:
        # A number must be the whole word: a line below a row may hold it too.
        at = next(
            n
            for n in range(at + 1, len(texts))
            if (texts[n] == name if name.isdigit() else "".join(texts[n:]).startswith(name))
        )
        starts.append(Place(first[at].page, first[at].y))
    return starts


def _below(words: Sequence[Word], notes: Sequence[Note]) -> Place | None:
    if not notes:
        return None
    text, places = _joined(words)
    return places[text.index(comparable(f"{notes[0].label}："))]


def _joined(words: Sequence[Word]) -> tuple[str, list[Place]]:
    """Return all words as one comparable text, and the place of each of its characters."""
    places: list[Place] = []
    for word in words:
        places += [Place(word.page, word.y)] * len(comparable(word.text))
    return "".join(comparable(word.text) for word in words), places


def _is_between(word: Word, start: Place, following: Place | None) -> bool:
    if (word.page, word.y) < (start.page, start.y - _EASE):
        return False
    return following is None or (word.page, word.y) < (following.page, following.y - _EASE)


def _is_above(word: Word, below: Place | None) -> bool:
    return below is None or (word.page, word.y) < (below.page, below.y - _EASE)
