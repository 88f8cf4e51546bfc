"""Reads tables that somebody typed or pasted into chapter text: their rows, and how far cells reach; pure."""

import re
from collections.abc import Iterator

from plans.text.markup import Element

ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
SPAN = re.compile(r"[1-9][0-9]?")
"""How far a cell may reach over rows or columns."""


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows in order, whether or not they stand in groups."""
    for child in table.elements:
        if child.tag in ROW_GROUPS:
            yield from rows_of(child)
        elif child.tag == "tr":
            yield child


def span(cell: Element, name: str) -> int:
    """Return over how many columns (colspan) or rows (rowspan) a cell reaches."""
    said = cell.attributes.get(name, "")
    return int(said) if SPAN.fullmatch(said) else 1
