"""Takes requests for archives, makes them in the background, and hands them out; each step is logged."""

import errno
import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.private_files import private_storage
from bcp_portal.accounts.queries import belongs_elsewhere
from bcp_portal.annex.showing import all_rows_with_values
from bcp_portal.archive.manifest import Manifest
from bcp_portal.archive.models import ArchiveJob, ArchiveState, archive_path
from bcp_portal.archive.progress import ArchiveNote
from bcp_portal.archive.writing import write_archive
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.audit.showing import SHOWING, rows_changed_in
from bcp_portal.members.passwords import new_initial_password
from bcp_portal.ui.errors import DomainError

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
# A note of the progress is written with every row and file.
STALLED_AFTER = timedelta(minutes=10)
# A task that was lost with its worker never comes; one that only waits is done within the day.
GIVEN_UP_AFTER = timedelta(days=1)
ASKED, TAKEN, SAVED = "アーカイブの作成", "アーカイブの取り出し", "アーカイブの書き出し（運用者）"
OPERATOR = "システムの運用者"
STALLED_MESSAGE = "アーカイブの作成が途中で止まりました。もう一度作ってください。"
NEVER_BEGUN_MESSAGE = "1日たっても始まらなかったため、取りやめました。もう一度作り、続く場合はシステムの担当者に知らせてください。"
NO_SPACE_MESSAGE = "サーバーの保管場所に空きがないため、作れませんでした。空きを増やすよう、システムの担当者に知らせてください。"
FAILED_MESSAGE = "アーカイブの作成の途中で問題が起きました。もう一度作り、続く場合はシステムの担当者に時刻を知らせてください。"
NO_SUCH_ADMINISTRATOR = (
    "「{username}」は、読み込んだ団体の有効な団体管理者ではありません。団体は読み込みました。"
)


@transaction.atomic
def request_archive(*, membership: Membership, reason: str) -> ArchiveJob:
    """Queue an archive and return it; while one is under way, that one is returned.

    Must run inside the municipality's scope. The log says who asked, and why.
    """
    municipality = membership.municipality
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    end_stalled_jobs()
    forget_old_jobs()
    waiting = ArchiveJob.objects.filter(state__in=[ArchiveState.QUEUED, ArchiveState.RUNNING])
    under_way: ArchiveJob | None = waiting.first()
    if under_way:
        return under_way
    job: ArchiveJob = ArchiveJob.objects.create(
        municipality=municipality, requested_by=membership.user, reason=reason
    )
    record(
        municipality=municipality,
        actor=membership.user,
        action=ASKED,
        target=job,
        note=f"理由: {reason}",
    )
    _enqueue(job)
    return job


def run(*, municipality: Municipality, uid: UUID) -> None:
    """Make a queued archive; whatever goes wrong is written into the job.

    Must run inside the municipality's scope, and outside a transaction.
    """
    queued = ArchiveJob.objects.filter(uid=uid, state=ArchiveState.QUEUED)
    if not queued.update(state=ArchiveState.RUNNING, started_at=timezone.now()):
        return
    job = ArchiveJob.objects.select_related("municipality", "requested_by").get(uid=uid)
    note = ArchiveNote(job)
    try:
        _make(job, note)
    except DomainError as error:
        _fail(job, error.message)
    except Exception as error:
        logger.exception("The archive %s failed.", uid)
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        _fail(job, NO_SPACE_MESSAGE if full else FAILED_MESSAGE)
    else:
        _finish(job, ArchiveState.DONE)
        note.remove()


def rows_with_values_in_archive(municipality: Municipality) -> list[SeenRow]:
    """Return every row of which an archive holds a personal value: stored, or in the log alone."""
    with scope(municipality=municipality):
        entries = Entry.objects.exclude(changes=[]).order_by("sequence").iterator()
        rows = [*all_rows_with_values(municipality), *rows_changed_in(entries)]
    return list({row.uid: row for row in reversed(rows)}.values())


def take_archive(*, job: ArchiveJob, membership: Membership) -> None:
    """Note in the log that somebody takes a finished archive away."""
    record(
        municipality=membership.municipality,
        actor=membership.user,
        action=TAKEN,
        target=job,
        note=f"理由: {job.reason}\nSHA-256 {job.sha256}",
    )


