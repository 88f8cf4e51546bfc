"""Sets the summary (概要版) on a few pages: figures at the top, boxes, compact tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.table import Table, each_once
from plans.document.document import (
    Block,
    Cover,
    Document,
    FigureBlock,
    Section,
    TextBlock,
)
from plans.printing.flows import BookPart, Flow
from plans.printing.front_parts import title_alone
from plans.printing.geometry import MM, PageFormat
from plans.printing.prose import LoadImage, line, prose
from plans.printing.stamps import RunningText
from plans.printing.table_html import table_html
from plans.printing.table_layout import SMALL, TableLayout
from plans.summary.figures import summary_figure

# Its banner stands where others have a running head, which is kept blank and above the paper.
SHEET = PageFormat("summary", 210 * MM, 297 * MM, 16 * MM, -6 * MM, 9 * MM)
_BLANK_HEAD = "　"
_HALF = replace(SHEET, side_margin=62 * MM)
NAME = "概要版"
MOST_PAGES = 4
# How many rows of a table stand in the summary: in two columns side by side, or in one.
_ROWS_IN_TWO_COLUMNS, _ROWS_IN_ONE = 64, 16
# A table of short rows is set in two columns from this many rows.
_LEAST_ROWS_TO_HALVE = 11
_SHORT_ROW = 34
_NARROWEST, _WIDEST = 5, 45
_COUNTED = {"c-20": ("優先業務", "件"), "b-15": ("優先システム", "件"), "c-17": ("訓練", "回")}


def summary_foot(cover: Cover) -> RunningText:
    """Return what stands at the foot of each page besides its number."""
    title = f"{cover.municipality}　{title_alone(cover)}　{cover.edition}"
    return RunningText("", _BLANK_HEAD, title, cover.draft)


@dataclass(frozen=True)
class SummaryPrint:
    """How one summary is set; `share` of the usual number of rows is shown of each table."""

    load_image: LoadImage
    share: float = 1.0

    def part(self, document: Document) -> BookPart:
        """Return the summary ready for the press; DomainError names what cannot be printed."""
        cover = document.cover
        context = {
            "municipality": line(cover.municipality, NAME),
            "title": line(title_alone(cover), NAME),
            "state": line(cover.edition, NAME),
            "date_text": line(cover.date_text, NAME),
            "tiles": list(_tiles(document)),
            "sections": [self._section(section) for section in document.chapters],
            "facts": [(line(label, NAME), line(text, NAME)) for label, text in document.colophon],
        }
        html = render_to_string("print/summary.html", context)
        return BookPart("summary", NAME, _BLANK_HEAD, (Flow(NAME, SHEET, html),))

    def _section(self, section: Section) -> dict[str, object]:
        place = f"{NAME}の「{section.heading}」"
        boxed = section.children and not any(_has_more(child) for child in section.children)
        return {
            "number": line(section.number, place),
            "title": line(section.title, place),
            "blocks": list(self._blocks(section, place)),
            "boxed": boxed,
            "children": [
                {
                    "number": line(child.number, place),
                    "title": line(child.title, place),
                    "blocks": list(self._blocks(child, place)),
                }
                for child in section.children
            ],
        }

    def _blocks(self, section: Section, place: str) -> Iterator[SafeString]:
        """Yield the blocks; a text stays with the table or figure that follows it."""
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            leads = isinstance(block, TextBlock) and bool(following or section.children)
            written = self._block(block, place)
            yield format_html('<div class="leads">{}</div>', written) if leads else written

    def _block(self, block: Block, place: str) -> SafeString:
        if isinstance(block, TextBlock):
            return format_html(
                '<div class="prose">{}</div>', prose(block.html, place, self.load_image)
            )
        if isinstance(block, FigureBlock):
            if block.figure is None:
                return format_html('<p class="unbuilt">{}</p>', line(block.message, place))
            return summary_figure(block.figure, place)
        if block.table is None:
            return format_html('<p class="unbuilt">{}</p>', line(block.message, place))
        return self._table(block.table, place)

    def _table(self, table: Table, place: str) -> SafeString:
        """Return the first rows of the table, and how many there are beside them."""
        table = each_once(_in_one_line(table))
        halved = len(table.rows) >= _LEAST_ROWS_TO_HALVE and _has_short_rows(table)
        most = max(4, int((_ROWS_IN_TWO_COLUMNS if halved else _ROWS_IN_ONE) * self.share))
        shown = replace(table, rows=table.rows[:most])
        tables = _halves(shown) if halved else (shown,)
        sheet = _HALF if halved else SHEET
        layout = TableLayout(sheet, SMALL, (_by_content(shown).columns,))
        tables = [replace(table, columns=layout.bands[0]) for table in tables]
        inner = format_html_join(
            "", '<div class="half">{}</div>', ((table_html(t, layout, place),) for t in tables)
        )
        left = len(table.rows) - len(shown.rows)
        rest = format_html('<p class="rest">ほか{}件</p>', left) if left else ""
        kind = "compact halved" if halved else "compact"
        return format_html('<div class="{}">{}</div>{}', kind, inner, rest)


def _tiles(document: Document) -> Iterator[dict[str, object]]:
    """Yield what can be counted: the rows of some tables that say anything."""
    counts: dict[str, int] = {}
    for section in document.sections():
        for table in section.tables:
            counts.setdefault(table.code, sum(map(_says_something, each_once(table).texts())))
    for code, (label, unit) in _COUNTED.items():
        if counts.get(code):
            yield {"label": label, "count": counts[code], "unit": unit}


def _says_something(texts: Sequence[str]) -> bool:
    return any(text not in ("", MASK) for text in texts)


def _has_more(section: Section) -> bool:
    """Tell whether a section holds more than text."""
    others = any(not isinstance(block, TextBlock) for block in section.blocks)
    return bool(others or section.children)


def _has_short_rows(table: Table) -> bool:
    texts = table.texts()
    return sum(len(cell) for row in texts for cell in row) <= _SHORT_ROW * len(texts)


def _halves(table: Table) -> Sequence[Table]:
    middle = -(-len(table.rows) // 2)
    return replace(table, rows=table.rows[:middle]), replace(table, rows=table.rows[middle:])


def _in_one_line(table: Table) -> Table:
    """Return the table with its lists of sentences run on: the summary has no room for lines."""
    long_texts = {column.name for column in table.columns if column.kind.is_running_text}
    rows = tuple(
        replace(
            row,
            cells={
                name: value.replace("\n", "")
                if name in long_texts and isinstance(value, str)
                else value
                for name, value in row.cells.items()
            },
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _by_content(table: Table) -> Table:
    """Return the table with widths by how long the cells are: every line counts here."""
    columns = []
    for column in table.columns:
        lengths = sorted(len(table.text(row, column)) for row in table.rows) or [0]
        usual = lengths[int(0.9 * (len(lengths) - 1))]
        columns.append(replace(column, width=min(max(usual, _NARROWEST), _WIDEST)))
    return replace(table, columns=tuple(columns))
