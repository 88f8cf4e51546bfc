"""Takes files from people, and what they decide about them; the work itself is for `running`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.import_models import ImportJob, ImportState
from bcp_portal.annex.importing import limits, refusals
from bcp_portal.annex.importing.plan import Entry, read_entries
from bcp_portal.annex.importing.progress import ProgressNote
from bcp_portal.annex.importing.remembering import remember
from bcp_portal.annex.importing.running import STALLED
from bcp_portal.annex.tasks import import_file
from bcp_portal.ui.errors import DomainError

KEPT_FOR = timedelta(days=7)
# No step is silent for as long as reading may take at most.
STALLED_AFTER = timedelta(seconds=limits.WALL_SECONDS + 60)


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
        file_name=upload.name or "ファイル",
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


def confirm(
    *, membership: Membership, job: ImportJob, shown: Collection[str], chosen: Collection[str]
) -> None:
    """Keep which of the lines on a page a person says are meant as they are, and check again.

    `shown` and `chosen` are keys of entries; what was said of lines on other pages stays.
    """
    _require(job, ImportState.READY)
    held = {entry.key for entry in entries_of(job, personal=True) if entry.held}
    held |= set(job.confirmed)
    kept = [key for key in job.confirmed if key not in shown]
    job.confirmed = [*kept, *(key for key in dict.fromkeys(chosen) if key in held)]
    job.requested_by = membership.user
    _reset(job, ImportState.QUEUED)
    _enqueue(job, "check")


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


def entries_of(job: ImportJob, *, personal: bool) -> Iterable[Entry]:
    """Yield what the check found, line by line."""
    if not job.entries:
        return
    with job.entries.open("rb") as lines:
        for entry in read_entries(lines):
            yield entry if personal or not entry.is_personal else entry.masked()


def _require(job: ImportJob, *states: ImportState) -> None:
    if job.state not in states:
        raise DomainError(
            "この取り込みは、もう先へ進んでいます。画面を開き直してください。", status=409
        )


def _reset(job: ImportJob, state: ImportState) -> None:
    job.state, job.message, job.finished_at = state, "", None
    # The next step begins with waiting for a worker.
    job.started_at = timezone.now()
    job.save()


def _enqueue(job: ImportJob, step: str) -> None:
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
            # Only if it is so still: it may have ended while this waited for its turn to write.
            ImportJob.objects.filter(pk=job.pk, state=job.state).update(
                state=ImportState.FAILED, message=STALLED, finished_at=timezone.now()
            )


def forget_old_jobs() -> None:
    """Delete imports nobody looked at for a week, with their files."""
    for job in ImportJob.objects.filter(created_at__lt=timezone.now() - KEPT_FOR):
        _forget_files(job)
        job.delete()


def _forget_files(job: ImportJob) -> None:
    job.file.delete(save=False)
    job.entries.delete(save=False)
