"""The page that waits for what takes long: how far it is, then the page or the file itself."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.services import SeenRow, record
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.jobs.models import JobState, Preparation
from bcp_portal.jobs.prepared.products import product_of
from bcp_portal.jobs.prepared.services import content_of, preparation_of
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.ui.downloads import download


class PreparationView(View):
    """How far it is; a page that is ready is shown at once, a file can be taken."""

    permission = Permission.READ_PLAN
    request: MemberRequest

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        if self.is_shown_elsewhere(job):
            return redirect(product_of(job.product).address(job))
        return render(request, "jobs/prepared.html", self.context(job))

    def job(self, uid: UUID) -> Preparation:
        job = preparation_of(self.request.membership, uid)
        if job is None:
            raise Http404
        return job

    def is_shown_elsewhere(self, job: Preparation) -> bool:
        return job.state == JobState.DONE and product_of(job.product).is_page

    def context(self, job: Preparation) -> dict[str, Any]:
        product = product_of(job.product)
        return {
            "job": job,
            "product": product,
            # What came of it is no longer at its own address: the same page asks for it anew.
            "again_url": product.address(job).partition("?")[0],
            "progress_note": ProgressNote(job).read(),
        }


class PreparationProgressView(PreparationView):
    """The part of the page that asks again each second; what is ready is gone to at once."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        response = render(request, "jobs/_prepared.html", self.context(job))
        if self.is_shown_elsewhere(job):
            response["HX-Redirect"] = product_of(job.product).address(job)
        return response


class PreparedFileView(PreparationView):
    """The finished file; each taking is in the log, and names whose personal values are in it."""

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:  # type: ignore[override]
        job = self.job(uid)
        product = product_of(job.product)
        if job.state != JobState.DONE or product.is_page:
            raise Http404
        response = download(content_of(job), job.file_name, product.content_type)
        if job.taking["action"] and request.method != "HEAD":
            record(
                municipality=request.municipality,
                actor=request.user,
                action=job.taking["action"],
                note=job.taking["note"],
            )
        shown = [SeenRow(*row) for row in job.shown_rows]
        note_showing(request, shown, way=job.taking["way"])
        return response
