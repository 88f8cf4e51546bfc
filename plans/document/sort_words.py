"""Puts beside the rows of a sorted view what decides their order there without being printed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bcp_portal.annex.table import Column, Table, TableRow
from plans.document.document import Block, Document, TableBlock

SortWords = Mapping[str, Mapping[str, str]]
"""By the uid of a row, what sorts it: field and text."""

GLOSSARY_CODE = "c-11"
SORTED_VIEWS = {
    "c-11-alphabet": frozenset({"sort_key"}),
    "c-11-gojuon": frozenset({"reading", "sort_key"}),
}
"""Views of the glossary, and which of the fields they do not print decide their order."""
LABELS = {"reading": "よみ", "sort_key": "並べ替えの指定"}
NOT_PRINTED = "（印刷しない項目）"
_UNPRINTED, _DECIDES = "unprinted ", "unprinted sorted-by "


def with_sort_words(document: Document, words: SortWords) -> Document:
    """Return the document with a column for each reading in its sorted views.

    So a changed reading is found as a changed cell of its own row. Nothing else may print it.
    """
    return document.with_blocks(lambda block: _block(block, words))


def sort_words_of(terms: Iterable[Mapping[str, Any]]) -> SortWords:
    """Return what sorts each term of the glossary; takes its rows as plain data."""
    return {
        str(term.get("uid")): {name: str(term.get(name) or "") for name in LABELS} for term in terms
    }


def is_unprinted(name: str) -> bool:
    """Tell whether a column was put in by `with_sort_words`."""
    return name.startswith(_UNPRINTED)


def decides_order(name: str) -> bool:
    """Tell whether an unprinted column decides the order of its view."""
    return name.startswith(_DECIDES)


def _block(block: Block, words: SortWords) -> Block:
    if isinstance(block, TableBlock) and block.table and block.table.code in SORTED_VIEWS:
        return replace(block, table=_table(block.table, words))
    return block


def _table(table: Table, words: SortWords) -> Table:
    deciding = SORTED_VIEWS[table.code]
    columns = {
        name: Column(
            f"{_DECIDES if name in deciding else _UNPRINTED}{name}", f"{label}{NOT_PRINTED}"
        )
        for name, label in LABELS.items()
        if table.column(name) is None
    }
    return replace(
        table,
        columns=(*table.columns, *columns.values()),
        rows=tuple(_row(row, columns, words.get(row.uid, {})) for row in table.rows),
    )


def _row(row: TableRow, columns: Mapping[str, Column], said: Mapping[str, str]) -> TableRow:
    added = {column.name: said.get(name, "") for name, column in columns.items()}
    return replace(row, cells={**row.cells, **added})
