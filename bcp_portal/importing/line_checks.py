"""Checks one line of a sheet: which row it means, whether it may say so, and what it would write."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.access import may_edit_row, may_edit_table
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.importing.cell_changes import changed_cells
from bcp_portal.importing.check_result import CheckedFile, Write, standins_named
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import CellProblem, ImportLine, LineOutcome
from bcp_portal.importing.later_edits import LaterEdits
from bcp_portal.importing.line_form import WHOLE_LINE
from bcp_portal.importing.names_at_export import NamesThen
from bcp_portal.importing.natural_keys import Key
from bcp_portal.importing.old_names import CELL, LINE, OldNames
from bcp_portal.importing.repeated_rows import Mention, Mentions, refuse_others, tell_together
from bcp_portal.importing.same_names import SameNames
from bcp_portal.importing.sheet_lines import SheetLines
from bcp_portal.importing.standins import Place, StandIns
from bcp_portal.importing.withheld import withheld_cells

NO_SUCH_ROW = (
    "A列の識別子が、この表のどの行とも合いません（書き出した後に削除された行か、ほかの団体の行です）。"
    "新しい行として取り込むときは、隠れているA列を表示し、この行の識別子を消してください。"
)
SAME_KEY = "{}と{}が同じです。どちらか一方にするか、区別できるように書き分けてください。"
SEVERAL_ROWS = (
    "{}が同じ行が、すでに{}件登録されています。どの行か決められないため、"
    "この様式をExcelに書き出し、そのファイルを直して取り込んでください。"
)
MAY_NOT_ADD = "あなたの役割では、この表に行を加えられません。"
MAY_NOT_CHANGE = "あなたの役割では、この行を変更できません。"


class LineChecks:
    """Checks lines one by one, each beside those that were checked before it."""

    def __init__(
        self,
        sheets: Collection[SheetLines],
        standins: StandIns,
        left_out: Mapping[Place, ImportLine],
        *,
        as_drafts: bool,
        confirmed: Mapping[Place, Collection[str]],
    ) -> None:
        """Lines in `left_out` are told as they stand there; the others as `Checker` says."""
        self._standins, self._left_out = standins, left_out
        self._as_drafts, self._confirmed = as_drafts, confirmed
        self._mentions, self._same_names = Mentions(), SameNames()
        self._new_keys: dict[tuple[str, tuple[str, ...], Key], tuple[SheetLines, DataLine]] = {}
        self._later = {id(sheet): LaterEdits(sheet) for sheet in sheets}
        exports = {sheet.assignment.export for sheet in sheets}
        then = {each: NamesThen(each) if each else None for each in exports}
        self._old = {id(each): OldNames(each, then[each.assignment.export]) for each in sheets}

    def check(
        self, checked: CheckedFile, place: int, sheet: SheetLines, line: DataLine
    ) -> tuple[ImportLine, Write | None]:
        """Return what becomes of the line at this place, and what it would write, if anything."""
        if line.skipped:
            entry = _entry(sheet, line)
            return replace(entry, problems=(CellProblem("", "", "", line.skipped),)), None
        rows = sheet.row_of(line)
        if sheet.place(line) in self._left_out:
            for row in rows[:1]:
                mention = Mention(place, sheet, line)
                refuse_others(checked, mention, self._mentions.add(row, mention))
            return self._left_out[sheet.place(line)], None
        if line.uid and not rows:
            return _refused(_entry(sheet, line), NO_SUCH_ROW), None
        if held := self._held_line(sheet, line, rows):
            return held, None
        if not rows:
            return self._check_unnamed(sheet, line)
        if len(rows) > 1:
            reason = SEVERAL_ROWS.format(sheet.keys.labels, len(rows))
            return _refused(_entry(sheet, line), reason, sheet.key_text(line)), None
        return self._check_known(checked, Mention(place, sheet, line), rows[0])

    def _held_line(
        self, sheet: SheetLines, line: DataLine, rows: Sequence[Any]
    ) -> ImportLine | None:
        """Return the entry of a line whose names meant other rows at the export, or a new one's options."""
        if line.uid or sheet.place(line) in self._confirmed:
            return None
        held = tuple(self._old[id(sheet)].held_line(line, rows))
        # Of a line without an identifier the key says which row it tells of: another option, another row.
        key = sheet.target.sheet.spec.natural_key
        asked = [name for name in sheet.columns if name in key] if rows else sheet.columns
        held += tuple(_held_options(sheet, line, asked, LINE))
        if not held:
            return None
        entry = replace(_entry(sheet, line), outcome=LineOutcome.REFUSED, name=sheet.key_text(line))
        return replace(entry, problems=held, held=held)

    def _check_known(
        self, checked: CheckedFile, mention: Mention, row: Any
    ) -> tuple[ImportLine, Write | None]:
        """Check a line that tells of a stored row, beside the others that do."""
        others = self._mentions.add(row, mention)
        sheet, line = mention.sheet, mention.line
        entry = replace(_entry(sheet, line), uid=line.uid or str(row.uid))
        reason = self._mentions.why_refused(checked, mention, others)
        if reason:
            return _refused(entry, reason, sheet.stored.name(row)), None
        entry, write = self._check_change(sheet, line, entry, row)
        if entry.outcome is LineOutcome.REFUSED:
            refuse_others(checked, mention, others)
        if write and others:
            return tell_together(checked, entry, write, mention, others)
        return entry, write

    def _check_unnamed(self, sheet: SheetLines, line: DataLine) -> tuple[ImportLine, Write | None]:
        """Check a line whose natural key is not stored: another line may have it too."""
        entry, name = _entry(sheet, line), sheet.key_text(line)
        key = sheet.key_of(line)
        if key is not None:
            columns = tuple(item.name for item in sheet.keys.items)
            known = (sheet.target.code, columns, key)
            first = Mention(0, *self._new_keys.setdefault(known, (sheet, line)))
            if first.line is not line:
                reason = SAME_KEY.format(first.called(sheet), sheet.keys.labels)
                return _refused(entry, reason, name), None
        return self._check_new(sheet, line, entry, name)

    def _check_new(
        self, sheet: SheetLines, line: DataLine, entry: ImportLine, name: str
    ) -> tuple[ImportLine, Write | None]:
        target, forms = sheet.target, sheet.forms
        if not may_edit_table(target.membership, target.sheet.spec):
            return _refused(entry, MAY_NOT_ADD, name), None
        read = forms.texts(line, sheet.columns)
        texts = {name: text for name, text in read.texts.items() if text.strip()}
        form = forms.form(self._blank(sheet, line), texts)
        taken = [] if is_accepted(form) else forms.problems(line, form)
        if taken and not read.problems and self._as_drafts and "row_status" not in texts:
            draft = forms.form(
                self._blank(sheet, line), {**texts, "row_status": RowStatus.DRAFT.value}
            )
            if is_accepted(draft):
                form, taken = draft, []
        problems = (*read.problems, *taken)
        if problems:
            return replace(entry, outcome=LineOutcome.REFUSED, name=name, problems=problems), None
        changes = tuple(changed_cells(sheet.assignment, form, {}, line))
        shown = replace(entry, outcome=LineOutcome.NEW, name=name or str(form.row), changes=changes)
        if own := getattr(form.row, "name", ""):
            alike, namesakes = sheet.stored.like_names.like(own), self._same_names.of(sheet, own)
            shown = replace(shown, alike=alike, namesakes=namesakes)
            sheet.stored.like_names.add(own)
            self._same_names.add(sheet, own, sheet.place(line))
        return shown, _write(sheet, line, form)

    def _check_change(
        self, sheet: SheetLines, line: DataLine, entry: ImportLine, row: Any
    ) -> tuple[ImportLine, Write | None]:
        entry = replace(entry, outcome=LineOutcome.UNCHANGED, name=sheet.stored.name(row))
        said = sheet.said(line, row)
        if not said:
            return entry, None
        if not may_edit_row(sheet.target.membership, sheet.target.sheet.spec, row):
            return _refused(entry, MAY_NOT_CHANGE), None
        read = sheet.forms.texts(line, said)
        old = self._old[id(sheet)]
        for name in [each for each in said if old.is_untouched(line, each, row)]:
            read.texts.pop(name, None)
        dashes = sheet.dashes(line, said)
        spared = self._confirmed.get(sheet.place(line))
        if spared is None:
            entry = self._with_held(sheet, line, entry, row, read.texts, dashes)
        else:
            left = [name for name in said if name in spared]
            withheld = withheld_cells(sheet, line, row, left, dashes)
            entry = replace(entry, withheld=tuple(withheld))
        read.texts.update(dict.fromkeys(dashes, ""))
        held = {cell.name for cell in entry.withheld}
        texts = {name: text for name, text in read.texts.items() if name not in held}
        form = sheet.forms.form(row, texts)
        taken = [] if is_accepted(form) else sheet.forms.problems(line, form)
        if read.problems or taken:
            problems = (*read.problems, *taken)
            return replace(entry, outcome=LineOutcome.REFUSED, problems=problems), None
        changes = tuple(changed_cells(sheet.assignment, form, sheet.cells[str(row.uid)], line))
        if not changes:
            return entry, None
        changed = replace(entry, outcome=LineOutcome.CHANGED, changes=changes)
        return changed, _write(sheet, line, form, row.version)

    def _with_held(
        self,
        sheet: SheetLines,
        line: DataLine,
        entry: ImportLine,
        row: Any,
        names: Collection[str],
        dashes: Collection[str],
    ) -> ImportLine:
        """Return an entry that says which of these cells are not taken unless a person asks for it."""
        later = self._later[id(sheet)].held(line, row, names)
        dashed = sheet.held_for_dashes(line, row, dashes)
        passed_on = _held_options(sheet, line, names, CELL)
        held = (*later, *dashed, *self._old[id(sheet)].held(line, names), *passed_on)
        columns = dict.fromkeys(problem.name for problem in held)
        withheld = tuple(withheld_cells(sheet, line, row, columns, dashes))
        return replace(entry, held=held, withheld=withheld)

    def _blank(self, sheet: SheetLines, line: DataLine) -> Any:
        row = self._standins.blank(sheet.place(line), sheet.forms)
        row.row_no = sheet.stored.number(sheet.place(line))
        return row


