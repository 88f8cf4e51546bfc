"""Says which rows are behind the names of an entry, because a text alone does not tell whose it is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.former_names import called
from bcp_portal.annex.row_changes import named_uids
from bcp_portal.importing.check_result import CheckedFile, Write
from bcp_portal.importing.import_outcome import ImportLine, LineOutcome
from bcp_portal.importing.sheet_lines import SheetLines
from bcp_portal.importing.standins import StandIns, is_standin
from bcp_portal.ui.text import match_key

STATUS = "row_status"
_LINE, _BETWEEN = "line", "\t"


def add_meanings(checked: CheckedFile, sheets: Iterable[SheetLines], standins: StandIns) -> None:
    """Let the entry of every write say what its names mean, and which names change hands."""
    by_name = {sheet.assignment.source.name: sheet for sheet in sheets}
    entries, taken, given = checked.plan.entries, {}, set()
    for write in checked.writes:
        sheet, entry = by_name[write.sheet], entries[write.place]
        before, after = _names_before(entry, write, sheet), _names_after(write, sheet)
        taken[write.place] = after - before
        given |= before - after
        entries[write.place] = replace(
            entry,
            meant=tuple(_meant(write, sheet, standins)),
            gives=tuple(sorted(before - after)),
        )
    for place, names in taken.items():
        if found := names & given:
            entries[place] = replace(entries[place], takes=tuple(sorted(found)))


def rows_meant(entry: ImportLine) -> dict[str, tuple[set[str], set[str]]]:
    """Return the uids behind the names of an entry, by column: those stored, and those to be stored."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for each in entry.meant:
        column, _, uids = each.partition("=")
        was, _, will_be = uids.partition(">")
        if column != STATUS:
            found[column] = (_uids(was), _uids(will_be))
    return found


def lines_meant(entry: ImportLine) -> set[str]:
    """Return the keys of the lines whose new rows an entry names."""
    named = (each for _, rows in rows_meant(entry).values() for each in rows)
    return {each.partition(" ")[2] for each in named if each.startswith(f"{_LINE} ")}


def status_meant(entry: ImportLine) -> str:
    """Return the state that the row of an entry will have; "" where nothing is written."""
    found = (each.partition("=") for each in entry.meant)
    return next((value for column, _, value in found if column == STATUS), "")


def new_drafts(entries: Iterable[ImportLine]) -> int:
    """Return how many lines are, or will be, saved as new rows that are 作成中."""
    return sum(
        entry.outcome is LineOutcome.NEW
        and not entry.settled
        and status_meant(entry) == RowStatus.DRAFT
        for entry in entries
    )


def _uids(text: str) -> set[str]:
    return set(text.split(_BETWEEN)) - {""}


def _meant(write: Write, sheet: SheetLines, standins: StandIns) -> Iterator[str]:
    row, stored = write.form.row, sheet.cells.get(str(write.form.row.uid), {})
    yield f"{STATUS}={row.row_status}"
    for name in sorted(write.form.fields):
        item = sheet.target.items.get(name)
        if item is None or not item.column.kind.names_rows:
            continue
        pending = getattr(row, "pending", {})
        rows = pending[name] if name in pending else [_named(row, name)]
        will_be = sorted(_name_of(each, standins) for each in rows if each is not None)
        was = sorted(named_uids(stored.get(name)))
        yield f"{name}={_BETWEEN.join(was)}>{_BETWEEN.join(will_be)}"


def _named(row: Any, name: str) -> Any:
    return getattr(row, name) if row._meta.get_field(name).many_to_one else None


def _name_of(row: Any, standins: StandIns) -> str:
    if is_standin(row):
        source, number = standins.place_of(row)
        return f"{_LINE} {number}:{source}"
    return str(getattr(row, "uid", row.pk))


def _names_before(entry: ImportLine, write: Write, sheet: SheetLines) -> set[str]:
    if write.form.is_new:
        return set()
    aliases = sheet.cells[str(write.form.row.uid)].get("aliases")
    names = [entry.name, *(aliases if isinstance(aliases, list) else ())]
    return _keys(names, sheet)


def _names_after(write: Write, sheet: SheetLines) -> set[str]:
    row = write.form.row
    if write.form.is_new or "aliases" in sheet.columns:
        return _keys(called(row), sheet)
    # Other names that the file does not tell of stay, so they are neither given up nor taken.
    return _keys(called(row)[:1], sheet)


def _keys(names: Iterable[Any], sheet: SheetLines) -> set[str]:
    label = sheet.target.sheet.spec.model._meta.label_lower
    return {f"{label}:{match_key(str(name))}" for name in names}
