"""Takes out of a public document whatever only says that something is kept back; pure.

The public edition keeps the place of what is hidden, so that it can be read beside the internal one.
A summary of a few pages has no such reader: what is hidden is left out of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.kinds import MASK, is_blank
from bcp_portal.annex.table import Table
from plans.document.document import Block, Document, Section, TableBlock


def without_hidden(document: Document) -> Document:
    """Return the document without notes on hidden parts, and without rows and columns of masks."""
    return replace(
        document,
        front=tuple(_sections(document.front)),
        chapters=tuple(_sections(document.chapters)),
    )


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        if section.confidentiality == Confidentiality.PUBLIC:
            blocks = tuple(_blocks(section.blocks))
            children = tuple(_sections(section.children))
            if blocks or children:
                yield replace(section, blocks=blocks, children=children)


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, TableBlock):
            yield block
            continue
        table = _said_of(block.table) if block.table else None
        if table:
            yield replace(block, table=table)


def _said_of(table: Table) -> Table | None:
    """Return what a table says: None when that is nothing but masks."""
    columns = tuple(
        column
        for column in table.columns
        if not table.rows or any(row.cells.get(column.name) != MASK for row in table.rows)
    )
    names = [column.name for column in columns]
    rows = tuple(
        row
        for row in table.rows
        if any(not is_blank(row.cells.get(n)) and row.cells.get(n) != MASK for n in names)
    )
    return replace(table, columns=columns, rows=rows) if rows else None
