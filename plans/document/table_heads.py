"""Lays out the head of a table whose columns may stand under merged group heads; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bcp_portal.annex.table import Column


@dataclass(frozen=True)
class HeadCell:
    """One cell of a table's head."""

    label: str
    colspan: int = 1
    rowspan: int = 1


def head_rows(columns: Sequence[Column]) -> list[list[HeadCell]]:
    """Return one row of head cells, or two when columns that stand side by side share a group."""
    if not any(column.group for column in columns):
        return [[HeadCell(column.label) for column in columns]]
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        labels = [column.label for column in members]
        if group:
            upper.append(HeadCell(group, colspan=len(labels)))
            lower += [HeadCell(label) for label in labels]
        else:
            upper += [HeadCell(label, rowspan=2) for label in labels]
    return [upper, lower]
