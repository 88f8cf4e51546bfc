"""Writes what was checked and shown: rows that name others behind them, all in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.row_writing import StoredRow, make_room, stored_before
from bcp_portal.annex.services import Conflict, Gone, begin_rows, save_rows
from bcp_portal.audit.services import Change, record
from bcp_portal.importing.check_result import CheckedFile, Write, standins_named
from bcp_portal.importing.final_rule_checks import problems_after
from bcp_portal.importing.import_outcome import CellProblem

ACTION = "Excelからの取り込み"
SAVING, JUDGING = "登録", "登録した行の見直し"
OnProgress = Callable[[str, int, int], None]
"""Hears what is being done, and how many of how many rows."""

TAKEN_MEANWHILE = "確認した後に、同じ内容の行がほかの人に登録されました。"
IN_A_CIRCLE = "このファイルの中で、互いに相手を必要とする行があるため、取り込めません。"


class ChangedMeanwhileError(Exception):
    """Somebody saved one of the rows after they were compared; nothing was written."""


class RefusedAtSavingError(Exception):
    """Lines that were good alone are wrong beside others of the file; nothing was written.

    `problems` are by their entries in the plan.
    """

    def __init__(self, problems: Mapping[int, Sequence[CellProblem]]) -> None:
        super().__init__(sorted(problems))
        self.problems = problems


@dataclass
class _Saving:
    """One import under way: whose it is, how many rows are done, and what stands for what.

    `before` are the stored rows as they were before the first was written, by table; `begun` the
    new rows, by table, that were inserted without what they name, as that comes later in the file.
    """

    actor: User
    on_progress: OnProgress
    total: int
    done: int = 0
    before: dict[str, dict[int, StoredRow]] = field(default_factory=dict)
    saved: dict[Any, Any] = field(default_factory=dict)
    begun: dict[str, set[int]] = field(default_factory=dict)


@transaction.atomic
def apply(
    checked: CheckedFile,
    *,
    municipality: Municipality,
    actor: User,
    file_name: str,
    on_progress: OnProgress = lambda phase, done, total: None,
) -> None:
    """Save every row of the plan or none, and note the import in the operation log.

    Must run inside the municipality's scope. Raises ChangedMeanwhileError or RefusedAtSavingError.
    """
    saving = _Saving(actor, on_progress, len(checked.writes))
    tables = _by_table(checked.writes)
    # Of all tables before any row stands aside, so that the log calls rows as they were called.
    saving.before = {code: _before(of_table) for code, of_table in tables.items()}
    for code, of_table in tables.items():
        _let_stand_aside(of_table, saving.before[code])
    waiting = list(checked.writes)
    while waiting:
        ready = [write for write in waiting if not _unsaved(write, saving)]
        if not ready:
            _begin(_beginners(waiting, saving), saving)
            continue
        for write in ready:
            _put_saved(write.form, saving)
        _store(ready, saving)
        chosen = {id(write) for write in ready}
        waiting = [write for write in waiting if id(write) not in chosen]
    problems = problems_after(checked.writes, lambda done: on_progress(JUDGING, done, saving.total))
    if problems:
        raise RefusedAtSavingError(problems)
    # The name of a file that holds personal values may be one itself.
    is_personal = checked.plan.has_personal
    record(
        municipality=municipality,
        actor=actor,
        action=ACTION,
        changes=[Change("file", "ファイル", "", file_name, personal=True)] if is_personal else (),
        note=_note(checked, "ファイル" if is_personal else file_name),
    )


def _by_table(writes: Sequence[Write]) -> dict[str, list[Write]]:
    tables: dict[str, list[Write]] = {}
    for write in writes:
        tables.setdefault(write.target_code, []).append(write)
    return tables


def _before(of_table: Sequence[Write]) -> dict[int, StoredRow]:
    """Return the stored rows of a table that will change; ChangedMeanwhileError if somebody was faster."""
    versions = {w.form.row.pk: w.version for w in of_table if w.form.row.pk is not None}
    before = stored_before(of_table[0].forms.target.sheet, versions) if versions else {}
    if {pk: stored.row.version for pk, stored in before.items()} != versions:
        raise ChangedMeanwhileError
    return before


def _let_stand_aside(of_table: Sequence[Write], before: Mapping[int, StoredRow]) -> None:
    rows = [write.form.row for write in of_table]
    changed = [(before[row.pk].row, row) for row in rows if row.pk is not None]
    make_room(changed, [row for row in rows if row.pk is None])


def _note(checked: CheckedFile, file_name: str) -> str:
    counts = checked.plan.counts()
    sheets = len({entry.sheet for entry in checked.plan.entries})
    waiting = sum(entry.waits and not entry.settled for entry in checked.plan.entries)
    refused = counts["refused"] - waiting
    left = f"、取り込まなかった行{refused}行" if refused else ""
    left += f"、その間に変わったため取り込まなかった行{waiting}行" if waiting else ""
    return (
        f"{file_name}（{sheets}シート、新規{counts['new']}行、変更{counts['changed']}行、"
        f"変更なし{counts['unchanged']}行{left}）"
    )


def _unsaved(write: Write, saving: _Saving) -> list[tuple[str, Any]]:
    """Return the rows of the file that this one names and that are not saved yet."""
    return [(n, t) for n, t in standins_named(write.form) if t.pk not in saving.saved]


def _beginners(waiting: Sequence[Write], saving: _Saving) -> list[Write]:
    """Return new rows that can be inserted without what they name: in a circle somebody begins."""
    found = [write for write in waiting if write.form.row.pk is None and _can_wait(write, saving)]
    if not found:
        raise RefusedAtSavingError(
            {write.place: [write.forms.problem(write.line, "", IN_A_CIRCLE)] for write in waiting}
        )
    return found


def _can_wait(write: Write, saving: _Saving) -> bool:
    fields = [write.form.items[name].model_field for name, _ in _unsaved(write, saving)]
    return all(each.many_to_many or each.null for each in fields)


def _begin(writes: Sequence[Write], saving: _Saving) -> None:
    """Insert new rows without what they name; they are completed, and noted, when that is there."""
    for code, of_table in _by_table(writes).items():
        left_out = [(write, _take_out(write, saving)) for write in of_table]
        sheet = of_table[0].forms.target.sheet
        try:
            with transaction.atomic():
                begin_rows(sheet=sheet, actor=saving.actor, rows=[w.form.row for w in of_table])
        except IntegrityError:
            refused = (write for write in of_table if not write.form.is_valid_still())
            raise _refused_by_database(next(refused, of_table[0])) from None
        for write, values in left_out:
            for name, value in values.items():
                setattr(write.form.row, name, value)
            write.version = write.form.row.version
            saving.begun.setdefault(code, set()).add(write.form.row.pk)
        _remember_saved(of_table, saving)


def _take_out(write: Write, saving: _Saving) -> dict[str, Any]:
    """Take what is not saved yet out of the columns of a row, and return it by its column."""
    row, taken = write.form.row, {}
    for name, target in _unsaved(write, saving):
        if name not in row.pending:
            taken[name] = target
            setattr(row, name, None)
    return taken


def _store(writes: Sequence[Write], saving: _Saving) -> None:
    """Save rows of which none names one that is not saved yet, table by table."""
    for of_table in _by_table(writes).values():
        try:
            _save(of_table, saving)
        except IntegrityError:
            raise _refused_by_database(_first_refused(of_table, saving)) from None
        saving.done += len(of_table)
    _remember_saved(writes, saving)


def _remember_saved(writes: Sequence[Write], saving: _Saving) -> None:
    for write in writes:
        if write.standin is not None:
            saving.saved[write.standin.pk] = write.form.row


def _save(writes: Sequence[Write], saving: _Saving) -> None:
    code = writes[0].target_code
    try:
        save_rows(
            sheet=writes[0].forms.target.sheet,
            actor=saving.actor,
            rows=[(write.form.row, write.version) for write in writes],
            before=saving.before[code],
            begun=saving.begun.get(code, set()),
            on_saved=lambda count: saving.on_progress(SAVING, saving.done + count, saving.total),
        )
    except (Conflict, Gone) as change:
        raise ChangedMeanwhileError from change


def _first_refused(writes: Sequence[Write], saving: _Saving) -> Write:
    """Return the row that the database refuses: it never says which of thousands it was."""
    while len(writes) > 1:
        half = writes[: len(writes) // 2]
        try:
            _save(half, saving)
        except IntegrityError:
            writes = half
        else:
            writes = writes[len(half) :]
    return writes[0]


def _refused_by_database(write: Write) -> RefusedAtSavingError:
    problems = [] if write.form.is_valid_still() else write.forms.problems(write.line, write.form)
    problems = problems or [write.forms.problem(write.line, "", TAKEN_MEANWHILE)]
    return RefusedAtSavingError({write.place: problems})


def _put_saved(form: AnnexForm, saving: _Saving) -> None:
    row = form.row
    for name, target in standins_named(form):
        real = saving.saved[target.pk]
        if name in row.pending:
            row.pending[name] = [real if each is target else each for each in row.pending[name]]
        else:
            setattr(row, name, real)
