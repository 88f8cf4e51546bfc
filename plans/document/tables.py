"""Walks through the tables of a document; pure."""

from typing import Any

from bcp_portal.annex.table import Table
from plans.document.document import Document, TableBlock


def tables_of(document: Document) -> list[Table]:
    """Return every table once: whole ones of the annexes first, then what only chapters show."""
    tables = [table for annex in document.annexes for table in annex.tables]
    whole = {table.code for table in tables}
    shown: dict[Any, Table] = {}
    for section in document.sections():
        for block in section.blocks:
            if isinstance(block, TableBlock) and block.table and block.table.code not in whole:
                names = tuple(column.name for column in block.table.columns)
                uids = tuple(row.uid for row in block.table.rows)
                shown.setdefault((block.table.code, names, uids), block.table)
    return [*tables, *shown.values()]
