"""Says which rows are kept back by name: not public, in a table of which other rows are; pure.

Where no row of a table is public nobody has decided row by row, and the column that names its rows
decides alone; what it prints is then told by the leak check.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import MASK, is_blank
from bcp_portal.annex.table import Column
from plans.document.document import Document
from plans.document.tables import tables_of

_LISTS = frozenset({"departments", "people"})
"""Not a part of the plan by themselves: nobody decides which of their rows are public."""

RowState = tuple[str, str, str]
"""Code of a table, uid and confidentiality of one of its rows."""


def kept_rows(states: Iterable[RowState]) -> frozenset[str]:
    """Return the uids of rows whose name may not be printed in the cells of other rows."""
    kept: set[str] = set()
    for _, rows in groupby(sorted(states), key=lambda state: state[0]):
        them = list(rows)
        closed = {uid for _, uid, state in them if state != Confidentiality.PUBLIC}
        if len(closed) < len(them):
            kept |= closed
    return frozenset(kept - {""})


def hidden_rows(states: Iterable[RowState]) -> frozenset[str]:
    """Return the uids of all rows whose name is told where cells of other rows print it."""
    hidden = {
        uid for code, uid, state in states if state != Confidentiality.PUBLIC and code not in _LISTS
    }
    return frozenset(hidden - {""})


def rows_of(document: Document) -> Iterator[RowState]:
    """Yield the rows of all tables of a document that somebody fills in."""
    for table in tables_of(document):
        if registry.spec(table.code) is not None:
            yield from ((table.code, row.uid, row.confidentiality) for row in table.rows)


def raw_states(rows: Mapping[str, Any]) -> Iterator[RowState]:
    """Yield the raw rows that a content was frozen with."""
    for code, raws in rows.get("tables", {}).items():
        for raw in raws:
            yield code, str(raw.get("uid", "")), str(raw.get("confidentiality", ""))


def without_kept(column: Column, value: Any, kept: frozenset[str]) -> Any:
    """Return a cell with a mask for each row that it names and that is kept back."""
    if value == MASK or is_blank(value) or not column.kind.names_rows:
        return value
    if all(item["uid"] in kept for item in (value if column.kind.several else [value])):
        return MASK
    masked = {"uid": "", "text": MASK}
    return column.kind.each_named(value, lambda item: masked if item["uid"] in kept else item)
