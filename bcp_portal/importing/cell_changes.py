"""Tells which cells of a line say something else than what is stored, and what they change."""

from collections.abc import Iterator, Mapping
from typing import Any

from bcp_portal.annex.cells import cell_of
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.kinds import CellValue, is_blank
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.row_changes import named_uids
from bcp_portal.annex.sheet import Item
from bcp_portal.audit.edits import NAMESAKE
from bcp_portal.importing.assignment import Assignment
from bcp_portal.importing.cell_values import CellError
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.displayed_numbers import shown_otherwise
from bcp_portal.importing.import_outcome import ImportedCell
from bcp_portal.importing.stored_values import is_as_exported
from bcp_portal.ui.eras import DateStyle


def says_otherwise(
    assignment: Assignment, line: DataLine, name: str, stored: Mapping[str, CellValue]
) -> bool:
    """Tell whether the file says something else than what is stored.

    An empty cell empties the column only in a sheet of ours: a town's own sheet never had it all.
    """
    cell = line.as_written.get(name)
    if cell is None and (not assignment.head.is_ours or name in line.struck):
        return False
    if cell is None and is_blank(stored.get(name)):
        return False
    if isinstance(cell, str) and (options := assignment.options.get(name)):
        try:
            cell = options.in_words_of_now(cell)
        except CellError:
            return True
    item = assignment.target.items[name]
    style = assignment.target.sheet.presentation.date_style
    return not is_as_exported(item.column, stored.get(name), cell, style)


def changed_cells(
    assignment: Assignment, form: AnnexForm, stored: Mapping[str, CellValue], line: DataLine
) -> Iterator[ImportedCell]:
    """Yield the columns whose text is another than before, those typed and no others.

    A cell may name another row of the name that stood there, where the file renames rows.
    """
    target = assignment.target
    style = target.sheet.presentation.date_style
    for name in form.fields:
        item = target.items.get(name)
        if item is None:
            continue
        old, new = texts_of(item, stored.get(name), typed_cell(form.row, item, form.pool), style)
        if old != new:
            shown = shown_otherwise(line.cells.get(name), item.column.kind)
            yield ImportedCell(item.column.label, old, new, item.column.personal, shown, name)


def texts_of(item: Item, was: CellValue, will_be: CellValue, style: DateStyle) -> tuple[str, str]:
    """Return what a reader sees of a cell before and after; equal only where both mean the same."""
    old, new = item.column.text(was, style), item.column.text(will_be, style)
    if old == new and named_uids(was) != named_uids(will_be):
        new += NAMESAKE
    return old, new


def typed_cell(row: Any, item: Item, pool: ReferencePool) -> CellValue:
    """Return what a typed row holds, calling other rows as they are called in a file."""
    name = item.name
    pending = getattr(row, "pending", {})
    if name in pending:
        targets = sorted(pending[name], key=lambda t: (getattr(t, "row_no", 0), t.pk))
        return [_called(item, pool, target) for target in targets]
    if item.column.kind.names_one_row:
        target = getattr(row, name)
        return _called(item, pool, target) if target else None
    return cell_of(row, item.model_field)


def _called(item: Item, pool: ReferencePool, target: Any) -> CellValue:
    references = pool.of(item.model_field.related_model)
    return {"uid": str(getattr(target, "uid", target.pk)), "text": references.label(target)}
