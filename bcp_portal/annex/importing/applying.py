"""Writes what was checked and shown: rows that name others behind them, all in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.importing.checked import Checked, Write, standins_named
from bcp_portal.annex.importing.judging import problems_after
from bcp_portal.annex.importing.plan import CellProblem
from bcp_portal.annex.services import Conflict, Gone, save_rows
from bcp_portal.audit.services import record

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
class _Unfinished:
    """A row saved without what it names, because that comes later in the same file."""

    write: Write
    values: dict[str, Any]
    pending: dict[str, list[Any]]
    status: str


@dataclass
class _Saving:
    """One import under way: whose it is, how many rows are done, and what stands for what."""

    actor: User
    on_progress: OnProgress
    total: int
    done: int = 0
    saved: dict[Any, Any] = field(default_factory=dict)
    unfinished: list[_Unfinished] = field(default_factory=list)


@transaction.atomic
def apply(
    checked: Checked,
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
    waiting = list(checked.writes)
    while waiting:
        ready = [write for write in waiting if not _unsaved(write, saving)]
        # In a circle somebody has to begin: saved without what it names, and completed last.
        chosen = ready or _beginners(waiting, saving)
        for write in chosen:
            if not ready:
                saving.unfinished.append(_begun(write, saving))
            _put_saved(write.form, saving)
        _store(chosen, saving)
        chosen_ones = {id(write) for write in chosen}
        waiting = [write for write in waiting if id(write) not in chosen_ones]
    _complete(saving)
    problems = problems_after(checked.writes, lambda done: on_progress(JUDGING, done, saving.total))
    if problems:
        raise RefusedAtSavingError(problems)
    record(municipality=municipality, actor=actor, action=ACTION, note=_note(checked, file_name))


def _note(checked: Checked, file_name: str) -> str:
    counts = checked.plan.counts()
    sheets = len({entry.sheet for entry in checked.plan.entries})
    refused = f"、取り込まなかった行{counts['refused']}行" if counts["refused"] else ""
    return (
        f"{file_name}（{sheets}シート、新規{counts['new']}行、変更{counts['changed']}行、"
        f"変更なし{counts['unchanged']}行{refused}）"
    )


def _unsaved(write: Write, saving: _Saving) -> list[tuple[str, Any]]:
    """Return the rows of the file that this one names and that are not saved yet."""
    return [(n, t) for n, t in standins_named(write.form) if t.pk not in saving.saved]


def _beginners(waiting: Sequence[Write], saving: _Saving) -> list[Write]:
    """Return the rows that can be saved without what they name."""
    found = [write for write in waiting if _can_wait(write, saving)]
    if not found:
        raise RefusedAtSavingError(
            {write.place: [write.forms.problem(write.line, "", IN_A_CIRCLE)] for write in waiting}
        )
    return found


def _can_wait(write: Write, saving: _Saving) -> bool:
    fields = [write.form.items[name].model_field for name, _ in _unsaved(write, saving)]
    return all(each.many_to_many or each.null for each in fields)


def _store(writes: Sequence[Write], saving: _Saving) -> None:
    """Save rows of which none names one that is not saved yet, table by table."""
    tables: dict[str, list[Write]] = {}
    for write in writes:
        tables.setdefault(write.target_code, []).append(write)
    for of_table in tables.values():
        try:
            _save(of_table, saving)
        except IntegrityError:
            raise _refused_by_database(_first_refused(of_table, saving)) from None
        saving.done += len(of_table)
    for write in writes:
        if write.standin is not None:
            saving.saved[write.standin.pk] = write.form.row


def _save(writes: Sequence[Write], saving: _Saving) -> None:
    sheet = writes[0].forms.target.sheet
    try:
        save_rows(
            sheet=sheet,
            actor=saving.actor,
            rows=[(write.form.row, write.version) for write in writes],
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


def _begun(write: Write, saving: _Saving) -> _Unfinished:
    """Take out of the row what is not saved yet, and make it a draft until it is."""
    row = write.form.row
    begun = _Unfinished(write, {}, {}, row.row_status)
    for name, target in _unsaved(write, saving):
        if name in row.pending:
            begun.pending.setdefault(name, list(row.pending[name]))
            row.pending[name] = [each for each in row.pending[name] if each is not target]
        else:
            begun.values[name] = target
            setattr(row, name, None)
    # A change resets the day of verification, so that day has to wait as well.
    begun.values["verified_on"], row.verified_on = row.verified_on, None
    row.row_status = RowStatus.DRAFT
    return begun


def _complete(saving: _Saving) -> None:
    """Let the rows that began without what they name have it, now that everything is saved."""
    for unfinished in saving.unfinished:
        write, row = unfinished.write, unfinished.write.form.row
        for name, value in unfinished.values.items():
            setattr(row, name, value)
        row.pending = {name: list(targets) for name, targets in unfinished.pending.items()}
        row.row_status = unfinished.status
        write.version = row.version
        _put_saved(write.form, saving)
    saving.done -= len(saving.unfinished)
    _store([unfinished.write for unfinished in saving.unfinished], saving)
