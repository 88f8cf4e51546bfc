"""Makes tables typed or pasted into chapter text fit on paper, however many columns they have."""

from dataclasses import replace

from plans.printing.tall_cells import with_tall_cells_below
from plans.text.markup import Element, Node, text_of
from plans.text.typed_tables import rows_of, span

LONG_CELL = 600
"""A row with more characters than this in one cell may be higher than a page, and may be parted."""

LONG = "long"

_USUAL_COLUMNS, _UPRIGHT_COLUMNS, _BAND_COLUMNS = 10, 16, 14
_SMALL = "size-7-0"
_CELLS = ("td", "th", "caption")


def fitted(table: Element) -> Element:
    """Return what is printed for a table: itself, in smaller type, or in bands on a lying sheet.

    Bands repeat the first column. A table with merged cells is not cut, but set closely. Rows that
    may be higher than a page may be parted. What came out of this function stays as it is: chapter
    text itself has no classes.
    """
    if "class" in table.attributes:
        return table
    columns = _columns(table)
    if columns <= _UPRIGHT_COLUMNS:
        table = with_tall_cells_below(table, columns)
    return _fitted(_with_long_rows(table))


def _columns(table: Element) -> int:
    return max((sum(span(c, "colspan") for c in row.elements) for row in rows_of(table)), default=0)


def _fitted(table: Element) -> Element:
    columns = _columns(table)
    if columns <= _USUAL_COLUMNS:
        return table
    if columns <= _UPRIGHT_COLUMNS:
        return _with_class(table, _SMALL)
    if any(cell.attributes for row in rows_of(table) for cell in row.elements):
        bands = [_with_class(table, f"{_SMALL} close")]
    else:
        bands = [_with_class(band, _SMALL) for band in _bands(table, columns)]
    return Element("div", {"class": "landscape"}, list(bands))


def _with_long_rows(node: Element) -> Element:
    if node.tag == "tr":
        long = any(len(text_of(cell.children)) > LONG_CELL for cell in node.elements)
        return _with_class(node, LONG) if long else node
    children: list[Node] = [
        _with_long_rows(child) if isinstance(child, Element) and child.tag not in _CELLS else child
        for child in node.children
    ]
    return replace(node, children=children)


def _bands(table: Element, columns: int) -> list[Element]:
    """Cut a table into bands of nearly equal width."""
    count = -(-(columns - 1) // (_BAND_COLUMNS - 1))
    size = -(-(columns - 1) // count)
    starts = range(1, columns, size)
    return [
        _band(table, start, start + size, f"（{number}／{len(starts)}）")
        for number, start in enumerate(starts, 1)
    ]


def _band(node: Element, start: int, end: int, mark: str) -> Element:
    """Return a table or a part of it with its first column and those from `start` to `end`."""
    if node.tag == "tr":
        cells: list[Node] = [*node.elements]
        return replace(node, children=[*cells[:1], *cells[start:end]])
    if node.tag == "caption":
        return replace(node, children=[*node.children, mark])
    return replace(node, children=[_band(child, start, end, mark) for child in node.elements])


def _with_class(element: Element, names: str) -> Element:
    return replace(element, attributes={**element.attributes, "class": names})
