"""Submitting a revision after a last look, taking it back, and trying a failed issue again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.entry_faults import warning_of_altered
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.checks.findings import NotReady
from bcp_portal.jobs.models import JobState, Preparation
from bcp_portal.jobs.prepared.products import PreparationRequest
from bcp_portal.jobs.prepared.services import is_of, preparation_of, prepare, ready_now, value_of
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import whole_number
from plans.chapters.models.plan import Plan
from plans.chapters.public_setting import public_setting
from plans.chapters.publicity import is_never_chosen
from plans.comparison.compared_pair import layout_of
from plans.document.revision_kind import is_lowered
from plans.editions.queries import latest_without_text
from plans.revisions.before_submit import before_submit
from plans.revisions.circumstances import waiting_accounts
from plans.revisions.coverable_parts import plan_headings
from plans.revisions.current_parties import note_log_of_authors
from plans.revisions.deciders import deciders_of
from plans.revisions.draft_parts import draft_parts
from plans.revisions.forms import WithdrawForm
from plans.revisions.issuing import retry_issue
from plans.revisions.models.revision import Revision
from plans.revisions.models.route import ApprovalRoute
from plans.revisions.parties import Situation
from plans.revisions.prepared import BEFORE_SUBMIT, Foreseen, options_of, wanted_before_submit
from plans.revisions.prospective_situation import situation_with
from plans.revisions.route_services import route_of
from plans.revisions.side_effects import beside
from plans.revisions.situations import small_office_is_on
from plans.revisions.submission import submit_revision
from plans.revisions.views.base import RevisionView
from plans.revisions.withdrawal import withdraw_revision


class SubmitView(RevisionView):
    """Show what would be submitted and what still stands in the way; then submit it."""

    permission = Permission.DRAFT_REVISION

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        if not revision.is_editable:
            return redirect(self.page_url(revision))
        job = self._foreseen_before(revision) or prepare(
            membership=request.membership, wanted=self._wanted(revision)
        )
        if job.state != JobState.DONE:
            return redirect(self.url("prepared:job", job.uid))
        return self._show(revision, job)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        version = request.POST.get("version", "")
        try:
            submit_revision(
                revision=revision,
                membership=request.membership,
                expected_version=whole_number(version),
            )
        except NotReady as error:
            return self._refuse(self.revision(uid), refused=error, status=error.status)
        except DomainError as error:
            current = self.revision(uid)
            if not current.is_editable:
                raise
            return self._refuse(current, refusal=error.message, status=error.status)
        messages.success(request, f"{revision}を提出しました。確認・承認を待っています。")
        return redirect(self.page_url(revision))

    def _wanted(self, revision: Revision) -> PreparationRequest:
        return wanted_before_submit(revision, self.request.membership)

    def _foreseen_before(self, revision: Revision) -> Preparation | None:
        """Return what the address names, if it is this person's look at the revision as it is."""
        job = preparation_of(self.request.membership, self.request.GET.get("of", ""))
        if job is None or job.product != BEFORE_SUBMIT:
            return None
        return job if job.options == options_of(revision, self.request.membership) else None

    def _refuse(self, revision: Revision, **said: Any) -> HttpResponse:
        """Say why it was not submitted, at once: of the content only what is known already."""
        known = ready_now(self.request.membership, self._wanted(revision))
        return self._show(revision, known, **said)

    def _show(
        self,
        revision: Revision,
        job: Preparation | None,
        *,
        refusal: str = "",
        refused: NotReady | None = None,
        status: int = 200,
    ) -> HttpResponse:
        seen: Foreseen | None = value_of(job) if job else None
        findings = refused.findings if refused else seen.findings if seen else ()
        unchanged = seen.unchanged if seen and not refused else ""
        with warning_of_altered(self.request):
            context = {
                "revision": revision,
                "draft_parts": draft_parts(self.request.municipality, revision.coverage),
                "route": route_of(self.request.municipality, revision.kind).route,
                "coverage_label": revision.coverage.label(plan_headings(self.request.municipality)),
                "refusal": refusal,
                "undecided": public_setting().enabled and is_never_chosen(Plan.objects.first()),
                "may_choose_public": True,
                "public_preview_url": self.url("public:preview"),
                "small_office": small_office_is_on(),
                "date_style": self.style,
                **before_submit(revision, self.request.membership, findings, unchanged),
                **(self._seen(revision, job, seen) if job and seen else {}),
            }
        return render(self.request, "plans/revisions/submit.html", context, status=status)

    def _seen(self, revision: Revision, job: Preparation, seen: Foreseen) -> dict[str, Any]:
        """Return what the page says of the content, as it was read."""
        situation = self._situation(revision, seen)
        proposed = seen.proposed
        return {
            "seen": seen,
            "seen_at": job.asked_at,
            "is_of_before": not is_of(job, self._wanted(revision)),
            "proposal": proposed.proposal,
            "lowered": is_lowered(revision.kind, proposed.proposal.kind),
            "beside": beside(
                self.request.municipality,
                proposed.followers,
                proposed.left_out,
                latest_without_text(),
            ),
            "named_drafts": seen.named_drafts,
            "gaps": seen.gaps,
            "comparison": seen.comparison,
            "layout": layout_of(is_decided=False),
            "outlook": seen.outlook,
            "deciders": deciders_of(situation) if situation else [],
            "parties": situation.parties if situation else None,
            "waiting_accounts": waiting_accounts(situation, self.style) if situation else [],
        }

    def _situation(self, revision: Revision, seen: Foreseen) -> Situation | None:
        """Return what would be submitted as the rules see it at this moment; None without a route."""
        if seen.parties is None or not ApprovalRoute.objects.filter(kind=revision.kind).exists():
            return None
        note_log_of_authors()  # it may have been altered since it was read
        return situation_with(revision, seen.parties, self.request.membership)


class WithdrawView(RevisionView):
    """Ask what shall become of the revision, and take it back."""

    permission = Permission.DRAFT_REVISION

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        return self._show(self.revision(uid), self._form(self.revision(uid)))

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        form = self._form(revision, request.POST)
        if not form.is_valid():
            return self._show(revision, form, status=422)
        keep = form.cleaned_data["end"] == WithdrawForm.DRAFT
        withdraw_revision(revision=revision, membership=request.membership, keep_draft=keep)
        said = "取り下げて下書きに戻しました。" if keep else "取り下げました。"
        messages.success(request, f"{revision}を{said}")
        return redirect(self.page_url(revision))

    def _form(self, revision: Revision, data: object = None) -> WithdrawForm:
        if data is not None:
            return WithdrawForm(data)  # type: ignore[arg-type]
        for_good = revision.is_editable or seal_faults_of([revision])
        end = WithdrawForm.GIVE_UP if for_good else WithdrawForm.DRAFT
        return WithdrawForm(initial={"end": end})

    def _show(self, revision: Revision, form: WithdrawForm, status: int = 200) -> HttpResponse:
        context = {"revision": revision, "form": form, "small_office": small_office_is_on()}
        return render(self.request, "plans/revisions/withdraw.html", context, status=status)


class IssueView(RevisionView):
    """Try again to make the edition of what was approved."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        retry_issue(revision=revision, membership=request.membership)
        messages.success(request, "版の作成をもう一度始めました。")
        return redirect(self.page_url(revision))
