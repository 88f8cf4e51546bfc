"""Writes a table as the plain HTML that is laid out fastest: text straight in td, fixed widths."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.safestring import SafeString

from bcp_portal.annex.kinds.looks import Align
from bcp_portal.annex.table import Column, Table
from plans.printing.flows import BELOW_ROW
from plans.printing.glyphs import UnprintableError, set_text
from plans.printing.problems import UnprintableTextError
from plans.printing.prose import line
from plans.printing.row_layout import Band, SetRow, set_rows
from plans.printing.table_layout import TableLayout
from plans.printing.text_tables import LONG, LONG_CELL
from plans.text.phrase_words import explains_terms, term_anchor

CLOSING = "</tbody></table>"
_STARTS = {Align.LEFT: "<td>", Align.RIGHT: '<td class="n">'}
# So few rows stay together on one page.
_SHORT_TABLE_ROWS = 5
NO_ROWS = "ここに載る行はありません。"


def table_html(table: Table, layout: TableLayout, place: str) -> SafeString:
    """Return the whole table, band after band."""
    bands = (
        opening(table, layout, number, place)
        + "".join(rows_html(table, layout.setting(number), place))
        + CLOSING
        for number in range(len(layout.bands))
    )
    return SafeString("".join(bands))


def opening(table: Table, layout: TableLayout, number: int, place: str) -> str:
    """Return what stands before the first row of a band: widths, and the head of each page."""
    columns = layout.bands[number]
    widths = "".join(f'<col style="width:{p}%">' for p in layout.percents(columns))
    head = _head_html(columns, place)
    kind = " short" if _stays_together(table, layout.setting(number)) else ""
    return (
        f'<table class="{layout.css_class}{kind}"><colgroup>{widths}</colgroup>'
        f"<thead>{head}</thead><tbody>"
    )


def rows_html(table: Table, band: Band, place: str) -> list[str]:
    """Return one tr a row, or two where something stands below it.

    Raises a DomainError naming row and column of what cannot print.
    """
    columns = band.columns
    if not table.rows:
        return [f'<tr><td colspan="{len(columns)}" class="none">{NO_ROWS}</td></tr>']
    starts = [_STARTS[column.kind.printed.align] for column in columns]
    rows = []
    both = enumerate(zip(table.rows, set_rows(table, band), strict=True), start=1)
    for number, (row, texts) in both:
        at = f"{place}の{number}行目"
        cells = [
            f"{start}{_set(text, at, column.label)}</td>"
            for start, text, column in zip(starts, texts.cells, columns, strict=True)
        ]
        if explains_terms(table.code):
            cells[0] = cells[0].replace("<td", f'<td id="{term_anchor(row.uid)}"', 1)
        kind = f' class="{LONG}"' if max(map(len, texts.cells)) > LONG_CELL else ""
        rows.append(f"<tr{kind}>{''.join(cells)}</tr>{_below_html(texts, len(columns), at)}")
    return rows


def _below_html(row: SetRow, columns: int, at: str) -> str:
    """Return the line below a row, which begins on the page on which the row ends."""
    if not row.notes:
        return ""
    # The line ends of the HTML are those of the print.
    lines = "\n".join(
        "　".join(
            f"<b>{_set(note.label, at, note.label)}</b>：{_set(note.text, at, note.label)}"
            for note in notes
        )
        for notes in row.note_lines()
    )
    kind = f" {LONG}" if sum(len(note.text) for note in row.notes) > LONG_CELL else ""
    return f'{BELOW_ROW}{kind}"><td colspan="{columns}">{lines}</td></tr>'


def _set(text: str, at: str, label: str) -> str:
    try:
        return set_text(text)
    except UnprintableError as error:
        raise UnprintableTextError(f"{at}の「{label}」", error) from None


def _stays_together(table: Table, band: Band) -> bool:
    if len(table.rows) > _SHORT_TABLE_ROWS:
        return False
    rows = set_rows(table, band)
    return all(len(text) <= LONG_CELL for row in rows for text in _texts(row))


def _texts(row: SetRow) -> Iterator[str]:
    yield from row.cells
    yield from (note.text for note in row.notes)


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
