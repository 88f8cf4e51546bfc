"""Takes files from people, and carries each step of an import out in the background."""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.import_models import ImportJob, ImportState, RememberedColumn
from bcp_portal.annex.importing import limits, refusals
from bcp_portal.annex.importing.applying import (
    ChangedMeanwhileError,
    RefusedAtSavingError,
    apply,
)
from bcp_portal.annex.importing.assigning import CONSTANT, Assigned, Remembered, assign
from bcp_portal.annex.importing.checking import Checked, Checker
from bcp_portal.annex.importing.plan import CellProblem, Entry, read_entries, written_entries
from bcp_portal.annex.importing.progress import ProgressNote, outline_of
from bcp_portal.annex.importing.reading import read_source
from bcp_portal.annex.importing.sources import SourceFile
from bcp_portal.annex.importing.targets import targets_of
from bcp_portal.annex.sheet import Presentation
from bcp_portal.ui.errors import DomainError

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
STALLED_AFTER = timedelta(minutes=10)
_LINES_OF_OUTLINE = 60
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
READING, CHECKING, SAVING = "読み取り", "確認", "登録"


def start(
    *, membership: Membership, upload: "UploadedFile[Any]", code: str = "", as_drafts: bool = True
) -> ImportJob:
    """Keep the file and queue its check; DomainError for a file that is too large or empty."""
    size = upload.size or 0
    if size > limits.MAX_FILE_BYTES:
        raise DomainError(refusals.TOO_LARGE)
    if not size:
        raise DomainError(refusals.EMPTY)
    end_stalled_jobs()
    forget_old_jobs()
    job = ImportJob(
        municipality=membership.municipality,
        requested_by=membership.user,
        code=code,
        as_drafts=as_drafts,
        file_name=Path(upload.name or "").name[:200] or "ファイル",
    )
    job.file.save("source", upload, save=False)
    job.save()
    _enqueue(job, "check")
    return job


def job_of(membership: Membership, uid: UUID) -> ImportJob | None:
    """Return an import to those who may edit annexes; one with personal data only to its owner."""
    end_stalled_jobs()
    job: ImportJob | None = ImportJob.objects.filter(uid=uid).first()
    if job is None:
        return None
    own = job.requested_by_id == membership.user_id
    if job.with_personal and not (own and membership.may(Permission.VIEW_PERSONAL)):
        return None
    return job


def decide(
    *, membership: Membership, job: ImportJob, sheet: str, choice: Mapping[str, Any]
) -> None:
    """Keep what a person assigned by hand for one sheet, remember it, and check the file again."""
    _require(job, ImportState.ASSIGNING, ImportState.READY)
    with transaction.atomic():
        job.requested_by = membership.user
        job.choices = {**job.choices, sheet: dict(choice)}
        remember(membership.municipality, choice)
        _reset(job, ImportState.QUEUED)
    _enqueue(job, "check")


def remember(municipality: Municipality, choice: Mapping[str, Any]) -> None:
    """Remember which labels stand for which columns, for the next sheet of this kind."""
    code = str(choice.get("code", ""))
    for label_key, column in dict(choice.get("labels", {})).items():
        RememberedColumn.objects.update_or_create(
            municipality=municipality,
            code=code,
            label_key=label_key[:200],
            defaults={"column": column},
        )
    for column, text in dict(choice.get("constants", {})).items():
        RememberedColumn.objects.update_or_create(
            municipality=municipality,
            code=code,
            label_key=f"{CONSTANT}{column}",
            defaults={"column": column, "constant": text},
        )


def request_apply(*, membership: Membership, job: ImportJob, only_good: bool) -> None:
    """Queue the saving of what was shown; with refused lines only if the person takes the rest."""
    _require(job, ImportState.READY)
    counts = job.summary.get("counts", {})
    if counts.get("refused") and not only_good:
        raise DomainError(
            "取り込めない行があります。ファイルを直して選び直すか、"
            "「取り込める行だけを取り込む」に印を付けてください。"
        )
    if not counts.get("new") and not counts.get("changed"):
        raise DomainError("新しい行も変更された行もないため、登録するものがありません。")
    # Who saves answers for it; the file is checked once more with that person's permissions.
    job.requested_by = membership.user
    job.only_good = only_good
    _reset(job, ImportState.APPLY_QUEUED)
    _enqueue(job, "apply")


def discard(job: ImportJob) -> None:
    """Forget an import that is not being carried out, with its files."""
    if job.state in {ImportState.CHECKING, ImportState.APPLYING}:
        raise DomainError("処理の途中です。終わってから、取りやめてください。", status=409)
    _forget_files(job)
    job.delete()


def run(*, municipality: Municipality, uid: UUID, step: str) -> None:
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
        _finish(job, ImportState.FAILED, error.message)
    except Exception:
        logger.exception("The import %s failed.", uid)
        _finish(job, ImportState.FAILED, FAILED)
    finally:
        ProgressNote(job).remove()


