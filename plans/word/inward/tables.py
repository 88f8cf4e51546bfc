"""Reads a table of a Word file as HTML, with its merged cells and those it leaves out at both ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from plans.word.inward.runs import REMOVED, plain_text
from plans.word.inward.styles import is_on, value_of

_AROUND = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_HIDDEN_ROW = "隠した行は読みません"
_COVERED = "結合したセルの下に隠れている文字は読みません"


@dataclass
class _Cell:
    """One cell of the file, or an empty one for a column that a row leaves out (`source` None)."""

    source: Any
    columns: int
    goes_on: bool = False  # belongs to the cell above
    merged: bool = False
    html: str = ""
    rows: int = 1


def rows_that_stay(table: Any, miss: Callable[[str], None]) -> list[Any]:
    """Return the rows of a table; `miss` is told of those that were deleted or are hidden."""
    stay = []
    for row in (child for child in _through(table) if child.tag == qn("w:tr")):
        facts = row.find(qn("w:trPr"))
        if facts is not None and facts.find(qn("w:del")) is not None:
            miss(REMOVED)
        elif facts is not None and is_on(facts, "w:hidden"):
            miss(_HIDDEN_ROW)
        else:
            stay.append(row)
    return stay


def table_html(rows: Sequence[Any], read: Callable[[Any], str], miss: Callable[[str], None]) -> str:
    """Return rows of a table; `read` gives the content of a cell. Rows that repeat become its head."""
    made = [_cells_of(row, miss) for row in rows]
    width = max((sum(cell.columns for cell in cells) for cells in made), default=0)
    for cells in made:
        cells += [_Cell(None, 1) for _ in range(width - sum(cell.columns for cell in cells))]
    placed = _merged_down(made, read, miss)
    heads = _heads(rows, placed)
    head = "".join(_row(cells, "th") for cells in placed[:heads])
    body = "".join(_row(cells, "td") for cells in placed[heads:])
    return f"<table>{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _cells_of(row: Any, miss: Callable[[str], None]) -> list[_Cell]:
    """Return the cells of a row from the first column to the last, those merged sideways as one."""
    before, after = (_count(row, f"w:trPr/w:grid{where}") for where in ("Before", "After"))
    cells = [_Cell(None, 1) for _ in range(before)]
    for source in (child for child in _through(row) if child.tag == qn("w:tc")):
        if source.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
            # Those behind it move up, as in Word when the deletion is accepted.
            miss(REMOVED)
            continue
        columns = max(1, _count(source, "w:tcPr/w:gridSpan"))
        sideways, downwards = (source.find(f"{qn('w:tcPr')}/{qn(f'w:{n}Merge')}") for n in "hv")
        if _goes_on(sideways) and cells and cells[-1].source is not None:
            cells[-1].columns += columns
            if plain_text(source):
                miss(_COVERED)
        else:
            cells.append(_Cell(source, columns, _goes_on(downwards), downwards is not None))
    return cells + [_Cell(None, 1) for _ in range(after)]


def _merged_down(
    rows: Sequence[Sequence[_Cell]], read: Callable[[Any], str], miss: Callable[[str], None]
) -> list[list[_Cell]]:
    """Return the rows without the cells that belong to one above, which is told how far it reaches."""
    placed: list[list[_Cell]] = []
    above: dict[int, _Cell] = {}  # what a merged cell in this column belongs to
    for cells in rows:
        stay: list[_Cell] = []
        column = 0
        for cell in cells:
            over = above.get(column)
            if cell.goes_on and over is not None and over.columns == cell.columns:
                over.rows += 1
                if plain_text(cell.source):
                    miss(_COVERED)
            else:
                cell.html = "" if cell.source is None else read(cell.source)
                stay.append(cell)
                for covered in range(column, column + cell.columns):
                    above.pop(covered, None)
                if cell.merged:
                    above[column] = cell
            column += cell.columns
        placed.append(stay)
    return placed


def _heads(rows: Sequence[Any], placed: Sequence[Sequence[_Cell]]) -> int:
    """Return how many rows are the head: none when a cell reaches from it into the body."""
    heads = 0
    for row in rows:
        facts = row.find(qn("w:trPr"))
        if facts is None or not is_on(facts, "w:tblHeader"):
            break
        heads += 1
    reaches = any(n + cell.rows > heads for n in range(heads) for cell in placed[n])
    return 0 if reaches else heads


def _row(cells: Sequence[_Cell], tag: str) -> str:
    written = []
    for cell in cells:
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        written.append(f"<{tag}{spans}>{cell.html}</{tag}>")
    return f"<tr>{''.join(written)}</tr>"


def _goes_on(merge: Any) -> bool:
    return merge is not None and merge.get(qn("w:val"), "continue") != "restart"


def _count(element: Any, path: str) -> int:
    said = value_of(element, path)
    return min(int(said), 63) if said.isascii() and said.isdigit() else 0


def _through(element: Any) -> list[Any]:
    """Return the children of an element, also those inside content controls and the like."""
    found = []
    for child in element:
        if child.tag in _AROUND:
            found += _through(child)
        elif isinstance(child.tag, str):
            found.append(child)
    return found
