"""Says what differs between two states of a row, column by column, as the operation log shows it."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from bcp_portal.annex.file_cells import file_cell, file_text, read_cell
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.kinds.reference import references
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.table import Column
from bcp_portal.annex.table_builder import cells_of
from bcp_portal.audit.edits import NAMESAKE
from bcp_portal.audit.services import Change

Cells = Mapping[str, CellValue]
CONFIRMED_ON = "verified_on"
SAME_LABEL = "（同じ表示の別の選択肢）"


def changes_between(sheet: Sheet, current: Any, row: Any) -> list[Change]:
    """Return the columns that differ between the stored row and the one about to be saved."""
    before, after = cells_to_save(sheet, [current, row])
    return list(changes_of(sheet, before, after))


def changes_of(sheet: Sheet, before: Cells, after: Cells) -> Iterator[Change]:
    """Yield the columns whose text differs, or that hold another row or file of the same name.

    Of a row that is not there all cells are blank.
    """
    style = sheet.presentation.date_style
    for item in stored_items(sheet):
        column, was, will_be = item.column, before.get(item.name), after.get(item.name)
        if was == will_be:
            continue
        if column.kind.holds_file:
            # A file of the same name is told apart by its content; both are read only here.
            old, new = (file_text(read_cell(item.model_field, each)) for each in (was, will_be))
        else:
            old, new = column.text(was, style), column.text(will_be, style)
        if old == new and named_uids(was) != named_uids(will_be):
            new += NAMESAKE
        if old == new and column.kind.has_choices and was and will_be:
            new += SAME_LABEL
        if old != new:
            digests = _digests(column, was, will_be)
            yield Change(
                item.name, column.label, old, new, personal=column.personal, digests=digests
            )


def _digests(column: Column, was: CellValue, will_be: CellValue) -> tuple[str, str] | None:
    """Return by what the log tells values apart that are called the same: rows, options of a list."""
    if column.kind.names_rows:
        return _digest(named_uids(was)), _digest(named_uids(will_be))
    if column.kind.has_choices and not column.personal:
        return _digest(was or ""), _digest(will_be or "")
    return None


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def is_confirmation_cancelled(row: Any, changed: Collection[str]) -> bool:
    """Tell whether saving these columns of a row empties 最終確認日: it says that the rest was looked at."""
    return bool(changed) and CONFIRMED_ON not in changed and row.verified_on is not None


def named_uids(cell: CellValue) -> list[str]:
    """Return the uids of the rows that a cell names, in their order."""
    cells = cell if isinstance(cell, list) else [cell]
    return [str(each["uid"]) for each in cells if isinstance(each, dict) and "uid" in each]


def cells_to_save(sheet: Sheet, rows: Sequence[Any]) -> list[dict[str, CellValue]]:
    """Return the cells of each row as saving it would leave them: what is pending counts as set."""
    items = stored_items(sheet)
    many = [item for item in items if item.model_field.many_to_many]
    single = [item for item in items if not item.model_field.many_to_many]
    files = [item for item in items if item.column.kind.holds_file]
    cells = cells_of(single, rows)
    for row, into in zip(rows, cells, strict=True):
        into |= {item.name: file_cell(row, item.model_field) for item in files}
        pending: Mapping[str, Sequence[Any]] = getattr(row, "pending", {})
        for item in many:
            if item.name in pending:
                into[item.name] = references(pending[item.name])
            else:
                into |= cells_of([item], [row])[0]
    return cells


def stored_items(sheet: Sheet) -> list[Item]:
    """Return the columns that are stored, those this municipality has hidden among them."""
    return [item for item in sheet.all_items if item.editable]
