"""The lines of a list: each named so that its link says which row opens, with the cells the name does not say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bcp_portal.annex.listing import Listing
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.table_builder import cells_of, masked

_STATE = "row_status"


@dataclass(frozen=True)
class ListCell:
    """One cell: its column and what a reader sees."""

    item: Item
    text: str


@dataclass(frozen=True)
class ListLine:
    """One row: its name, which no other line of the page has, and its cells."""

    row: Any
    name: str
    cells: tuple[ListCell, ...]


@dataclass(frozen=True)
class ListHead:
    """What stands above a column: its item, and the address that sorts by it ('' for none)."""

    item: Item
    sort_url: str
    order: str = ""


class ListLines:
    """Heads and lines of one page of a list."""

    def __init__(self, sheet: Sheet, listing: Listing, rows: Sequence[Any]) -> None:
        self.sheet, self.listing, self.rows = sheet, listing, rows
        named = naming_items(sheet)
        said = {item.name for item in named}
        # The state stands beside the name of the rows that are not 有効.
        self._shown = [
            item
            for item in sheet.items
            if item.spec.in_list and item.name not in said and item.name != _STATE
        ]
        self.name_heads = [self._head(item) for item in named]
        self.heads = [self._head(item) for item in self._shown]

    @property
    def name_order(self) -> str:
        """Return by which order of one of its columns the names are sorted, '' for none."""
        return next((head.order for head in self.name_heads if head.order), "")

    def lines(self) -> list[ListLine]:
        """Return the rows of the page with their names and cells."""
        style = self.sheet.presentation.date_style
        names = unique_names(self.rows, names_of(self.sheet, self.rows))
        lines = []
        for row, name, cells in zip(
            self.rows, names, cells_of(self._shown, self.rows), strict=True
        ):
            safe = masked(self._shown, cells)
            texts = (
                ListCell(item, item.column.text(safe[item.name], style)) for item in self._shown
            )
            lines.append(ListLine(row, name, tuple(texts)))
        return lines

    def _head(self, item: Item) -> ListHead:
        sort = self.listing.query.sort
        order = {item.name: "ascending", f"-{item.name}": "descending"}.get(sort, "")
        return ListHead(item, self.listing.sort_url(item), order)


def naming_items(sheet: Sheet) -> list[Item]:
    """Return the columns of which the name of a row is made, as far as everybody may see them."""
    keys = sheet.spec.natural_key
    named = [item for item in sheet.items if item.name in keys and not item.column.personal]
    return sorted(named, key=lambda item: keys.index(item.name)) or list(sheet.items[:1])


def unique_names(rows: Sequence[Any], names: Sequence[str]) -> list[str]:
    """Return the names, those that several rows bear with the number of the row."""
    often = Counter(names)
    return [
        f"{name}（No.{row.row_no}）" if often[name] > 1 else name
        for row, name in zip(rows, names, strict=True)
    ]
