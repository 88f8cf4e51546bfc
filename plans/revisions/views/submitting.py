"""Submitting a revision after a last look, taking it back, and trying a failed issue again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.as_written import warning_of_altered
from bcp_portal.audit.seal_proofs import seal_faults_of
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import whole_number
from plans.chapters.models.plan import Plan
from plans.chapters.public_setting import public_setting
from plans.chapters.publicity import is_never_chosen
from plans.comparison.reading import layout_of
from plans.document.revision_kind import is_lowered
from plans.phrases.placeholders import unset_placeholders
from plans.revisions.before_submit import before_submit
from plans.revisions.beside import beside
from plans.revisions.circumstances import waiting_accounts
from plans.revisions.deciders import deciders_of
from plans.revisions.draft_parts import draft_parts
from plans.revisions.forms import WithdrawForm
from plans.revisions.issuing import retry_issue
from plans.revisions.models.revision import Revision
from plans.revisions.models.route import ApprovalRoute
from plans.revisions.parties import Situation
from plans.revisions.proposing import Prospect
from plans.revisions.refusals import NotReady
from plans.revisions.route_services import route_of
from plans.revisions.situations import small_office_is_on
from plans.revisions.submission_content import situation_before
from plans.revisions.submitting import submit_revision
from plans.revisions.views.base import RevisionView
from plans.revisions.withdrawing import withdraw_revision


class SubmitView(RevisionView):
    """Show what would be submitted and what still stands in the way; then submit it."""

    permission = Permission.DRAFT_REVISION

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        if not revision.is_editable:
            return redirect(self.page_url(revision))
        return self._show(revision)

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
            return self._show(self.revision(uid), refused=error, status=error.status)
        except DomainError as error:
            current = self.revision(uid)
            if not current.is_editable:
                raise
            return self._show(current, refusal=error.message, status=error.status)
        messages.success(request, f"{revision}を提出しました。確認・承認を待っています。")
        return redirect(self.page_url(revision))

    def _show(
        self,
        revision: Revision,
        *,
        refusal: str = "",
        refused: NotReady | None = None,
        status: int = 200,
    ) -> HttpResponse:
        prospect = Prospect(self.request.municipality, revision.coverage)
        proposal = prospect.proposal
        gaps = unset_placeholders(prospect.document)
        with warning_of_altered(self.request):
            situation = self._situation(revision, prospect)
            context = {
                "revision": revision,
                "proposal": proposal,
                "draft_parts": draft_parts(self.request.municipality, revision.coverage),
                "named_drafts": prospect.named_drafts,
                "lowered": is_lowered(revision.kind, proposal.kind),
                "gaps": gaps,
                "beside": beside(
                    self.request.municipality,
                    prospect.followers,
                    prospect.left_out,
                    prospect.latest,
                ),
                "comparison": prospect.comparison,
                "layout": layout_of(is_decided=False),
                "deciders": deciders_of(situation) if situation else [],
                "parties": situation.parties if situation else None,
                "waiting_accounts": waiting_accounts(situation, self.style) if situation else [],
                "route": route_of(self.request.municipality, revision.kind).route,
                "coverage_label": revision.coverage.label(prospect.document),
                "refusal": refusal,
                "outlook": prospect.outlook,
                "undecided": public_setting().enabled and is_never_chosen(Plan.objects.first()),
                "may_choose_public": True,
                "public_preview_url": self.url("public:preview"),
                "small_office": small_office_is_on(),
                "date_style": self.style,
                **before_submit(revision, self.request.membership, refused),
            }
        return render(self.request, "plans/revisions/submit.html", context, status=status)

    def _situation(self, revision: Revision, prospect: Prospect) -> Situation | None:
        """Return what would be submitted as the rules see it; None without a route."""
        if not ApprovalRoute.objects.filter(kind=revision.kind).exists():
            return None
        before = prospect.old.full if prospect.old else None
        return situation_before(revision, before, prospect.document, self.request.membership)


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
