"""What a check found: the plan that people look at, and the rows that saving it would write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.row_changes import CONFIRMED_ON, is_confirmation_cancelled
from bcp_portal.annex.sheet import Item
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import (
    CellProblem,
    ImportedCell,
    ImportLine,
    ImportOutcome,
    LineOutcome,
)
from bcp_portal.importing.line_form import LineForms
from bcp_portal.importing.pending_rows import TARGET_REFUSED
from bcp_portal.importing.standins import is_standin

CANCELLED = "ほかの項目が変わるため、空欄になります。確かめた日があれば入力してください"


@dataclass
class Write:
    """One row to be saved: its form, the version it was compared with, and the line it came from."""

    place: int
    sheet: str
    target_code: str
    form: AnnexForm
    version: int
    forms: LineForms
    line: DataLine
    standin: Any = None


@dataclass
class CheckedFile:
    """The plan of a file, and what saving it takes."""

    plan: ImportOutcome
    writes: list[Write] = field(default_factory=list)


def refuse_writes(checked: CheckedFile, problems: Mapping[int, Sequence[CellProblem]]) -> None:
    """Take back what would be written for some lines, by their places in the plan."""
    entries = checked.plan.entries
    for place, found in problems.items():
        entries[place] = replace(
            entries[place], outcome=LineOutcome.REFUSED, changes=(), problems=tuple(found)
        )
    checked.writes = [write for write in checked.writes if write.place not in problems]


def refuse_without_target(checked: CheckedFile) -> None:
    """Refuse lines that name a row which the file would add, were its line not refused itself."""
    while True:
        coming = {write.standin.pk for write in checked.writes if write.standin is not None}
        orphans = {
            write.place: [write.forms.problem(write.line, "", TARGET_REFUSED.format(target))]
            for write in checked.writes
            for _, target in standins_named(write.form)
            if target.pk not in coming
        }
        if not orphans:
            return
        refuse_writes(checked, orphans)


def tell_cancelled_confirmations(checked: CheckedFile) -> None:
    """Show 最終確認日 of rows that saving empties, because the file changes what was looked at."""
    entries = checked.plan.entries
    for write in checked.writes:
        sheet, row = write.forms.target.sheet, write.form.row
        item = next(item for item in sheet.all_items if item.name == CONFIRMED_ON)
        entry, label = entries[write.place], item.column.label
        if write.form.is_new or not is_confirmation_cancelled(row, _changed_names(entry, item)):
            continue
        was = item.column.text(row.verified_on.isoformat(), sheet.presentation.date_style)
        change = ImportedCell(label, was, "", shown=CANCELLED, name=item.name)
        entries[write.place] = replace(entry, changes=(*entry.changes, change))


def _changed_names(entry: ImportLine, confirmed_on: Item) -> list[str]:
    """Return what an entry changes by label, 最終確認日 by its name."""
    label = confirmed_on.column.label
    return [CONFIRMED_ON if each.label == label else each.label for each in entry.changes]


def standins_named(form: AnnexForm) -> list[tuple[str, Any]]:
    """Return (column, row) of everything a checked row names that only the file brings."""
    row, found = form.row, []
    for name in form.fields:
        if name in row.pending:
            found += [(name, target) for target in row.pending[name] if is_standin(target)]
        elif name in form.items and form.items[name].model_field.many_to_one:
            target = getattr(row, name, None)
            found += [(name, target)] if is_standin(target) else []
    return found
