"""Carries each step of an import out in the background: reading, checking, saving."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from bcp_portal.accounts.models import Membership
from bcp_portal.annex.import_models import ImportJob, ImportState, entries_path, source_path
from bcp_portal.annex.importing.applying import (
    ChangedMeanwhileError,
    RefusedAtSavingError,
    apply,
)
from bcp_portal.annex.importing.assigning import Assigned, assign, identity_of, is_from_elsewhere
from bcp_portal.annex.importing.checked import Checked
from bcp_portal.annex.importing.checking import Checker
from bcp_portal.annex.importing.outline import outline_of
from bcp_portal.annex.importing.plan import CellProblem, written_entries
from bcp_portal.annex.importing.reading import read_source
from bcp_portal.annex.importing.remembering import remembered
from bcp_portal.annex.importing.sources import SourceFile, SourceLine, SourceSheet
from bcp_portal.annex.importing.targets import targets_of
from bcp_portal.annex.sheet import Presentation
from bcp_portal.jobs.files import remove, whole_file
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.jobs.services import end
from bcp_portal.ui.errors import DomainError

READING, CHECKING = "読み取り", "確認"
_LINES_OF_OUTLINE, _LINES_BELOW_HEAD = 60, 20
CHANGED = (
    "確認した後に、登録されている内容が変わりました。まだ何も登録していません。"
    "新しい内容と比べ直しましたので、もう一度確かめてください。"
)
REFUSED_AT_SAVING = (
    "登録の途中で、ほかの行と合わない行が見つかりました。まだ何も登録していません。"
    "「取り込めない」の行を確かめてください。"
)


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
    checked = _checked(job, assigned)
    _show(job, checked, source, assigned, "")


def _lines_of_outline(sheet: SourceSheet, assigned: Assigned) -> list[SourceLine]:
    """Return the first lines of a sheet, down to some below the head that was found."""
    heads = [each.head.last_row for each in assigned.taken if each.source is sheet]
    last = max(heads, default=0)
    above = sum(line.number <= last for line in sheet.lines)
    return sheet.lines[: max(_LINES_OF_OUTLINE, above + _LINES_BELOW_HEAD)]


def _apply(job: ImportJob) -> None:
    source, assigned = _assigned(job)
    checked = _checked(job, assigned)
    if checked.plan.digest() != job.summary.get("digest"):
        _show(job, checked, source, assigned, CHANGED)
        return
    try:
        with transaction.atomic():
            _save(job, checked)
            _keep(job, checked, source, assigned)
            job.file.name = ""
            # Beside the rows, so that a worker that is killed now leaves both or neither.
            end(job, ImportState.DONE)
    except (ChangedMeanwhileError, IntegrityError):
        _show(job, _checked(job, assigned), source, assigned, CHANGED)
    except RefusedAtSavingError as refused:
        _remember_refused(job, refused)
        _show(job, _checked(job, assigned), source, assigned, REFUSED_AT_SAVING)
    else:
        remove([source_path(job, "")])


def _save(job: ImportJob, checked: Checked) -> None:
    apply(
        checked,
        municipality=job.municipality,
        actor=_member(job).user,
        file_name=job.file_name,
        on_progress=ProgressNote(job).write,
    )


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


def _checked(job: ImportJob, assigned: Assigned) -> Checked:
    note = ProgressNote(job)
    refused = {
        int(place): [CellProblem(**problem) for problem in problems]
        for place, problems in job.refusals.items()
    }
    confirmed = [(sheet, int(row)) for row, _, sheet in (k.partition(":") for k in job.confirmed)]
    checker = Checker(assigned.taken, as_drafts=job.as_drafts, confirmed=confirmed)
    return checker.run(lambda done, total: note.write(CHECKING, done, total), refused)


def _show(
    job: ImportJob, checked: Checked, source: SourceFile, assigned: Assigned, message: str
) -> None:
    _keep(job, checked, source, assigned)
    end(job, ImportState.READY, message)


def _keep(job: ImportJob, checked: Checked, source: SourceFile, assigned: Assigned) -> None:
    """Keep what a check found; its lines in a file, because there may be thousands."""
    checked.plan.sheets = assigned.reports()
    checked.plan.notes = [*source.notes, *_foreign(job, source)]
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
