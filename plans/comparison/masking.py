"""Hides personal values in a comparison: that one changed is said, its digits are not; pure."""

from dataclasses import replace

from bcp_portal.annex.kinds import MASK
from plans.comparison.changes import (
    CellChange,
    Comparison,
    PartChange,
    RowChange,
    Run,
    Runs,
    TableChange,
)
from plans.document.document import Document, Section, TableBlock


def with_masked_text(full: Document, masked: Document) -> Document:
    """Return the document with text and figures as a reader sees them who may not see personal
    values, and with its tables whole, so that a changed personal cell is found.

    Both documents are one plan, built with and without personal values. What is compared with the
    result must go through `masked_comparison`.
    """
    return replace(
        full,
        front=tuple(map(_mixed, full.front, masked.front)),
        chapters=tuple(map(_mixed, full.chapters, masked.chapters)),
    )


def masked_comparison(comparison: Comparison) -> Comparison:
    """Return the comparison with every filled personal cell replaced by a mask."""
    return replace(comparison, parts=tuple(map(_part, comparison.parts)))


def _mixed(full: Section, masked: Section) -> Section:
    if full.anchor != masked.anchor:
        raise ValueError(f"{full.anchor} and {masked.anchor} are not the same section.")
    return replace(
        full,
        title=masked.title,
        blocks=tuple(
            block if isinstance(block, TableBlock) and isinstance(other, TableBlock) else other
            for block, other in zip(full.blocks, masked.blocks, strict=True)
        ),
        children=tuple(map(_mixed, full.children, masked.children)),
    )


def _part(part: PartChange) -> PartChange:
    contents = tuple(
        _table(content) if isinstance(content, TableChange) else content
        for content in part.contents
    )
    return replace(part, contents=contents, children=tuple(map(_part, part.children)))


def _table(table: TableChange) -> TableChange:
    return replace(table, rows=tuple(map(_row, table.rows)))


def _row(row: RowChange) -> RowChange:
    return replace(row, cells=tuple(map(_cell, row.cells)))


def _cell(cell: CellChange) -> CellChange:
    if not cell.personal:
        return cell
    return replace(cell, old=_mask(cell.old), new=_mask(cell.new))


def _mask(runs: Runs) -> Runs:
    return (Run(MASK, changed=True),) if runs else ()
