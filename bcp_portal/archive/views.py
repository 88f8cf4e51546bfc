"""Pages on which the administrator takes everything of the municipality out."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.archive.forms import ArchiveForm
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.archive.parts import archive_parts
from bcp_portal.archive.services import (
    archive_fault,
    request_archive,
    rows_with_values_in_archive,
    take_archive,
)
from bcp_portal.audit.services import SeenRow
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.ui.downloads import download

RECENT = 10


class ArchivesView(View):
    """Ask for an archive, and see those made before."""

    permission = Permission.TAKE_ARCHIVE

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(request, ArchiveForm())

    def post(self, request: MemberRequest) -> HttpResponse:
        form = ArchiveForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=422)
        reason = form.cleaned_data["reason"]
        job = request_archive(membership=request.membership, reason=reason)
        return redirect("archive:job", request.municipality.code, job.uid)

    def _show(self, request: MemberRequest, form: ArchiveForm, status: int = 200) -> HttpResponse:
        jobs = ArchiveJob.objects.select_related("requested_by")[:RECENT]
        context = {"form": form, "jobs": jobs, "left_out": sorted(archive_parts.left_out.values())}
        return render(request, "archive/list.html", context, status=status)


class ArchiveJobView(View):
    """One archive: how far it is, then the file."""

    permission = Permission.TAKE_ARCHIVE
    template_name = "archive/job.html"

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        context: dict[str, Any] = {"job": job}
        if not job.is_finished:
            context["progress_note"] = ProgressNote(job).read()
        elif job.state == JobState.DONE:
            context["fault"] = archive_fault(job)
        return render(request, self.template_name, context)

    def job(self, uid: UUID) -> ArchiveJob:
        job = ArchiveJob.objects.select_related("municipality", "requested_by").filter(uid=uid)
        found: ArchiveJob | None = job.first()
        if found is None:
            raise Http404
        return found


class ArchiveProgressView(ArchiveJobView):
    """The part of the page that asks again every second until the archive is finished."""

    template_name = "archive/_progress.html"


class ArchiveFileView(ArchiveJobView):
    """The finished archive; every taking away is in the log."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> FileResponse:
        job = self.job(uid)
        if job.state != JobState.DONE or not job.file:
            raise Http404
        take_archive(job=job, membership=request.membership)
        shown = [SeenRow(*row) for row in job.shown_rows or ()]
        if job.shown_rows is None:
            shown = rows_with_values_in_archive(request.municipality)
        note_showing(request, shown, way="アーカイブのファイル", target=job)
        day = timezone.localtime(job.created_at)
        name = f"{request.municipality.name}_アーカイブ_{day:%Y%m%d-%H%M}.zip"
        return download(job.file.open("rb"), name, "application/zip")
