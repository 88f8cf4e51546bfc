"""Reads a table of a Word file as HTML, with its merged cells."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from plans.word_in.styles import value_of

_AROUND = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


@dataclass
class _Cell:
    html: str
    column: int
    columns: int
    rows: int = 1


def table_html(table: Any, read: Callable[[Any], str]) -> str:
    """Return a table; `read` gives the content of a cell. Rows that repeat become its head."""
    rows: list[list[_Cell]] = []
    heads = 0
    below: dict[int, _Cell] = {}  # the cell that a merged cell in this column belongs to
    for row in _rows(table):
        cells: list[_Cell] = []
        column = int(value_of(row, "w:trPr/w:gridBefore") or 0)
        for cell in _cells(row):
            columns = int(value_of(cell, "w:tcPr/w:gridSpan") or 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
            if goes_on and column in below:
                below[column].rows += 1
            else:
                made = _Cell(read(cell), column, columns)
                cells.append(made)
                below.pop(column, None)
                if merge is not None:
                    below[column] = made
            column += columns
        if heads == len(rows) and row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            heads += 1
        rows.append(cells)
    head = "".join(_row(cells, "th") for cells in rows[:heads])
    body = "".join(_row(cells, "td") for cells in rows[heads:])
    return f"<table>{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _row(cells: list[_Cell], tag: str) -> str:
    written = []
    for cell in cells:
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        written.append(f"<{tag}{spans}>{cell.html}</{tag}>")
    return f"<tr>{''.join(written)}</tr>"


def _rows(table: Any) -> list[Any]:
    return [row for row in _through(table) if row.tag == qn("w:tr")]


def _cells(row: Any) -> list[Any]:
    return [cell for cell in _through(row) if cell.tag == qn("w:tc")]


def _through(element: Any) -> list[Any]:
    """Return the children of an element, also those inside content controls and the like."""
    found = []
    for child in element:
        if child.tag in _AROUND:
            found += _through(child)
        elif isinstance(child.tag, str):
            found.append(child)
    return found
