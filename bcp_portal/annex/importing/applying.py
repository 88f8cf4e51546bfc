"""Writes what was checked and shown: every row through its form and `save_row`, all in one go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.importing.checking import Checked, Write, standins_named
from bcp_portal.annex.importing.plan import CellProblem
from bcp_portal.annex.services import Conflict, save_row
from bcp_portal.audit.services import record

ACTION = "Excelからの取り込み"
OnProgress = Callable[[int, int], None]
_ROWS_BETWEEN_NOTES = 50
_TAKEN_MEANWHILE = "確認した後に、同じ内容の行がほかの人に登録されました。"


class ChangedMeanwhileError(Exception):
    """Somebody saved one of the rows after they were compared; nothing was written."""


class RefusedAtSavingError(Exception):
    """A line that was good alone is wrong beside others of the file; nothing was written.

    `place` is its entry in the plan.
    """

    def __init__(self, place: int, problems: Sequence[CellProblem]) -> None:
        super().__init__(place)
        self.place, self.problems = place, tuple(problems)


@dataclass
class _Unfinished:
    """A row saved without what it names, because that comes later in the same file."""

    write: Write
    values: dict[str, Any]
    pending: dict[str, list[Any]]
    status: str


@dataclass
class _Saving:
    actor: User
    saved: dict[Any, Any] = field(default_factory=dict)
    unfinished: list[_Unfinished] = field(default_factory=list)


@transaction.atomic
def apply(
    checked: Checked,
    *,
    municipality: Municipality,
    actor: User,
    file_name: str,
    on_progress: OnProgress = lambda done, total: None,
) -> None:
    """Save every row of the plan or none, and note the import in the operation log.

    Must run inside the municipality's scope. Raises ChangedMeanwhileError or RefusedAtSavingError.
    """
    saving = _Saving(actor)
    waiting = list(checked.writes)
    done, total = 0, len(waiting)
    while waiting:
        ready = [write for write in waiting if not _unsaved(write, saving)]
        # In a circle somebody has to begin: it is saved without what it names, and completed last.
        chosen = ready or _beginner(waiting, saving)
        for write in chosen:
            _save(write, saving, complete=bool(ready))
            done += 1
            if done % _ROWS_BETWEEN_NOTES == 0:
                on_progress(done, total)
        saved = {id(write) for write in chosen}
        waiting = [write for write in waiting if id(write) not in saved]
    for unfinished in saving.unfinished:
        _complete(unfinished, saving)
    record(municipality=municipality, actor=actor, action=ACTION, note=_note(checked, file_name))
    on_progress(total, total)


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


def _beginner(waiting: Sequence[Write], saving: _Saving) -> list[Write]:
    """Return one row that can be saved without what it names."""
    for write in waiting:
        fields = [write.form.items[name].model_field for name, _ in _unsaved(write, saving)]
        if all(f.many_to_many or f.null for f in fields):
            return [write]
    first = waiting[0]
    problem = first.forms.problem(
        first.line, "", "このファイルの中で、互いに相手を必要とする行があるため、取り込めません。"
    )
    raise RefusedAtSavingError(first.place, [problem])


def _save(write: Write, saving: _Saving, *, complete: bool) -> None:
    row = write.form.row
    names_new = bool(standins_named(write.form))
    if not complete:
        saving.unfinished.append(_begun(write, saving))
    _put_saved(write.form, saving)
    # What was checked beside rows that were not there yet is checked beside the real ones.
    if names_new and complete:
        _ask_again(write)
    _store(write, row, write.version, saving)
    if write.standin is not None:
        saving.saved[write.standin.pk] = row


def _store(write: Write, row: Any, version: int, saving: _Saving) -> None:
    try:
        with transaction.atomic():
            save_row(
                sheet=write.forms.target.sheet,
                actor=saving.actor,
                row=row,
                expected_version=version,
            )
    except Conflict as conflict:
        raise ChangedMeanwhileError from conflict
    except IntegrityError as error:
        problem = write.forms.problem(write.line, "", _TAKEN_MEANWHILE)
        raise RefusedAtSavingError(write.place, [problem]) from error


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


def _complete(unfinished: _Unfinished, saving: _Saving) -> None:
    row = unfinished.write.form.row
    for name, value in unfinished.values.items():
        setattr(row, name, value)
    row.pending = {name: list(targets) for name, targets in unfinished.pending.items()}
    row.row_status = unfinished.status
    _put_saved(unfinished.write.form, saving)
    _ask_again(unfinished.write)
    _store(unfinished.write, row, row.version, saving)


def _ask_again(write: Write) -> None:
    if not write.form.is_valid_still():
        raise RefusedAtSavingError(write.place, write.forms.problems(write.line, write.form))
