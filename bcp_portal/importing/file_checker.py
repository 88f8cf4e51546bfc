"""Checks every line of a file against what is stored, and works out what an import would write."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from bcp_portal.annex.batch import checking_many
from bcp_portal.importing import garbage_collection
from bcp_portal.importing.assignment import Assignment
from bcp_portal.importing.check_result import (
    CheckedFile,
    refuse_without_target,
    refuse_writes,
    tell_cancelled_confirmations,
)
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import CellProblem, ImportLine, ImportOutcome, LineOutcome
from bcp_portal.importing.line_checks import LineChecks, held_entry
from bcp_portal.importing.meanings import add_meanings
from bcp_portal.importing.moved_rows import moved_lines
from bcp_portal.importing.pending_rows import ImportPool
from bcp_portal.importing.sheet_lines import SheetLines, StoredTable, stored_table
from bcp_portal.importing.standins import Place, StandIns

OnProgress = Callable[[int, int], None]
_LINES_BETWEEN_NOTES = 100


class FileChecker:
    """Checks the sheets of one file together: lines may name rows that other sheets add."""

    def __init__(
        self,
        assignments: Sequence[Assignment],
        *,
        as_drafts: bool = True,
        confirmed: Mapping[Place, Collection[str]] | None = None,
        settled: Mapping[Place, ImportLine] | None = None,
    ) -> None:
        """With `as_drafts` a new row that lacks what 有効 asks for is taken as 作成中.

        `confirmed` are the lines of which a person said that they are meant as they are, each with
        the columns that are left as they are stored; `settled` those of which nothing more becomes.
        """
        self._assignments, self._as_drafts = assignments, as_drafts
        self._confirmed, self._settled = confirmed or {}, settled or {}

    def run(
        self,
        on_progress: OnProgress = lambda done, total: None,
        refusals: Mapping[int, Sequence[CellProblem]] | None = None,
        held_back: Mapping[Place, ImportLine] | None = None,
    ) -> CheckedFile:
        """Check all lines; the number of queries does not depend on how many there are.

        `refusals` are problems of lines, by their place, that only saving brought to light;
        `held_back` lines that are not taken this time, and what is said of them. Rows whose lines are
        refused keep their names, so what gave them others is checked again without.
        """
        left_out = dict(held_back or {})
        while True:
            one = _Pass(
                self._assignments, self._as_drafts, self._confirmed, self._settled, left_out
            )
            checked, renaming = one.run(on_progress, refusals or {})
            if not renaming:
                return checked
            left_out |= renaming


class _Pass:
    """One look at all lines, while those that are left out change nothing."""

    def __init__(
        self,
        assignments: Sequence[Assignment],
        as_drafts: bool,
        confirmed: Mapping[Place, Collection[str]],
        settled: Mapping[Place, ImportLine],
        left_out: Mapping[Place, ImportLine],
    ) -> None:
        self._pool = ImportPool()
        self._standins = StandIns()
        stored: dict[str, StoredTable] = {}
        for each in assignments:
            if each.target.code not in stored:
                stored[each.target.code] = stored_table(each)
        self._sheets = []
        self._settled, self._left_out = settled, dict(left_out)
        known = confirmed.keys() | left_out.keys() | settled.keys()
        for each in assignments:
            sheet = SheetLines(each, stored[each.target.code], self._pool)
            for line, problem in moved_lines(sheet):
                if sheet.place(line) not in known:
                    self._left_out[sheet.place(line)] = held_entry(sheet, line, problem)
            sheet.left_out = frozenset([*self._left_out, *settled])
            self._sheets.append(sheet)
        self._lines = LineChecks(
            self._sheets,
            self._standins,
            self._left_out,
            as_drafts=as_drafts,
            confirmed=confirmed,
        )
        for sheet in self._sheets:
            self._announce(sheet)
        for sheet in self._sheets:
            self._announce_lost(sheet)

    def run(
        self, on_progress: OnProgress, refusals: Mapping[int, Sequence[CellProblem]]
    ) -> tuple[CheckedFile, dict[Place, ImportLine]]:
        """Return what was found, and the entries of lines that will not rename what they should."""
        checked = CheckedFile(ImportOutcome())
        total = sum(len(sheet.lines) for sheet in self._sheets)
        with checking_many(self._rows_after), garbage_collection.looked_for_seldom():
            for sheet in self._sheets:
                self._check_sheet(checked, sheet, lambda done: on_progress(done, total))
        on_progress(total, total)
        # A later line may have been the first to name an earlier one.
        for write in checked.writes:
            write.standin = self._standins.made((write.sheet, write.line.number))
        entries = checked.plan.entries
        refuse_writes(checked, {p: r for p, r in refusals.items() if not entries[p].settled})
        refuse_without_target(checked)
        tell_cancelled_confirmations(checked)
        add_meanings(checked, self._sheets, self._standins)
        checked.plan.has_personal = self._has_personal()
        return checked, self._renaming(checked)

    def _rows_after(self, model: Any) -> list[Any]:
        sheets = [s for s in self._sheets if s.target.sheet.spec.model is model]
        return [row for sheet in sheets for row in sheet.rows_after.values()]

    def _renaming(self, checked: CheckedFile) -> dict[Place, ImportLine]:
        """Return the entries of refused lines that were taken to give their rows other names."""
        found, entries = {}, iter(checked.plan.entries)
        for sheet in self._sheets:
            for line, entry in zip(sheet.lines, entries, strict=False):
                if entry.outcome is LineOutcome.REFUSED and sheet.counts(line):
                    rows = sheet.row_of(line)
                    if len(rows) == 1 and sheet.tells_apart_anew(line, rows[0]):
                        found[sheet.place(line)] = entry
        return found

    def _check_sheet(
        self, checked: CheckedFile, sheet: SheetLines, on_progress: Callable[[int], None]
    ) -> None:
        refused, before = [], checked.writes[-1:]
        for line in sheet.lines:
            place = len(checked.plan.entries)
            checked.plan.entries.append(ImportLine("", "", 0, LineOutcome.SKIPPED))
            if self._enter(checked, place, sheet, line) is LineOutcome.REFUSED:
                refused.append((place, line))
            if place % _LINES_BETWEEN_NOTES == 0:
                on_progress(place)
        while refused and checked.writes[-1:] != before:
            # What was refused may be right beside lines that came behind it.
            before = checked.writes[-1:]
            refused = [
                (place, line)
                for place, line in refused
                if self._enter(checked, place, sheet, line) is LineOutcome.REFUSED
            ]

    def _enter(
        self, checked: CheckedFile, place: int, sheet: SheetLines, line: DataLine
    ) -> LineOutcome:
        if settled := self._settled.get(sheet.place(line)):
            checked.plan.entries[place] = settled
            return LineOutcome.SKIPPED
        entry, write = self._lines.check(checked, place, sheet, line)
        checked.plan.entries[place] = entry
        if write:
            write.place = place
            checked.writes.append(write)
        return entry.outcome

    def _has_personal(self) -> bool:
        return any(
            sheet.target.items[name].column.personal
            for sheet in self._sheets
            for name in sheet.columns
        )

    def _announce(self, sheet: SheetLines) -> None:
        """Enter the names that lines of the file may use although nothing bears them yet."""
        model = sheet.target.sheet.spec.model
        if not any(other.names(model) for other in self._sheets):
            return
        rows = [line for line in sheet.lines if sheet.counts(line)]
        for number, line in enumerate(rows, start=1):
            self._pool.coming.add(model, partial(sheet.coming, self._standins, number, line))

    def _announce_lost(self, sheet: SheetLines) -> None:
        """Enter the names that lines would give to rows, were they not refused."""
        for line in sheet.lines:
            if sheet.place(line) in self._left_out and (known := sheet.row_of(line)):
                model, row = sheet.target.sheet.spec.model, known[0]
                self._pool.coming.lose(model, sheet.as_changed(line, row))
