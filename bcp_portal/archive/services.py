"""Takes requests for archives, makes them in the background, and hands them out; each step is logged."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django_scopes import scope

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.queries import belongs_elsewhere
from bcp_portal.annex.personal_rows import all_rows_with_values
from bcp_portal.archive.manifest import Manifest
from bcp_portal.archive.models import ArchiveJob, archive_path
from bcp_portal.archive.writing import write_archive
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.audit.viewing_log import SHOWING, rows_changed_in
from bcp_portal.jobs.files import path_of, whole_file
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.jobs.services import end, hand_over
from bcp_portal.members.passwords import new_initial_password
from bcp_portal.ui.errors import DomainError

ASKED, TAKEN, SAVED = "アーカイブの作成", "アーカイブの取り出し", "アーカイブの書き出し（運用者）"
OPERATOR = "システムの運用者"
ALTERED = (
    "アーカイブのファイルが失われたか、作った後に書き換えられています。このファイルは使わず、もう一度作ってください。"
    "システムの担当者にも連絡してください。"
)
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
    waiting = ArchiveJob.objects.filter(state__in=ArchiveJob.under_way_states())
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
    hand_over(job)
    return job


def rows_with_values_in_archive(municipality: Municipality) -> list[SeenRow]:
    """Return every row of which an archive holds a personal value: stored, or in the log alone."""
    with scope(municipality=municipality):
        entries = Entry.objects.exclude(changes=[]).order_by("sequence").iterator()
        rows = [*all_rows_with_values(municipality), *rows_changed_in(entries)]
    return list({row.uid: row for row in reversed(rows)}.values())


def archive_fault(job: ArchiveJob) -> str:
    """Return what is wrong with the file of a finished archive (Japanese), "" when nothing is."""
    try:
        found = _sha256(path_of(str(job.file.name)))
    except OSError:
        found = ""
    return "" if found == job.sha256 else ALTERED


def take_archive(*, job: ArchiveJob, membership: Membership) -> None:
    """Note in the log that somebody takes a finished archive away; DomainError for an altered one."""
    if fault := archive_fault(job):
        raise DomainError(fault, status=409)
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


def make_archive(job: ArchiveJob) -> None:
    """Write a queued archive where it stays: a folder for passing files may be small, or memory."""
    job.file.name = archive_path(job, "")
    note = ProgressNote(job)
    with whole_file(job.file.name) as target:
        manifest = write_archive(
            job.municipality, target, made_by=str(job.requested_by or ""), on_progress=note.write
        )
    path = path_of(job.file.name)
    job.shown_rows = [row.to_json() for row in rows_with_values_in_archive(job.municipality)]
    job.sha256, job.file_bytes = _sha256(path), path.stat().st_size
    job.row_count, job.lost_files = sum(manifest.rows.values()), manifest.lost_files
    end(job, JobState.DONE)


def _give_password(member: Membership) -> Opened:
    password = new_initial_password()
    member.user.set_password(password)
    member.user.password_is_initial = True
    member.user.save(update_fields=["password", "password_is_initial"])
    record(
        municipality=member.municipality, actor=None, action="初期パスワードの発行", target=member
    )
    return Opened(member.user.username, password)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
