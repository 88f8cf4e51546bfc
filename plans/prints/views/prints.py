"""Pages on which a person asks for the plan on paper, watches it grow, and takes it away."""

from abc import ABC, abstractmethod
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.personal_rows import all_rows_with_values
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.checks.asking import findings_at
from bcp_portal.checks.lines import line_of
from bcp_portal.checks.registry import Moment
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.ui.downloads import download
from plans.chapters.plan_views import PlanView
from plans.prints.choices import last_choices, remember_choices
from plans.prints.form import PrintForm
from plans.prints.models import PrintJob
from plans.prints.parts import printable_parts
from plans.prints.print_jobs import print_of, request_print
from plans.prints.products import product_of
from plans.working_copy.draft_lines import draft_lines_in_plan

RECENT = 10


class OrderView(PlanView, ABC):
    """A form on which a person orders a print; its `order` is what the services take."""

    permission = Permission.PRINT

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        order = form.order()
        job = request_print(membership=request.membership, **order)
        remember_choices(membership=request.membership, **order)
        return redirect(self.url("prints:job", job.uid))

    @abstractmethod
    def form(self, data: Any = None) -> Any:
        """Return the form, filled with what this person chose last."""

    @abstractmethod
    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """Return the page around the form."""


class PrintsView(OrderView):
    """Ask for a print, and see the prints this person asked for before."""

    def form(self, data: Any = None) -> PrintForm:
        membership = self.request.membership
        return PrintForm(
            data,
            parts=printable_parts(self.plan()),
            last=last_choices(membership=membership),
            may_see_personal=membership.may(Permission.VIEW_PERSONAL),
        )

    def show(self, form: PrintForm, status: int = 200) -> HttpResponse:
        membership = self.request.membership
        jobs = PrintJob.objects.filter(requested_by=self.request.user)[:RECENT]
        context = {
            "plan": self.plan(),
            "form": form,
            "draft_lines": draft_lines_in_plan(self.request.municipality),
            "part_fields": [form[name] for name in ("chapters", "annexes")],
            "jobs": jobs,
            "notices": [
                line_of(each, membership) for each in findings_at(Moment.BEFORE_PRINT, membership)
            ],
            "may_see_personal": membership.may(Permission.VIEW_PERSONAL),
        }
        return render(self.request, "plans/prints/prints.html", context, status=status)


class PrintJobView(PlanView):
    """One print: how far it is, then the file."""

    permission = Permission.PRINT

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        return self.show(request, uid, "plans/prints/print_job.html")

    def show(self, request: MemberRequest, uid: UUID, template: str) -> HttpResponse:
        job = self.job(uid)
        context: dict[str, Any] = {"job": job}
        if job.is_under_way:
            context["progress_note"] = ProgressNote(job).read()
        return render(request, template, context)

    def job(self, uid: UUID) -> PrintJob:
        job = print_of(self.request.membership, uid)
        if job is None:
            raise Http404
        return job


class PrintProgressView(PrintJobView):
    """The part of the page that asks again every second until the print is finished."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        return self.show(request, uid, "plans/prints/_print_progress.html")


class PrintFileView(PrintJobView):
    """The finished file, for the person who asked for it."""

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:  # type: ignore[override]
        job = self.job(uid)
        if job.state != JobState.DONE or not job.file:
            raise Http404
        day = timezone.localtime(job.finished_at or job.created_at)
        title = product_of(job.product).title(request.municipality, job.options)
        name = f"{title}_{day:%Y%m%d-%H%M}.{job.kind.ending}"
        stored = job.file.open("rb")
        self._note_showing(job)
        return download(stored, name, job.kind.content_type)

    def _note_showing(self, job: PrintJob) -> None:
        """Write into the log that this person takes the personal values in the file, each time."""
        shown = job.rows_shown
        way = f"{job.label}のファイル"
        if shown is None:
            shown = all_rows_with_values(self.request.municipality)
            way += "（載っている行の記録がない印刷のため、個人情報のある全ての行）"
        note_showing(self.request, shown, way=way, target=job)
