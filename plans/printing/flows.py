"""The unit of rendering: HTML that begins on a new page and depends on nothing outside itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.printing.geometry import PageFormat

LONG_TABLE_ROWS = 25
# Begins the id of each row of a long table; the engine then tells on which page it stands.
ROW_ANCHOR = "printed-row-"
# Begins the line below a row, which carries the number of that row as well.
BELOW_ROW = '<tr class="below'


@dataclass(frozen=True)
class Flow:
    """Some sheets of one part: what stands first, then perhaps the rows of a long table.

    `name` is what a message calls it. `continued` opens the table again on a sheet that begins
    with a later row.
    """

    name: str
    sheet: PageFormat
    before: str
    rows: tuple[str, ...] = ()
    continued: str = ""
    after: str = ""

    @property
    def length(self) -> int:
        """Return about how much there is to lay out."""
        return len(self.before) + sum(map(len, self.rows))

    def html(self) -> str:
        """Return the whole flow as one HTML document."""
        return self.rows_html(0, len(self.rows))

    def before_row(self, start: int) -> str:
        """Return what stands above a row that begins a sheet."""
        return self.continued if start else self.before

    def rows_html(self, start: int, end: int) -> str:
        """Return a document with some of the rows, each with its number from 0 as anchor."""
        rows = (_numbered(row, number) for number, row in enumerate(self.rows[start:end]))
        return self._document(self.before_row(start) + "".join(rows) + self.after)

    def _document(self, body: str) -> str:
        return (
            '<!doctype html><html lang="ja"><meta charset="utf-8"><title></title>'
            f'<body><main class="{self.sheet.page}">{body}</main></body></html>'
        )


def _numbered(row: str, number: int) -> str:
    """Return a row with its number as anchor, on the line below it too: that may be on a later page."""
    below = BELOW_ROW.replace("<tr", f'<tr id="{ROW_ANCHOR}{number}-below"')
    return f'<tr id="{ROW_ANCHOR}{number}"{row.removeprefix("<tr")}'.replace(BELOW_ROW, below, 1)


@dataclass(frozen=True)
class Tab:
    """What stands on the tab of one part; an annex looks different from a chapter."""

    text: str
    annex: bool = False


@dataclass(frozen=True)
class BookPart:
    """A cover, a chapter, an annex: what the contents name, and what page numbers may run by.

    `running_head` stands on top of its pages; empty means that they carry no head and foot.
    `tab` marks them on the outer edge when index tabs are wanted.
    """

    anchor: str
    label: str
    running_head: str
    flows: tuple[Flow, ...]
    tab: Tab | None = None

    @property
    def title(self) -> str:
        return self.running_head or self.label


@dataclass(frozen=True)
class OutlineEntry:
    """One line of the outline: a title, how deep it lies, and the anchor it leads to."""

    level: int
    number: str
    title: str
    anchor: str

    @property
    def text(self) -> str:
        return f"{self.number} {self.title}".strip()


class FlowWriter:
    """Collects blocks into flows: a new one for another sheet, and after each long table."""

    def __init__(self, name: str, sheet: PageFormat, head: str) -> None:
        self.name = name
        self.sheet = sheet
        self.pending = head
        self.holds_table = False
        self.flows: list[Flow] = []

    def table(
        self, sheet: PageFormat, title: str, opening: str, rows: Sequence[str], closing: str
    ) -> None:
        """Add one table with the heading above it; a heading alone follows it to its sheet."""
        if sheet != self.sheet and self.holds_table:
            self._close()
        self.sheet = sheet
        start = self.pending + title + opening
        if len(rows) < LONG_TABLE_ROWS:
            self.pending = start + "".join(rows) + closing
            self.holds_table = True
            return
        self.flows.append(Flow(self.name, sheet, start, tuple(rows), opening, closing))
        self.pending, self.holds_table = "", False

    def finish(self) -> tuple[Flow, ...]:
        """Return all flows in printed order."""
        self._close()
        return tuple(self.flows)

    def _close(self) -> None:
        if self.pending:
            self.flows.append(Flow(self.name, self.sheet, self.pending))
        self.pending, self.holds_table = "", False
