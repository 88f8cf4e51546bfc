"""Pages on which a person brings a file in: choose it, assign columns, look, and only then save."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry
from bcp_portal.annex.access import may_import
from bcp_portal.annex.row_states import draft_and_print_of
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.importing import requests
from bcp_portal.importing.forms import UploadForm
from bcp_portal.importing.import_outcome import LABELS, WRITING, ImportLine, LineOutcome
from bcp_portal.importing.models import ImportJob, ImportState
from bcp_portal.importing.personal_rows import rows_in_entries
from bcp_portal.importing.prepared import REPORT
from bcp_portal.jobs.prepared.products import PreparationRequest
from bcp_portal.jobs.prepared.services import prepare
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.ui.errors import DomainError

ENTRIES_PER_PAGE = 50
HELD, HELD_LABEL = "held", "確かめてほしい行"
SAVED, SAVED_LABEL = "saved", "登録済み"
RECENT = 10
DISCARDED = "取り込みを取りやめました。何も登録していません。"
DISCARDED_REST = "残りの行の取り込みを取りやめました。先に登録した{}行は、登録したままです。"


class ImportView(View):
    """Opens to those who may fill at least one table."""

    permission = Permission.READ_PLAN
    request: MemberRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        allowed = any(may_import(self.request.membership, spec) for spec in registry.specs())
        if not allowed and hasattr(self, (request.method or "").lower()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def sees_personal(self) -> bool:
        return self.request.membership.may(Permission.VIEW_PERSONAL)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"annex:{name}", args=[self.request.municipality.code, *args])

    def job(self, uid: UUID) -> ImportJob:
        """Return the import named in the address; that of somebody else with personal data is not found."""
        job = requests.job_of(self.request.membership, uid)
        if job is None:
            raise Http404
        return job


class UploadView(ImportView):
    """Choose a file, for one table or for all."""

    def get(self, request: MemberRequest, code: str = "") -> HttpResponse:
        return self._show(self._sheet(code), UploadForm())

    def post(self, request: MemberRequest, code: str = "") -> HttpResponse:
        sheet = self._sheet(code)
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                job = requests.start(
                    membership=request.membership,
                    upload=form.cleaned_data["file"],
                    code=sheet.spec.code if sheet else "",
                    as_drafts=form.cleaned_data["as_drafts"],
                )
            except DomainError as error:
                form.add_error("file", error.message)
            else:
                return redirect(self.url("import-job", job.uid))
        return self._show(sheet, form, status=422)

    def _sheet(self, code: str) -> Sheet | None:
        if not code:
            return None
        spec = registry.spec(code)
        if spec is None:
            raise Http404
        if not may_import(self.request.membership, spec):
            raise PermissionDenied
        return Sheet(spec, Presentation.load(self.request.municipality))

    def _show(self, sheet: Sheet | None, form: UploadForm, status: int = 200) -> HttpResponse:
        recent = ImportJob.objects.filter(requested_by=self.request.user)[:RECENT]
        context = {"sheet": sheet, "form": form, "jobs": recent}
        return render(self.request, "importing/upload.html", context, status=status)


class ImportJobView(ImportView):
    """One import: how far it is, what it would do, or what it has done."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        if job.state == ImportState.ASSIGNING:
            return redirect(self.url("import-columns", job.uid))
        if job.is_under_way or job.state == ImportState.FAILED:
            return render(request, "importing/progress.html", self._progress(job))
        return self._show(job)

    def _progress(self, job: ImportJob) -> dict[str, Any]:
        return {"job": job, "progress_note": ProgressNote(job).read()}

    def _show(self, job: ImportJob) -> HttpResponse:
        chosen = self.request.GET.get("show", "")
        outcome = chosen if chosen in (*LineOutcome, HELD, SAVED) else first_shown(job)
        entries = [e for e in requests.entries_of(job, personal=True) if _is_shown(e, outcome, job)]
        number = self.request.GET.get("page", "1")
        page = Paginator(entries, ENTRIES_PER_PAGE).get_page(number)
        shown = self._shown(job, list(page.object_list))
        sheets = job.summary["sheets"]
        context = {
            "job": job,
            "own_sheets": [each for each in sheets if not each["exported"]],
            "exported_sheets": [each for each in sheets if each["exported"]],
            "page": page,
            "entries": shown,
            "outcome": outcome,
            "tabs": _tabs(job),
            "ticked": _ticked(job, shown),
            "draft_and_print": draft_and_print_of(each["code"] for each in sheets),
            "writes": job.summary["counts"]["new"] + job.summary["counts"]["changed"],
        }
        return render(self.request, "importing/job.html", context)

    def _shown(self, job: ImportJob, entries: list[ImportLine]) -> list[ImportLine]:
        """Return the entries this person may see, and note that personal values were shown."""
        if not self.sees_personal:
            return [entry.masked() for entry in entries]
        note_showing(self.request, rows_in_entries(entries), way="取り込みの確認")
        return entries


