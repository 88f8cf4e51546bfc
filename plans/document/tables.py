"""Walks through the tables of a document; pure."""

from typing import Any

from bcp_portal.annex.table import Table
from plans.document.document import Document


def tables_of(document: Document) -> list[Table]:
    """Return every table once: whole ones of the annexes first, then what only chapters show."""
    tables = [table for annex in document.annexes for table in annex.tables]
    whole = {table.code for table in tables}
    shown: dict[Any, Table] = {}
    for table in (table for section in document.sections() for table in section.tables):
        if table.code not in whole:
            names = tuple(column.name for column in table.columns)
            uids = tuple(row.uid for row in table.rows)
            shown.setdefault((table.code, names, uids), table)
    return [*tables, *shown.values()]
