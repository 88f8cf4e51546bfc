"""Carries each step of an import out in the background: reading, checking, saving."""

import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.annex.import_models import ImportJob, ImportState
from bcp_portal.annex.importing.applying import (
    ChangedMeanwhileError,
    RefusedAtSavingError,
    apply,
)
from bcp_portal.annex.importing.assigning import Assigned, assign
from bcp_portal.annex.importing.checked import Checked
from bcp_portal.annex.importing.checking import Checker
from bcp_portal.annex.importing.plan import CellProblem, written_entries
from bcp_portal.annex.importing.progress import ProgressNote, outline_of
from bcp_portal.annex.importing.reading import read_source
from bcp_portal.annex.importing.remembering import remembered
from bcp_portal.annex.importing.sources import SourceFile, SourceLine, SourceSheet
from bcp_portal.annex.importing.targets import targets_of
from bcp_portal.annex.sheet import Presentation
from bcp_portal.ui.errors import DomainError

logger = logging.getLogger(__name__)

READING, CHECKING = "読み取り", "確認"
_LINES_OF_OUTLINE, _LINES_BELOW_HEAD = 60, 20
STALLED = (
    "取り込みの処理が途中で止まりました。何も登録していません。もう一度ファイルを選んでください。"
)
FAILED = (
    "取り込みの途中で問題が起きました。何も登録していません。もう一度ファイルを選び、"
    "続く場合はシステムの担当者に時刻を知らせてください。"
)
CHANGED = (
    "確認した後に、登録されている内容が変わりました。まだ何も登録していません。"
    "新しい内容と比べ直しましたので、もう一度確かめてください。"
)
REFUSED_AT_SAVING = (
    "登録の途中で、ほかの行と合わない行が見つかりました。まだ何も登録していません。"
    "「取り込めない」の行を確かめてください。"
)


def run(*, uid: UUID, step: str) -> None:
    """Carry out one step; whatever goes wrong is written into the job.

    Must run inside the municipality's scope, and outside a transaction.
    """
    queued, running = {
        "check": (ImportState.QUEUED, ImportState.CHECKING),
        "apply": (ImportState.APPLY_QUEUED, ImportState.APPLYING),
    }[step]
    claimed = ImportJob.objects.filter(uid=uid, state=queued)
    if not claimed.update(state=running, started_at=timezone.now()):
        return
    job = ImportJob.objects.select_related("municipality", "requested_by").get(uid=uid)
    try:
        (_check if step == "check" else _apply)(job)
    except DomainError as error:
        finish(job, ImportState.FAILED, error.message)
    except Exception:
        logger.exception("The import %s failed.", uid)
        finish(job, ImportState.FAILED, FAILED)
    finally:
        ProgressNote(job).remove()


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
        finish(job, ImportState.ASSIGNING)
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
            # Beside the rows, so that a worker that is killed now leaves both or neither.
            finish(job, ImportState.DONE)
    except (ChangedMeanwhileError, IntegrityError):
        _show(job, _checked(job, assigned), source, assigned, CHANGED)
    except RefusedAtSavingError as refused:
        _remember_refused(job, refused)
        _show(job, _checked(job, assigned), source, assigned, REFUSED_AT_SAVING)
    else:
        job.file.delete()


def _save(job: ImportJob, checked: Checked) -> None:
    apply(
        checked,
        municipality=job.municipality,
        actor=_member(job).user,
        file_name=job.file_name,
        on_progress=ProgressNote(job).write,
    )
    still = ImportJob.objects.filter(pk=job.pk, state=ImportState.APPLYING)
    if not still.update(state=ImportState.DONE):
        # Given up meanwhile: the person was told that nothing is written, and may have begun anew.
        raise DomainError(STALLED)


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
    finish(job, ImportState.READY, message)


def _keep(job: ImportJob, checked: Checked, source: SourceFile, assigned: Assigned) -> None:
    """Keep what a check found; its lines in a file, because there may be thousands."""
    checked.plan.sheets = assigned.reports()
    checked.plan.notes = [*source.notes, *_foreign(job, source)]
    job.summary = checked.plan.summary()
    job.with_personal = checked.plan.has_personal
    if job.entries:
        job.entries.delete(save=False)
    job.entries.save("entries", ContentFile(written_entries(checked.plan.entries)), save=False)


def _foreign(job: ImportJob, source: SourceFile) -> list[str]:
    code = source.identity.get("municipality", "")
    if not code or code == job.municipality.code:
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


def finish(job: ImportJob, state: ImportState, message: str = "") -> None:
    """End a step, or the whole import, with what the person is told about it."""
    job.state, job.message, job.finished_at = state, message, timezone.now()
    job.save()
