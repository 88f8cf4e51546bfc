"""How wide the columns of a grid are, and which one stays in sight while the others scroll."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bcp_portal.annex.models import TableChoice
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.table_choices import is_shown

_NARROW, _MIDDLE, _WIDE = "narrow", "middle", "wide"
"""Classes of static/css/annex.css."""


@dataclass(frozen=True)
class GridColumn:
    """One column of the grid: what it holds, how wide it is at first, and whether it stays in sight."""

    item: Item
    frozen: bool = False
    hidden: bool = False
    pixels: int = 0

    @property
    def name(self) -> str:
        return self.item.name

    @property
    def width(self) -> str:
        """Return the class of its width, by what its cells hold: the name of a row needs most."""
        kind = self.item.column.kind
        if self.frozen or kind.is_running_text or kind.several:
            return _WIDE
        return _MIDDLE if kind.takes_any_text or kind.names_rows else _NARROW

    @property
    def cell_attributes(self) -> str:
        """Return what the tag of each cell says: a hidden cell is posted like any other."""
        called = ' class="frozen"' if self.frozen else ""
        return called + (" hidden" if self.hidden else "")


def grid_columns(
    sheet: Sheet, items: Sequence[Item], choice: TableChoice, wrong: Collection[str]
) -> list[GridColumn]:
    """Return the columns of a grid of these items as a person chose them, one of them frozen.

    The frozen one and those in which something is `wrong` are shown whatever was chosen.
    """
    frozen = naming_column(sheet, items)
    return [
        GridColumn(
            item,
            frozen=item.name == frozen,
            hidden=not (item.name == frozen or item.name in wrong or is_shown(choice, item)),
            pixels=choice.widths.get(item.name, 0),
        )
        for item in items
    ]


def naming_column(sheet: Sheet, items: Sequence[Item]) -> str:
    """Return the column by which people know a row: declared, else of its key what is no parent.

    Of a key of several columns a text tells most; the number of a step tells nothing.
    """
    spec = sheet.spec
    own = [item for item in items if item.name != spec.parent]
    key = [item for item in own if item.name in spec.natural_key]
    found = [
        *(item for item in own if item.name == spec.known_by),
        *(item for item in key if item.column.kind.takes_any_text),
        *(item for item in key if item.column.kind.says_which_row),
        *(item for item in own if item.column.kind.takes_any_text),
        *items,
    ]
    return found[0].name if found else ""