def _check(job: ImportJob) -> None:
    source, assigned = _assigned(job)
    job.outline = [
        {
            "name": sheet.name,
            "lines": outline_of(sheet.lines[:_LINES_OF_OUTLINE]),
            "merged": [area for area in sheet.merged if area[0] <= _lowest(sheet.lines)],
        }
        for sheet in source.sheets
    ]
    if not assigned.is_clear and not job.choices:
        job.summary = {"sheets": _reports(assigned), "notes": source.notes}
        _finish(job, ImportState.ASSIGNING)
        return
    checked = _checked(job, assigned)
    _show(job, checked, source, assigned, "")


def _lowest(lines: Any) -> int:
    return max((line.number for line in lines[:_LINES_OF_OUTLINE]), default=0)


def _apply(job: ImportJob) -> None:
    shown = job.summary.get("digest")
    source, assigned = _assigned(job)
    checked = _checked(job, assigned)
    if checked.plan.digest() != shown:
        _show(job, checked, source, assigned, CHANGED)
        return
    note = ProgressNote(job)
    try:
        apply(
            checked,
            municipality=job.municipality,
            actor=_member(job).user,
            file_name=job.file_name,
            on_progress=lambda done, total: note.write(SAVING, done, total),
        )
    except ChangedMeanwhileError:
        _show(job, _checked(job, assigned), source, assigned, CHANGED)
    except RefusedAtSavingError as refused:
        problems = [problem.__dict__ for problem in refused.problems]
        job.refusals = {**job.refusals, str(refused.place): problems}
        _show(job, _checked(job, assigned), source, assigned, REFUSED_AT_SAVING)
    else:
        _keep(job, checked, source, assigned)
        job.file.delete(save=False)
        _finish(job, ImportState.DONE)


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


def remembered() -> Remembered:
    """Return what was assigned by hand before, by the code of its table."""
    found: dict[str, dict[str, str]] = {}
    for each in RememberedColumn.objects.all():
        found.setdefault(each.code, {})[each.label_key] = each.constant or each.column
    return found


def _checked(job: ImportJob, assigned: Assigned) -> Checked:
    note = ProgressNote(job)
    refused = {
        int(place): [CellProblem(**problem) for problem in problems]
        for place, problems in job.refusals.items()
    }
    checker = Checker(assigned.taken, as_drafts=job.as_drafts)
    return checker.run(lambda done, total: note.write(CHECKING, done, total), refused)


def _show(
    job: ImportJob, checked: Checked, source: SourceFile, assigned: Assigned, message: str
) -> None:
    _keep(job, checked, source, assigned)
    _finish(job, ImportState.READY, message)


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
    return ["ほかの団体で書き出したファイルです。行の識別子は、この団体の行とは合いません。"]


def entries_of(job: ImportJob, *, personal: bool) -> Iterable[Entry]:
    """Yield what the check found, line by line."""
    if not job.entries:
        return
    with job.entries.open("rb") as lines:
        for entry in read_entries(lines):
            yield entry if personal or not entry.is_personal else entry.masked()


def _member(job: ImportJob) -> Membership:
    member: Membership | None = Membership.objects.filter(
        user=job.requested_by, user__is_active=True
    ).first()
    if member is None:
        raise DomainError("依頼した人が、この団体の利用者ではなくなったため、取り込みません。")
    return member


def _reports(assigned: Assigned) -> list[dict[str, Any]]:
    return [{**each.__dict__} for each in assigned.reports()]


def _require(job: ImportJob, *states: ImportState) -> None:
    if job.state not in states:
        raise DomainError(
            "この取り込みは、もう先へ進んでいます。画面を開き直してください。", status=409
        )


def _reset(job: ImportJob, state: ImportState) -> None:
    job.state, job.message, job.finished_at = state, "", None
    job.save()


def _finish(job: ImportJob, state: ImportState, message: str = "") -> None:
    job.state, job.message, job.finished_at = state, message, timezone.now()
    job.save()


def _enqueue(job: ImportJob, step: str) -> None:
    from bcp_portal.annex.tasks import import_file  # that module imports this one

    import_file.enqueue(job.municipality.code, str(job.uid), step)


def end_stalled_jobs() -> None:
    """Fail imports whose worker was killed; nothing of them was saved."""
    running = ImportJob.objects.filter(
        state__in=[ImportState.CHECKING, ImportState.APPLYING],
        started_at__lt=timezone.now() - STALLED_AFTER,
    )
    for job in running.select_related("municipality"):
        age = ProgressNote(job).age()
        if age is None or age > STALLED_AFTER:
            _finish(job, ImportState.FAILED, STALLED)


def forget_old_jobs() -> None:
    """Delete imports nobody looked at for a week, with their files."""
    for job in ImportJob.objects.filter(created_at__lt=timezone.now() - KEPT_FOR):
        _forget_files(job)
        job.delete()


def _forget_files(job: ImportJob) -> None:
    job.file.delete(save=False)
    job.entries.delete(save=False)
