"""Carries each step of an import out in the background: reading, checking, saving."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from bcp_portal.accounts.models import Membership
from bcp_portal.annex.import_files import entries_path, source_path
from bcp_portal.annex.sheet import Presentation
from bcp_portal.audit.queries import last_link
from bcp_portal.importing.changed_lines import ImportComparison, are_of_one_file, compare
from bcp_portal.importing.check_result import CheckedFile
from bcp_portal.importing.file_checker import FileChecker
from bcp_portal.importing.import_outcome import (
    CellProblem,
    ImportLine,
    place_of_key,
    written_entries,
)
from bcp_portal.importing.import_writer import ChangedMeanwhileError, RefusedAtSavingError, apply
from bcp_portal.importing.log_doubts import doubts_about_log
from bcp_portal.importing.meanings import new_drafts
from bcp_portal.importing.models import ImportJob, ImportState
from bcp_portal.importing.outline import outline_of
from bcp_portal.importing.remembered_columns import remembered
from bcp_portal.importing.sheet_matching import Assigned, assign, identity_of, is_from_elsewhere
from bcp_portal.importing.source_reader import read_source
from bcp_portal.importing.sources import SourceFile, SourceLine, SourceSheet
from bcp_portal.importing.standins import Place
from bcp_portal.importing.targets import targets_of
from bcp_portal.importing.waiting_lines import (
    after_saving,
    closing,
    keep_confirmed,
    keep_since,
    shown_entries,
    tell_held,
    waiting_entries,
)
from bcp_portal.jobs.files import remove, try_to_remove, whole_file
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.jobs.services import end
from bcp_portal.ui.errors import DomainError

READING, CHECKING = "読み取り", "確認"
_LINES_OF_OUTLINE, _LINES_BELOW_HEAD = 60, 20
CHANGED = (
    "登録しようとする間に、登録されている内容が何度も変わりました。この回は何も登録していません。"
    "新しい内容と比べ直しましたので、もう一度確かめてください。"
)
MADE_ANEW = "確認の結果を作り直しました。この回は何も登録していません。もう一度確かめてから、取り込んでください。"
DOUBTED = "確認した後に、操作記録に書き換えられたところが見つかりました。まだ何も登録していません。"
REFUSED_AT_SAVING = (
    "登録の途中で、ほかの行と合わない行が見つかりました。この回は何も登録していません。"
    "「取り込めない」の行を確かめてください。"
)
# Who saves between a check and the saving is mostly somebody else the next time.
_ATTEMPTS = 4


def work(job: ImportJob) -> None:
    """Carry out the step that an import was given to a worker for."""
    (_check if job.state == ImportState.CHECKING else _apply)(job)


def _check(job: ImportJob) -> None:
    source, assigned = _assigned(job)
    job.outline = [
        {
            "name": sheet.name,
            "lines": outline_of(lines := _lines_of_outline(sheet, assigned)),
            "merged": [area for area in sheet.merged if area[0] <= lines[-1].number]
            if lines
            else [],
        }
        for sheet in source.sheets
    ]
    if not assigned.is_clear and not job.choices:
        job.summary = {"sheets": _reports(assigned), "notes": source.notes}
        end(job, ImportState.ASSIGNING)
        return
    _show(job, _checked(job, assigned, shown_entries(job)), source, assigned, "")


def _lines_of_outline(sheet: SourceSheet, assigned: Assigned) -> list[SourceLine]:
    """Return the first lines of a sheet, down to some below the head that was found."""
    heads = [each.head.last_row for each in assigned.taken if each.source is sheet]
    last = max(heads, default=0)
    above = sum(line.number <= last for line in sheet.lines)
    return sheet.lines[: max(_LINES_OF_OUTLINE, above + _LINES_BELOW_HEAD)]


def _apply(job: ImportJob) -> None:
    source, assigned = _assigned(job)
    shown, together = shown_entries(job), set[int]()
    refused: RefusedAtSavingError | None = None
    for _ in range(_ATTEMPTS):
        checked = _checked(job, assigned, shown)
        if any(note not in job.summary.get("notes", ()) for note in checked.plan.notes):
            _show(job, checked, source, assigned, DOUBTED)
            return
        if not are_of_one_file(shown, checked.plan.entries):
            _show(job, checked, source, assigned, MADE_ANEW)
            return
        compared = compare(shown, checked, partial(_checked, job, assigned, shown), together)
        tell_held(job, compared)
        if not compared.checked.writes:
            keep_confirmed(job, compared.checked.plan.entries)
            _show(job, compared.checked, source, assigned, closing(compared))
            return
        if refused and not compared.held:
            break
        try:
            _save(job, compared, source, assigned)
        except (ChangedMeanwhileError, IntegrityError):
            continue
        except RefusedAtSavingError as error:
            # What is wrong beside others may be right with those that were held back.
            refused, together = error, together | set(error.problems)
        else:
            return
    if refused and not compared.held:
        _remember_refused(job, refused)
    message = REFUSED_AT_SAVING if refused and not compared.held else CHANGED
    _show(job, _checked(job, assigned, shown), source, assigned, message)


def _save(
    job: ImportJob, compared: ImportComparison, source: SourceFile, assigned: Assigned
) -> None:
    """Save what is as it was shown, and end the job, or let a person look at the rest: all or none."""
    checked, message = compared.checked, closing(compared)
    before = job.entries.name
    with transaction.atomic():
        apply(
            checked,
            municipality=job.municipality,
            actor=_member(job).user,
            file_name=job.file_name,
            on_progress=ProgressNote(job).write,
        )
        checked.plan.entries = after_saving(compared)
        _keep(job, checked, source, assigned)
        # Beside the rows, so that a worker that is killed now leaves both or neither.
        if compared.held:
            keep_confirmed(job, checked.plan.entries)
            end(job, ImportState.READY, message)
        else:
            job.file.name = ""
            end(job, ImportState.DONE, message)
    _remove_earlier(job, before)
    if not compared.held:
        remove([source_path(job, "")])


def _remove_earlier(job: ImportJob, before: str | None) -> None:
    """Remove what earlier turns found, but for what somebody may be reading on the page just now."""
    try_to_remove([name for name in job.earlier_entries() if name != before])


def _remember_refused(job: ImportJob, refused: RefusedAtSavingError) -> None:
    for place, problems in refused.problems.items():
        job.refusals[str(place)] = [asdict(problem) for problem in problems]


def _assigned(job: ImportJob) -> tuple[SourceFile, Assigned]:
    note = ProgressNote(job)
    source = read_source(Path(job.file.path), lambda count: note.write(READING, count))
    targets = targets_of(Presentation.load(job.municipality), _member(job))
    return source, assign(
        source,
        targets,
        remembered=remembered(),
        wanted_code=job.code,
        by_hand=job.choices,
    )


def _checked(
    job: ImportJob,
    assigned: Assigned,
    shown: Sequence[ImportLine],
    held_back: Mapping[Place, ImportLine] | None = None,
) -> CheckedFile:
    """Check the file beside what was `shown` of it before, while some lines are held back."""
    note, log_at = ProgressNote(job), last_link()[0]
    refused = {
        int(place): [CellProblem(**problem) for problem in problems]
        for place, problems in job.refusals.items()
    }
    confirmed = {place_of_key(key): job.spared.get(key, ()) for key in job.confirmed}
    settled = {entry.place: entry for entry in shown if entry.settled}
    checker = FileChecker(
        assigned.taken, as_drafts=job.as_drafts, confirmed=confirmed, settled=settled
    )
    with doubts_about_log(assigned.taken) as doubts:
        checked = checker.run(
            lambda done, total: note.write(CHECKING, done, total),
            refused,
            {**waiting_entries(job, shown), **(held_back or {})},
        )
        checked.plan.notes = doubts()
    keep_since(checked, shown)
    checked.plan.log_at = log_at
    return checked


def _show(
    job: ImportJob, checked: CheckedFile, source: SourceFile, assigned: Assigned, message: str
) -> None:
    before = job.entries.name
    _keep(job, checked, source, assigned)
    end(job, ImportState.READY, message)
    _remove_earlier(job, before)


def _keep(job: ImportJob, checked: CheckedFile, source: SourceFile, assigned: Assigned) -> None:
    """Keep what a check found; its lines in a file, because there may be thousands."""
    checked.plan.sheets = assigned.reports()
    checked.plan.notes += [*source.notes, *_foreign(job, source)]
    checked.plan.draft_count = new_drafts(checked.plan.entries)
    job.summary = checked.plan.summary()
    job.with_personal = checked.plan.has_personal
    job.entries.name = entries_path(job, "")
    with whole_file(job.entries.name) as file:
        file.write(written_entries(checked.plan.entries))


def _foreign(job: ImportJob, source: SourceFile) -> list[str]:
    origins = (identity_of(source, sheet) for sheet in source.sheets)
    if not any(is_from_elsewhere(each, job.municipality.code) for each in origins):
        return []
    return [
        "ほかの団体で書き出したファイルです。行の識別子は使わず、同じ名前の行がなければ新しい行としました。"
    ]


def _member(job: ImportJob) -> Membership:
    member: Membership | None = Membership.objects.filter(
        user=job.requested_by, user__is_active=True
    ).first()
    if member is None:
        raise DomainError("依頼した人が、この団体の利用者ではなくなったため、取り込みません。")
    return member


def _reports(assigned: Assigned) -> list[dict[str, Any]]:
    return [{**each.__dict__} for each in assigned.reports()]
