"""Says by which columns a row is found: what is written in words, and nothing personal, for nobody.

Whether a guess is found tells the value, and a list of results would not note that it was told.
"""

from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.spec import Unprinted

_NO_CONTENT = {Unprinted.KEEPING, Unprinted.PUBLICITY}


def searched_items(sheet: Sheet) -> list[Item]:
    """Return the columns in use whose words are searched."""
    return [item for item in sheet.items if _is_searched(item)]


def _is_searched(item: Item) -> bool:
    if item.column.personal or not item.editable or item.spec.unprinted in _NO_CONTENT:
        return False
    return item.column.kind.found_by_search


def other_names(sheet: Sheet) -> frozenset[str]:
    """Return the columns that hold readings and other names of a row."""
    read_by = {item.spec.read_by for item in sheet.items if item.spec.read_by}
    return frozenset(
        item.name
        for item in searched_items(sheet)
        if item.name in read_by or item.column.kind.holds_other_names
    )
