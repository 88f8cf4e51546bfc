"""Checks every line of a file against what is stored, and works out what an import would write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.access import may_edit_row, may_edit_table
from bcp_portal.annex.batch import checking_many
from bcp_portal.annex.build import cells_of
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.importing import garbage
from bcp_portal.annex.importing.assigning import Assignment
from bcp_portal.annex.importing.cell_changes import changed_cells, says_otherwise
from bcp_portal.annex.importing.checked import (
    Checked,
    Write,
    refuse_without_target,
    refuse_writes,
    standins_named,
)
from bcp_portal.annex.importing.coming import ComingRow, ComingRows, ImportPool
from bcp_portal.annex.importing.data_lines import DataLine, data_lines
from bcp_portal.annex.importing.line_form import WHOLE_LINE, LineForms
from bcp_portal.annex.importing.natural_keys import Key, NaturalKeys
from bcp_portal.annex.importing.plan import CellProblem, Entry, Outcome, Plan
from bcp_portal.annex.importing.standins import Place, StandIns, renamed
from bcp_portal.annex.importing.stored_rows import stored_rows
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.references import labelled

OnProgress = Callable[[int, int], None]
_LINES_BETWEEN_NOTES = 100
_REFERENCES = (Kind.REFERENCE, Kind.REFERENCES)

NO_SUCH_ROW = (
    "A列の識別子が、この表のどの行とも合いません（書き出した後に削除された行か、ほかの団体の行です）。"
    "新しい行として取り込むときは、隠れているA列を表示し、この行の識別子を消してください。"
)
SAME_UID = "{}行目と同じ行を指しています。どちらか一方にしてください。"
SAME_KEY = "{}行目と{}が同じです。どちらか一方にするか、区別できるように書き分けてください。"
SEVERAL_ROWS = (
    "{}が同じ行が、すでに{}件登録されています。どの行か決められないため、"
    "この様式をExcelに書き出し、そのファイルを直して取り込んでください。"
)
MAY_NOT_ADD = "あなたの役割では、この表に行を加えられません。"
MAY_NOT_CHANGE = "あなたの役割では、この行を変更できません。"


@dataclass
class _Table:
    """One sheet of the file beside the rows that are stored."""

    assignment: Assignment
    forms: LineForms
    lines: list[DataLine]
    rows: dict[str, Any]
    cells: Mapping[str, Mapping[str, CellValue]]
    keys: NaturalKeys
    last_number: int
    seen_uids: dict[str, int] = field(default_factory=dict)
    seen_keys: dict[Key, int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def number(self, line: DataLine) -> int:
        """Return the number of a new row: behind those that are stored, in the order of the file."""
        return self.numbers.setdefault(line.number, self.last_number + len(self.numbers) + 1)


class Checker:
    """Checks the sheets of one file together: lines may name rows that other sheets add."""

    def __init__(self, assignments: Sequence[Assignment], *, as_drafts: bool = True) -> None:
        """With `as_drafts` a new row that lacks what 有効 asks for is taken as 作成中."""
        self._as_drafts = as_drafts
        self._coming = ComingRows()
        self._pool = ImportPool(self._coming)
        self._tables = [self._table(each) for each in assignments]
        self._standins = StandIns()
        for table in self._tables:
            self._announce(table)

    def run(
        self,
        on_progress: OnProgress = lambda done, total: None,
        refusals: Mapping[int, Sequence[CellProblem]] | None = None,
    ) -> Checked:
        """Check all lines; the number of queries does not depend on how many there are.

        `refusals` are problems of lines, by their place, that only saving brought to light.
        """
        checked = Checked(Plan())
        total = sum(len(table.lines) for table in self._tables)
        with checking_many(), garbage.looked_for_seldom():
            for table in self._tables:
                self._check_table(checked, table, lambda done: on_progress(done, total))
        on_progress(total, total)
        # A later line may have been the first to name an earlier one.
        for write in checked.writes:
            write.standin = self._standins.made((write.sheet, write.line.number))
        refuse_writes(checked, refusals or {})
        refuse_without_target(checked)
        checked.plan.has_personal = self._has_personal()
        checked.plan.draft_count = sum(_is_new_draft(write) for write in checked.writes)
        return checked

    def _check_table(
        self, checked: Checked, table: _Table, on_progress: Callable[[int], None]
    ) -> None:
        refused, before = [], checked.writes[-1:]
        for line in table.lines:
            place = len(checked.plan.entries)
            checked.plan.entries.append(Entry("", "", 0, Outcome.SKIPPED))
            if self._enter(checked, place, table, line) is Outcome.REFUSED:
                refused.append((place, line))
            if place % _LINES_BETWEEN_NOTES == 0:
                on_progress(place)
        while refused and checked.writes[-1:] != before:
            # What was refused may be right beside lines that came behind it.
            before = checked.writes[-1:]
            refused = [
                (place, line)
                for place, line in refused
                if self._enter(checked, place, table, line) is Outcome.REFUSED
            ]

    def _enter(self, checked: Checked, place: int, table: _Table, line: DataLine) -> Outcome:
        entry, write = self._check(table, line)
        checked.plan.entries[place] = entry
        if write:
            write.place = place
            checked.writes.append(write)
        return entry.outcome

    def _has_personal(self) -> bool:
        return any(
            table.assignment.target.items[name].column.personal
            for table in self._tables
            for name in _columns(table)
        )

    def _table(self, assignment: Assignment) -> _Table:
        target = assignment.target
        letters = {name: number for number, name in assignment.columns.items()}
        forms = LineForms(target, self._pool, letters, assignment.units)
        letters |= dict.fromkeys(assignment.constants, 0)
        items = [target.items[name] for name in letters if name in target.items]
        rows = stored_rows(target.sheet, target.items.values())
        uids = [str(row.uid) for row in rows]
        cells = labelled(items, cells_of(items, rows), self._pool)
        return _Table(
            assignment,
            forms,
            list(
                data_lines(
                    assignment.source,
                    assignment.head,
                    assignment.columns,
                    assignment.constants,
                    assignment.ends_before,
                )
            ),
            dict(zip(uids, rows, strict=True)),
            dict(zip(uids, cells, strict=True)),
            NaturalKeys(forms, rows, frozenset(letters)),
            max((row.row_no for row in rows), default=0),
        )

    def _announce(self, table: _Table) -> None:
        """Enter the names that lines of the file may use although nothing bears them yet."""
        model = table.assignment.target.sheet.spec.model
        if not any(_names(other, model) for other in self._tables):
            return
        rows = [line for line in table.lines if not line.skipped]
        for number, line in enumerate(rows, start=1):
            self._coming.add(model, partial(self._coming_row, number, table, line))

    def _coming_row(self, number: int, table: _Table, line: DataLine) -> ComingRow:
        known = table.rows.get(line.uid.lower())
        if known is None:
            standin = self._standins.of(_place(table, line), table.forms, line, number)
            return ComingRow(standin, standin)
        emptied = table.assignment.head.is_ours
        return ComingRow(renamed(known, table.forms, line, emptied=emptied), known)

    def _blank(self, table: _Table, line: DataLine) -> Any:
        row = self._standins.blank(_place(table, line), table.forms)
        row.row_no = table.number(line)
        return row

    def _check(self, table: _Table, line: DataLine) -> tuple[Entry, Write | None]:
        entry = Entry(
            table.assignment.source.name,
            table.assignment.target.code,
            line.number,
            Outcome.SKIPPED,
            uid=line.uid,
        )
        if line.skipped:
            return replace(entry, problems=(CellProblem("", "", "", line.skipped),)), None
        if line.uid:
            return self._check_known(table, line, entry)
        return self._check_unnamed(table, line, entry)

    def _check_known(
        self, table: _Table, line: DataLine, entry: Entry
    ) -> tuple[Entry, Write | None]:
        """Check a line that carries a uid: it can only change the row of that uid."""
        row = table.rows.get(line.uid.lower())
        if row is None:
            return _refused(entry, NO_SUCH_ROW), None
        first = table.seen_uids.setdefault(line.uid.lower(), line.number)
        if first != line.number:
            return _refused(entry, SAME_UID.format(first), str(row)), None
        return self._check_change(table, line, entry, row)

    def _check_unnamed(
        self, table: _Table, line: DataLine, entry: Entry
    ) -> tuple[Entry, Write | None]:
        """Check a line without uid: its natural key says whether it is stored already."""
        read = table.forms.texts(line, [item.name for item in table.keys.items])
        key = table.keys.key_of(read.texts)
        rows = table.keys.rows(key)
        name = "　".join(text.strip() for text in read.texts.values() if text.strip())
        if key is not None:
            first = table.seen_keys.setdefault(key, line.number)
            if first != line.number:
                return _refused(entry, SAME_KEY.format(first, table.keys.labels), name), None
        if len(rows) > 1:
            return _refused(entry, SEVERAL_ROWS.format(table.keys.labels, len(rows)), name), None
        if rows:
            uid = str(rows[0].uid)
            first = table.seen_uids.setdefault(uid, line.number)
            if first != line.number:
                return _refused(entry, SAME_UID.format(first), name), None
            return self._check_change(table, line, replace(entry, uid=uid), rows[0])
        return self._check_new(table, line, entry, name)

    def _check_new(
        self, table: _Table, line: DataLine, entry: Entry, name: str
    ) -> tuple[Entry, Write | None]:
        target = table.assignment.target
        if not may_edit_table(target.membership, target.sheet.spec):
            return _refused(entry, MAY_NOT_ADD, name), None
        read = table.forms.texts(line, _columns(table))
        texts = {name: text for name, text in read.texts.items() if text.strip()}
        form = table.forms.form(self._blank(table, line), texts)
        taken = [] if is_accepted(form) else table.forms.problems(line, form)
        if taken and not read.problems and self._as_drafts and "row_status" not in texts:
            draft = table.forms.form(
                self._blank(table, line), {**texts, "row_status": RowStatus.DRAFT.value}
            )
            if is_accepted(draft):
                form, taken = draft, []
        problems = (*read.problems, *taken)
        if problems:
            return replace(entry, outcome=Outcome.REFUSED, name=name, problems=problems), None
        changes = tuple(changed_cells(table.assignment, form, {}))
        shown = replace(entry, outcome=Outcome.NEW, name=name or str(form.row), changes=changes)
        return shown, _write(table, line, form)

    def _check_change(
        self, table: _Table, line: DataLine, entry: Entry, row: Any
    ) -> tuple[Entry, Write | None]:
        stored = table.cells[str(row.uid)]
        entry = replace(entry, outcome=Outcome.UNCHANGED, name=str(row))
        wanted = [
            name for name in _columns(table) if says_otherwise(table.assignment, line, name, stored)
        ]
        if not wanted:
            return entry, None
        if not may_edit_row(
            table.assignment.target.membership, table.assignment.target.sheet.spec, row
        ):
            return _refused(entry, MAY_NOT_CHANGE), None
        read = table.forms.texts(line, wanted)
        form = table.forms.form(row, read.texts)
        taken = [] if is_accepted(form) else table.forms.problems(line, form)
        if read.problems or taken:
            problems = (*read.problems, *taken)
            return replace(entry, outcome=Outcome.REFUSED, problems=problems), None
        changes = tuple(changed_cells(table.assignment, form, stored))
        if not changes:
            return entry, None
        changed = replace(entry, outcome=Outcome.CHANGED, changes=changes)
        return changed, _write(table, line, form, row.version)


def _refused(entry: Entry, reason: str, name: str = "") -> Entry:
    problem = CellProblem("", WHOLE_LINE, "", reason)
    return replace(
        entry, outcome=Outcome.REFUSED, name=name or entry.name, changes=(), problems=(problem,)
    )


def is_accepted(form: AnnexForm) -> bool:
    """Tell whether a form is valid; what cannot be judged before its targets are saved is.

    Such a row is asked again when they are, and refused then if need be.
    """
    try:
        return form.is_valid()
    except (AttributeError, ObjectDoesNotExist, TypeError, ValueError):
        if not standins_named(form):
            raise
        # Asked again, a form answers with what it had found before it broke off.
        return not form.errors


def _is_new_draft(write: Write) -> bool:
    return write.form.is_new and write.form.row.row_status == RowStatus.DRAFT


def _place(table: _Table, line: DataLine) -> Place:
    return table.assignment.source.name, line.number


def _write(table: _Table, line: DataLine, form: AnnexForm, version: int = 0) -> Write:
    form.put_aside()
    source = table.assignment.source.name
    return Write(0, source, table.assignment.target.code, form, version, table.forms, line)


def _columns(table: _Table) -> list[str]:
    """Return the columns of the sheet that this person may type."""
    items = table.assignment.target.items
    return [name for name in table.forms.letters if name in items]


def _names(table: _Table, model: Any) -> bool:
    """Tell whether a column of the sheet names rows of the model."""
    items = table.assignment.target.items
    return any(
        items[name].column.kind in _REFERENCES and items[name].model_field.related_model is model
        for name in _columns(table)
    )
