"""Tells which cells of a line say something else than what is stored, and what they change."""

from collections.abc import Iterator, Mapping
from typing import Any

from bcp_portal.annex.cells import cell_of, reference
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.importing.assigning import Assignment
from bcp_portal.annex.importing.data_lines import DataLine
from bcp_portal.annex.importing.plan import CellChange
from bcp_portal.annex.importing.stored_values import is_as_exported
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.sheet import Item


def says_otherwise(
    assignment: Assignment, line: DataLine, name: str, stored: Mapping[str, CellValue]
) -> bool:
    """Tell whether the file says something else than what is stored.

    An empty cell empties the column only in a sheet of ours: a town's own sheet never had it all.
    """
    cell = line.as_written.get(name)
    if cell is None and not assignment.head.is_ours:
        return False
    item = assignment.target.items[name]
    style = assignment.target.sheet.presentation.date_style
    return not is_as_exported(item.column, stored.get(name), cell, style)


def changed_cells(
    assignment: Assignment, form: AnnexForm, stored: Mapping[str, CellValue]
) -> Iterator[CellChange]:
    """Yield the columns whose text is another than before, those typed and no others."""
    target = assignment.target
    style = target.sheet.presentation.date_style
    for name in form.fields:
        item = target.items.get(name)
        if item is None:
            continue
        old = item.column.text(stored.get(name), style)
        new = item.column.text(_cell(form.row, item), style)
        if old != new:
            yield CellChange(item.column.label, old, new, item.column.personal)


def _cell(row: Any, item: Item) -> CellValue:
    pending = getattr(row, "pending", {})
    if item.name in pending:
        targets = sorted(pending[item.name], key=lambda t: (getattr(t, "row_no", 0), t.pk))
        return [reference(target) for target in targets]
    return cell_of(row, item.model_field)