def _ticked(job: ImportJob, entries: list[ImportLine]) -> set[str]:
    """Return which cells of lines that are taken cell by cell are marked, as the form names them."""
    return {
        f"{name}:{entry.key}"
        for entry in entries
        if entry.key in job.confirmed
        for name in entry.cells
        if name not in job.spared.get(entry.key, ())
    }


def _tabs(job: ImportJob) -> list[tuple[str, str, int]]:
    """Return what lines can be looked at together: value, label, and how many there are."""
    counts, settled = job.summary["counts"], job.summary.get("settled", {})
    tabs = [
        (
            outcome.value,
            LABELS[outcome],
            counts[outcome.value] + (0 if outcome in WRITING else settled.get(outcome.value, 0)),
        )
        for outcome in LineOutcome
    ]
    if job.is_partly_saved:
        tabs.insert(0, (SAVED, SAVED_LABEL, job.saved_before))
    asked = job.summary.get("held", 0) + len(job.confirmed)
    return [(HELD, HELD_LABEL, asked), *tabs] if asked else tabs


def _is_shown(entry: ImportLine, outcome: str, job: ImportJob) -> bool:
    if outcome == HELD:
        return not entry.settled and (bool(entry.held) or entry.key in job.confirmed)
    if outcome == SAVED:
        return entry.settled and entry.writes
    return entry.outcome == outcome and not (entry.settled and entry.writes)


def first_shown(job: ImportJob) -> str:
    """Return what a person must look at first: what is asked or refused, then what would change."""
    counts = job.summary["counts"]
    if job.summary.get("held") and job.state == ImportState.READY:
        return HELD
    order = (LineOutcome.REFUSED, LineOutcome.CHANGED, LineOutcome.NEW, LineOutcome.UNCHANGED)
    return next((outcome for outcome in order if counts[outcome.value]), LineOutcome.SKIPPED)


class ImportProgressView(ImportJobView):
    """The part of the page that asks again every second; when there is more to see, the page reloads."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        response = render(request, "importing/_progress.html", self._progress(job))
        if not job.is_under_way:
            response["HX-Refresh"] = "true"
        return response


class ImportConfirmView(ImportView):
    """Say of single lines that they are meant as they are, although something speaks against them."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        requests.confirm(
            membership=request.membership,
            job=self.job(uid),
            shown=request.POST.getlist("shown"),
            chosen=request.POST.getlist("chosen"),
            cells=request.POST.getlist("cells"),
        )
        return redirect(self.url("import-job", uid) + f"?show={HELD}")


class ApplyView(ImportView):
    """Save what was shown."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        requests.request_apply(
            membership=request.membership, job=job, only_good="only_good" in request.POST
        )
        return redirect(self.url("import-job", job.uid))


class ImportDiscardView(ImportView):
    """Forget an import without saving anything."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        saved = job.saved_before
        requests.discard(job)
        messages.success(request, DISCARDED_REST.format(saved) if saved else DISCARDED)
        return redirect(self.url("import"))


class ReportView(ImportView):
    """Asks for what the check found as a workbook to correct the file by, made in the background."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        if not job.entries:
            raise Http404
        wanted = PreparationRequest(
            REPORT, {"import": str(job.uid)}, with_personal=self.sees_personal
        )
        prepared = prepare(membership=request.membership, wanted=wanted)
        return redirect("prepared:job", request.municipality.code, prepared.uid)
