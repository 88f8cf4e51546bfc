"""Finds the rows of which a page or file shows a personal value, so that the log can name them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import MASK, is_blank
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.table import Table, TableRow
from bcp_portal.annex.table_builder import cells_of, rows_of
from bcp_portal.audit.services import SeenRow

_NAMING_CELLS = 2


def rows_with_values(sheet: Sheet, rows: Sequence[Any], items: Iterable[Item]) -> list[SeenRow]:
    """Return those of the rows that have something in a personal column among the items."""
    personal = [item for item in items if item.column.personal]
    if not personal or not rows:
        return []
    cells = cells_of(personal, rows)
    filled = [
        row
        for row, each in zip(rows, cells, strict=True)
        if any(not is_blank(value) for value in each.values())
    ]
    kind = sheet.spec.model._meta.label_lower
    names = names_of(sheet, filled) if filled else []
    return [SeenRow(kind, str(row.uid), name) for row, name in zip(filled, names, strict=True)]


def seen_row(sheet: Sheet, row: Any) -> SeenRow:
    """Return a row as the log names it."""
    return SeenRow(sheet.spec.model._meta.label_lower, str(row.uid), names_of(sheet, [row])[0])


def rows_in_tables(tables: Iterable[Table]) -> list[SeenRow]:
    """Return the rows of which these tables show a personal value that is not masked."""
    return [
        SeenRow(_kind_of(table), row.uid, _label(table, row))
        for table in tables
        for row in table.rows
        if _shows_personal(table, row)
    ]


def all_rows_with_values(municipality: Municipality) -> list[SeenRow]:
    """Return every row of the municipality in scope that has a personal value; hidden columns count."""
    presentation = Presentation.load(municipality)
    found: list[SeenRow] = []
    for spec in registry.specs():
        sheet = Sheet(spec, presentation)
        if any(item.column.personal for item in sheet.all_items):
            found += rows_with_values(sheet, list(rows_of(sheet)), sheet.all_items)
    return found


def _shows_personal(table: Table, row: TableRow) -> bool:
    values = (row.cells.get(column.name) for column in table.columns if column.personal)
    return any(not is_blank(value) and value != MASK for value in values)


def _kind_of(table: Table) -> str:
    """Return what kind of row a table shows; a view of several kinds does not say."""
    spec = registry.spec(table.code)
    return spec.model._meta.label_lower if spec else ""


def _label(table: Table, row: TableRow) -> str:
    return "・".join(islice(_naming_texts(table, row), _NAMING_CELLS))


def _naming_texts(table: Table, row: TableRow) -> Iterator[str]:
    for column in table.columns:
        if column.kind.says_which_row and not column.personal:
            text = " ".join(table.text(row, column).split())
            if text:
                yield text