def _held_options(
    sheet: SheetLines, line: DataLine, names: Collection[str], what: str
) -> Iterator[CellProblem]:
    """Yield what to say of cells whose option may be the one of today or that of before a renaming."""
    for name in names:
        if options := sheet.assignment.options.get(name):
            for reason in options.held(line.cells.get(name), what):
                yield sheet.forms.problem(line, name, reason)


def _refused(entry: ImportLine, reason: str, name: str = "") -> ImportLine:
    problem = CellProblem("", WHOLE_LINE, "", reason)
    return replace(
        entry, outcome=LineOutcome.REFUSED, name=name or entry.name, changes=(), problems=(problem,)
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


def _entry(sheet: SheetLines, line: DataLine) -> ImportLine:
    source, code = sheet.assignment.source.name, sheet.target.code
    return ImportLine(source, code, line.number, LineOutcome.SKIPPED, uid=line.uid)


def held_entry(sheet: SheetLines, line: DataLine, problem: CellProblem) -> ImportLine:
    """Return the entry of a line that is not taken before a person says that it is meant so."""
    [row] = sheet.row_of(line)
    entry = replace(_entry(sheet, line), outcome=LineOutcome.REFUSED, name=sheet.stored.name(row))
    return replace(entry, problems=(problem,), held=(problem,))


def _write(sheet: SheetLines, line: DataLine, form: AnnexForm, version: int = 0) -> Write:
    form.put_aside()
    source = sheet.assignment.source.name
    return Write(0, source, sheet.target.code, form, version, sheet.forms, line)
