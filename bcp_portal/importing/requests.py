"""Takes files from people, and what they decide about them; the work itself is for `import_jobs`."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.import_files import source_path
from bcp_portal.importing import limits, refusal_texts
from bcp_portal.importing.import_outcome import ImportLine, read_entries
from bcp_portal.importing.models import ImportJob, ImportState
from bcp_portal.importing.remembered_columns import remember
from bcp_portal.jobs.files import remove, whole_file
from bcp_portal.jobs.services import forget, hand_over
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.troubles import trouble_of

GONE_ON = "この取り込みは、もう先へ進んでいます。画面を開き直してください。"
PARTLY_SAVED = (
    "この取り込みの行は、一部を登録しました。列の対応を変えるときは、取りやめてから、もう一度ファイルを"
    "選んでください。"
)


def start(
    *, membership: Membership, upload: "UploadedFile[Any]", code: str = "", as_drafts: bool = True
) -> ImportJob:
    """Keep the file and queue its check; DomainError for a file that is too large or empty."""
    size = upload.size or 0
    if size > limits.MAX_FILE_BYTES:
        raise DomainError(refusal_texts.TOO_LARGE)
    if not size:
        raise DomainError(refusal_texts.EMPTY)
    job = ImportJob(
        municipality=membership.municipality,
        requested_by=membership.user,
        code=code,
        as_drafts=as_drafts,
        file_name=upload.name or "ファイル",
    )
    job.file.name = source_path(job, "")
    try:
        with whole_file(job.file.name) as kept:
            kept.writelines(upload.chunks())
        with transaction.atomic():
            job.save()
            hand_over(job)
    except BaseException as error:
        remove([job.file.name])
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise DomainError(trouble, status=503) from error
    return job


def job_of(membership: Membership, uid: UUID) -> ImportJob | None:
    """Return an import to those who may edit annexes; one with personal data only to its owner."""
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
    if job.is_partly_saved:
        raise DomainError(PARTLY_SAVED, status=409)
    with transaction.atomic():
        job.requested_by = membership.user
        # Lines that are read otherwise are not those that were shown.
        job.entries.name = ""
        job.choices = {**job.choices, sheet: dict(choice)}
        remember(membership.municipality, choice)
        _hand_over(job, ImportState.QUEUED)


def confirm(
    *,
    membership: Membership,
    job: ImportJob,
    shown: Collection[str],
    chosen: Collection[str],
    cells: Collection[str] = (),
) -> None:
    """Keep which of the lines on a page a person says are meant as they are, and check again.

    `shown` and `chosen` are keys of entries, `cells` names of columns and keys ("note:5:Sheet1") of
    lines of which only these cells are taken; what was said of lines on other pages stays.
    """
    _require(job, ImportState.READY)
    ticked: dict[str, set[str]] = {}
    for name, _, key in (each.partition(":") for each in cells):
        ticked.setdefault(key, set()).add(name)
    asked = {
        entry.key: entry.cells
        for entry in entries_of(job, personal=True)
        if not entry.settled and (entry.held or entry.key in job.confirmed)
    }
    marked = {key for key in chosen if key in asked}
    by_cell = {key for key, names in asked.items() if ticked.get(key, set()) & set(names)}
    kept = [key for key in job.confirmed if key not in shown]
    spared = {key: names for key, names in job.spared.items() if key in kept}
    for key in by_cell - marked:
        spared[key] = [name for name in asked[key] if name not in ticked[key]]
    job.confirmed = list(dict.fromkeys([*kept, *(k for k in asked if k in marked | by_cell)]))
    job.spared = spared
    job.requested_by = membership.user
    _hand_over(job, ImportState.QUEUED)


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
    _hand_over(job, ImportState.APPLY_QUEUED)


def discard(job: ImportJob) -> None:
    """Forget an import that is not being carried out, with its files."""
    if job.state in {ImportState.CHECKING, ImportState.APPLYING}:
        raise DomainError("処理の途中です。終わってから、取りやめてください。", status=409)
    forget(job)


def entries_of(job: ImportJob, *, personal: bool) -> Iterable[ImportLine]:
    """Yield what the check found, line by line."""
    if not job.entries:
        return
    with job.entries.open("rb") as lines:
        for entry in read_entries(lines):
            yield entry if personal or not entry.is_personal else entry.masked()


def _require(job: ImportJob, *states: ImportState) -> None:
    if job.state not in states:
        raise DomainError(GONE_ON, status=409)


@transaction.atomic
def _hand_over(job: ImportJob, state: ImportState) -> None:
    # Of two people who decide at once, the second is told that the import has gone on.
    as_seen = ImportJob.objects.filter(pk=job.pk, turn=job.turn, state=job.state)
    if not as_seen.update(state=state):
        raise DomainError(GONE_ON, status=409)
    job.state, job.message, job.finished_at = state, "", None
    # The next step begins with waiting for a worker.
    job.started_at = timezone.now()
    job.save()
    hand_over(job)
