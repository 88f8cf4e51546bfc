"""Hides the personal values of a frozen document from readers who may not see them; pure.

Tables say themselves which of their columns are personal. Everything else that stands in a chapter
(a figure with names, a text that names a person) was built a second time for such readers when the
document was frozen: `Masks` keeps that second form by the hash of the first. A block of a kind that
has none is not shown at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from bcp_portal.annex.table import Table, masked_cells
from plans.document.canonical import sha256_of
from plans.document.document import (
    AnnexPart,
    Block,
    Document,
    TableBlock,
    TextBlock,
    block_of,
)

Masks = Mapping[str, Any]
"""JSON of the masked block by the hash of the block; None for a block that hides nothing."""

NOT_SHOWN = "個人の情報を含む場合があるため、ここには表示しません。"


def masks_of(internal: Document, masked: Document) -> dict[str, Any]:
    """Pair the blocks of one plan built with and without personal values."""
    seconds = dict(_placed(masked))
    masks: dict[str, Any] = {}
    for place, block in _placed(internal):
        second = seconds.get(place)
        if isinstance(block, TableBlock):
            continue
        if type(second) is not type(block):
            second = TableBlock(None, NOT_SHOWN)
        if block != second:
            masks[_key(block)] = asdict(second)
        elif not isinstance(block, TextBlock):
            masks[_key(block)] = None
    return masks


def masked_document(document: Document, masks: Masks) -> Document:
    """Return the document as somebody reads it who may not see personal values."""
    masked = document.with_blocks(lambda block: _masked_block(block, masks))
    return replace(masked, annexes=tuple(map(_masked_annex, document.annexes)))


def masked_table(table: Table) -> Table:
    """Return the table with every filled cell of a personal column replaced by a mask.

    A cell without a column, of which nothing says whether it is personal, is left out.
    """
    rows = (replace(row, cells=masked_cells(table.columns, row.cells)) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _masked_annex(annex: AnnexPart) -> AnnexPart:
    return replace(annex, tables=tuple(map(masked_table, annex.tables)))


def _masked_block(block: Block, masks: Masks) -> Block:
    if isinstance(block, TableBlock):
        return replace(block, table=masked_table(block.table)) if block.table else block
    key = _key(block)
    if key in masks:
        return block_of(masks[key]) if masks[key] is not None else block
    return block if isinstance(block, TextBlock) else TableBlock(None, NOT_SHOWN)


def _placed(document: Document) -> Iterator[tuple[tuple[str, int], Block]]:
    """Yield every block of the chapters with its place."""
    for section in document.sections():
        for index, block in enumerate(section.blocks):
            yield (section.anchor, index), block


def _key(block: Block) -> str:
    return sha256_of(asdict(block))
