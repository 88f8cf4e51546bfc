"""Says what a row is called: by the columns that tell it apart in its table, without personal values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import Truncator

from bcp_portal.annex.kinds import MASK, CellValue
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.table_builder import cells_of, masked

SEPARATOR = "・"
LONGEST = 60
NAMELESS = "（名称なし）"


def names_of(sheet: Sheet, rows: Sequence[Any]) -> list[str]:
    """Return what to call each of the rows."""
    cells = cells_of(_telling_apart(sheet), rows)
    return [name_in(sheet, row, each) for row, each in zip(rows, cells, strict=True)]


def name_in(sheet: Sheet, row: Any, cells: Mapping[str, CellValue]) -> str:
    """Return what to call a row whose cells have been read already."""
    items = _telling_apart(sheet)
    safe = masked(items, {item.name: cells[item.name] for item in items})
    style = sheet.presentation.date_style
    texts = [item.column.text(safe[item.name], style) for item in items]
    words = [" ".join(text.split()) for text in texts if text not in ("", MASK)]
    return Truncator(SEPARATOR.join(words) or str(row)).chars(LONGEST) or NAMELESS


def _telling_apart(sheet: Sheet) -> list[Item]:
    keys = sheet.spec.natural_key
    named = [item for item in sheet.all_items if item.name in keys]
    return sorted(named, key=lambda item: keys.index(item.name)) or list(sheet.items[:1])
