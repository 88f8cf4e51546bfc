"""Sets a cell of a typed table that is taller than a page below its rows, over the whole width.

A cell merged over several rows and running over pages has no rules there, and its neighbours are
empty for pages. Below the rows the same text is read in a third of the pages, in a frame.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from plans.printing.row_layout import SEE_BELOW
from plans.text.markup import Element, Node, text_of, walk
from plans.text.typed_tables import ROW_GROUPS, span

# As many lines as stand on an upright sheet, nearly; and as many em on one line of it.
_MOST_LINES = 50
_MEASURE_EM = 54
_PADDING_EM = 0.6


@dataclass(frozen=True)
class _Placed:
    """One cell, and the first row and column that it covers, from 0."""

    cell: Element
    row: int
    column: int

    @property
    def rows(self) -> int:
        return span(self.cell, "rowspan")

    @property
    def columns(self) -> int:
        return span(self.cell, "colspan")


def with_tall_cells_below(table: Element, columns: int) -> Element:
    """Return a table of so many columns without cells that would be taller than a page."""
    heads: dict[int, str] = {}
    children = []
    for child in table.children:
        if isinstance(child, Element) and child.tag in ROW_GROUPS:
            child = replace(child, children=_mended(child.children, columns, heads))
        children.append(child)
    if any(isinstance(child, Element) and child.tag == "tr" for child in children):
        children = _mended(children, columns, heads)
    return replace(table, children=children)


def _mended(nodes: Sequence[Node], columns: int, heads: dict[int, str]) -> list[Node]:
    """Return the rows of a group, and behind those that a tall cell covers a row with its text."""
    rows = [node for node in nodes if isinstance(node, Element) and node.tag == "tr"]
    placed = list(_placed(rows))
    heads |= {each.column: text_of([each.cell]) for each in placed if each.cell.tag == "th"}
    below: dict[int, list[_Placed]] = {}
    for each in placed:
        if columns > 1 and _is_tall(each, columns):
            last = min(_last_row(each, placed), len(rows) - 1)
            below.setdefault(last, []).append(each)
    moved = {id(each.cell) for cells in below.values() for each in cells}
    result: list[Node] = [node for node in nodes if node not in rows]
    for number, row in enumerate(rows):
        result.append(_emptied(row, moved))
        if number in below:
            result.append(_row_below(below[number], columns, heads))
    return result


def _placed(rows: Sequence[Element]) -> Iterator[_Placed]:
    """Yield every cell with its place, past those that reach down from above."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row.elements:
            while (number, column) in taken:
                column += 1
            placed = _Placed(cell, number, column)
            taken |= {
                (number + down, column + right)
                for down in range(placed.rows)
                for right in range(placed.columns)
            }
            yield placed


def _is_tall(placed: _Placed, columns: int) -> bool:
    width = _MEASURE_EM * placed.columns / columns - _PADDING_EM
    parts = [node for node in walk(placed.cell.children) if isinstance(node, str)]
    lines = sum(ceil(len(line) / width) for part in parts for line in part.split("\n"))
    return placed.columns * 2 <= columns and lines > _MOST_LINES


def _last_row(tall: _Placed, placed: Sequence[_Placed]) -> int:
    """Return the last row that the cell covers, or another that reaches out of these rows."""
    last = tall.row + tall.rows - 1
    while True:
        ends = [each.row + each.rows - 1 for each in placed if each.row <= last]
        if max(ends) <= last:
            return last
        last = max(ends)


def _emptied(row: Element, moved: set[int]) -> Element:
    cells: list[Node] = [
        replace(cell, children=[SEE_BELOW])
        if isinstance(cell, Element) and id(cell) in moved
        else cell
        for cell in row.children
    ]
    return replace(row, children=cells)


def _row_below(moved: Sequence[_Placed], columns: int, heads: dict[int, str]) -> Element:
    """Return one cell over all columns with each text under the head of its column."""
    inside: list[Node] = []
    for each in moved:
        label = heads.get(each.column, "").strip() or f"{each.column + 1}列目"
        inside += [
            Element("p", {}, [Element("strong", {}, [label])]),
            Element("div", {}, list(each.cell.children)),
        ]
    return Element("tr", {}, [Element("td", {"colspan": str(columns)}, inside)])