def save_archive(municipality: Municipality, path: Path) -> Manifest:
    """Write an archive for the operator to a file that does not exist yet; the log says so."""
    with path.open("xb") as target:
        path.chmod(0o600)
        try:
            manifest = write_archive(municipality, target, made_by=OPERATOR)
        except BaseException:
            path.unlink()
            raise
    with scope(municipality=municipality):
        record(municipality=municipality, actor=None, action=SAVED, note=f"SHA-256 {_sha256(path)}")
        shown = rows_with_values_in_archive(municipality)
        if shown:
            note = f"{SAVED}（{len(shown)}行）"
            record(municipality=municipality, actor=None, action=SHOWING, note=note, shown=shown)
    return manifest


@dataclass(frozen=True)
class Opened:
    """The account that was given an initial password, which is shown once."""

    username: str
    password: str


@transaction.atomic
def open_to_administrator(municipality: Municipality, *, username: str | None) -> Opened | None:
    """Give one administrator of a loaded municipality an initial password: nobody else can.

    Without a user name the first one whose account serves only here; None when there is none.
    """
    with scope(municipality=municipality):
        members = Membership.objects.select_related("user", "municipality").order_by("pk")
        usable = members.filter(is_active=True, user__is_active=True)
        administrators = [
            member
            for member in usable
            if Role.ADMIN in member.roles
            and username in (None, member.user.username)
            and not belongs_elsewhere(member)
        ]
        if not administrators and username is not None:
            raise DomainError(NO_SUCH_ADMINISTRATOR.format(username=username))
        return _give_password(administrators[0]) if administrators else None


def end_stalled_jobs() -> int:
    """Fail jobs whose worker was killed, and return how many."""
    now = timezone.now()
    begun = ArchiveJob.objects.select_related("municipality").filter(
        state=ArchiveState.RUNNING, started_at__lt=now - STALLED_AFTER
    )
    silent = [job for job in begun if (ArchiveNote(job).age() or STALLED_AFTER) >= STALLED_AFTER]
    lost = ArchiveJob.objects.select_related("municipality").filter(
        state=ArchiveState.QUEUED, created_at__lt=now - GIVEN_UP_AFTER
    )
    for job in silent:
        _fail(job, STALLED_MESSAGE)
    for job in lost:
        _fail(job, NEVER_BEGUN_MESSAGE)
    return len(silent) + len(lost)


def forget_old_jobs() -> int:
    """Delete archives nobody fetches any more, with their files, and return how many."""
    old = ArchiveJob.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR)
    for job in old:
        job.file.delete(save=False)
        job.delete()
    return len(old)


def _make(job: ArchiveJob, note: ArchiveNote) -> None:
    """Write the archive where it stays: a folder for passing files may be small, or memory."""
    path = _path_of(job)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with path.open("wb") as target:
        manifest = write_archive(
            job.municipality, target, made_by=str(job.requested_by or ""), on_progress=note.write
        )
    job.file.name = archive_path(job, "")
    job.shown_rows = [row.to_json() for row in rows_with_values_in_archive(job.municipality)]
    job.sha256, job.file_bytes = _sha256(path), path.stat().st_size
    job.row_count, job.lost_files = sum(manifest.rows.values()), manifest.lost_files


def _path_of(job: ArchiveJob) -> Path:
    return Path(private_storage().path(archive_path(job, "")))


def _fail(job: ArchiveJob, message: str) -> None:
    """End a job without an archive, and leave nothing behind of what was written."""
    job.file.name = ""
    _path_of(job).unlink(missing_ok=True)
    ArchiveNote(job).remove()
    _finish(job, ArchiveState.FAILED, message)


def _finish(job: ArchiveJob, state: ArchiveState, message: str = "") -> None:
    job.state, job.message, job.finished_at = state, message, timezone.now()
    job.save()


def _give_password(member: Membership) -> Opened:
    password = new_initial_password()
    member.user.set_password(password)
    member.user.password_is_initial = True
    member.user.save(update_fields=["password", "password_is_initial"])
    record(
        municipality=member.municipality, actor=None, action="初期パスワードの発行", target=member
    )
    return Opened(member.user.username, password)


def _enqueue(job: ArchiveJob) -> None:
    from bcp_portal.archive.tasks import make_archive  # which imports this module

    make_archive.enqueue(job.municipality.code, str(job.uid))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
