"""Writes a table as the plain HTML that is laid out fastest: text straight in td, fixed widths."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.safestring import SafeString

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table
from plans.phrases.words import explains_terms, term_anchor
from plans.printing.glyphs import UnprintableError, set_text
from plans.printing.problems import UnprintableTextError
from plans.printing.prose import line
from plans.printing.table_layout import TableLayout
from plans.printing.text_tables import LONG, LONG_CELL

CLOSING = "</tbody></table>"
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY})
# So few rows stay together on one page.
_SHORT_TABLE_ROWS = 5
NO_ROWS = "該当する記載はありません。"


def table_html(table: Table, layout: TableLayout, place: str) -> SafeString:
    """Return the whole table, band after band."""
    bands = (
        opening(table, band, layout, place) + "".join(rows_html(table, band, place)) + CLOSING
        for band in layout.bands
    )
    return SafeString("".join(bands))


def opening(table: Table, columns: Sequence[Column], layout: TableLayout, place: str) -> str:
    """Return everything before the first row: widths and the head, which repeats on each page."""
    widths = "".join(f'<col style="width:{p}%">' for p in layout.percents(columns))
    head = _head_html(columns, place)
    kind = " short" if _stays_together(table, columns) else ""
    return (
        f'<table class="{layout.css_class}{kind}"><colgroup>{widths}</colgroup>'
        f"<thead>{head}</thead><tbody>"
    )


def rows_html(table: Table, columns: Sequence[Column], place: str) -> list[str]:
    """Return one tr a row; raise a DomainError naming row and column of what cannot print."""
    if not table.rows:
        return [f'<tr><td colspan="{len(columns)}" class="none">{NO_ROWS}</td></tr>']
    starts = ['<td class="n">' if column.kind in _NUMBERS else "<td>" for column in columns]
    rows = []
    for number, row in enumerate(table.rows, start=1):
        cells = []
        longest = 0
        for start, column in zip(starts, columns, strict=True):
            text = table.text(row, column)
            longest = max(longest, len(text))
            try:
                cells.append(f"{start}{set_text(text)}</td>")
            except UnprintableError as error:
                at = f"{place}の{number}行目の「{column.label}」"
                raise UnprintableTextError(at, error) from None
        if explains_terms(table.code):
            cells[0] = cells[0].replace("<td", f'<td id="{term_anchor(row.uid)}"', 1)
        kind = f' class="{LONG}"' if longest > LONG_CELL else ""
        rows.append(f"<tr{kind}>{''.join(cells)}</tr>")
    return rows


def _stays_together(table: Table, columns: Sequence[Column]) -> bool:
    if len(table.rows) > _SHORT_TABLE_ROWS:
        return False
    return all(len(table.text(row, c)) <= LONG_CELL for row in table.rows for c in columns)


def _head_html(columns: Sequence[Column], place: str) -> str:
    """Return one head row, or two when columns stand under merged heads."""
    at = f"{place}の見出し"
    if not any(column.group for column in columns):
        return f"<tr>{''.join(f'<th>{line(column.label, at)}</th>' for column in columns)}</tr>"
    upper: list[str] = []
    lower: list[str] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        labels = [line(column.label, at) for column in members]
        if group:
            upper.append(f'<th colspan="{len(labels)}" class="over">{line(group, at)}</th>')
            lower += [f"<th>{label}</th>" for label in labels]
        else:
            upper += [f'<th rowspan="2">{label}</th>' for label in labels]
    return f"<tr>{''.join(upper)}</tr><tr>{''.join(lower)}</tr>"
