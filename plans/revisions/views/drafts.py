"""The list of revisions, and writing one."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.services import Conflict
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.plan import Plan
from plans.document.coverage import WHOLE, Coverage
from plans.revisions.coverable_parts import plan_headings
from plans.revisions.draft_services import NO_PLAN, RevisionOrder, create_revision, update_revision
from plans.revisions.forms import RevisionForm
from plans.revisions.models.revision import Revision
from plans.revisions.situations import small_office_is_on, waiting_for
from plans.revisions.unpublished_changes import unpublished, with_own_tables
from plans.revisions.views.base import RevisionView
from plans.revisions.views.proposals import KindAnswer, answer_for

PAGE_SIZE = 50


class RevisionListView(RevisionView):
    """All revisions, and above them what waits for the reader."""

    def get(self, request: MemberRequest) -> HttpResponse:
        headings = plan_headings(request.municipality)
        page = Paginator(Revision.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "page": page,
            "lines": [(each, each.coverage.label(headings)) for each in page],
            "waiting": waiting_for(request.membership),
            "may_draft": self.may_draft,
            "may_manage": request.membership.may(Permission.MANAGE_ROUTES),
            "small_office": small_office_is_on(),
            "date_style": self.style,
        }
        return render(request, "plans/revisions/list.html", context)


class RevisionNewView(RevisionView):
    """Write a new revision."""

    permission = Permission.DRAFT_REVISION

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            revision = self.save(form)
            self.say_what_was_added(form, revision)
        except DomainError as error:
            form.add_error(None, error.message)
            return self.show(form, status=error.status)
        self.forget_draft()
        messages.success(request, f"{revision}を保存しました。内容を確かめて提出してください。")
        return redirect(self.page_url(revision))

    def save(self, form: RevisionForm) -> Revision:
        return create_revision(
            membership=self.request.membership,
            order=self.order(form),
            document=plan_headings(self.request.municipality),
        )

    def order(self, form: RevisionForm, revision: Revision | None = None) -> RevisionOrder:
        """Return what was typed, with the tables that the chosen chapters bring along."""
        order = form.order()
        coverage = with_own_tables(self.request.municipality, order.coverage, revision)
        return replace(order, coverage=coverage)

    def say_what_was_added(self, form: RevisionForm, revision: Revision) -> None:
        added = Coverage.of(tables=revision.coverage.tables - form.order().coverage.tables)
        if added.tables:
            names = added.label(plan_headings(self.request.municipality))
            messages.info(
                self.request, f"選んだ章に載せていて前の版から変わった{names}を、対象に加えました。"
            )

    def form(self, data: object = None, instance: Revision | None = None) -> RevisionForm:
        return RevisionForm(
            data,
            instance=instance,
            headings=plan_headings(self.request.municipality),
            style=self.style,
            changed=unpublished(self.request.municipality),
        )

    def show(
        self, form: RevisionForm, *, status: int = 200, revision: Revision | None = None
    ) -> HttpResponse:
        answer = self._answer(revision)
        if revision is None and answer and answer.proposed:
            form.propose(answer.proposed.proposal.kind)
        context = {
            "form": form,
            "revision": revision,
            "no_plan": "" if Plan.objects.exists() else NO_PLAN,
            "draft_key": f"revision:{revision.uid if revision else 'new'}",
            "small_office": small_office_is_on(),
            **(answer.context(self.request.municipality) if answer else {}),
        }
        return render(self.request, "plans/revisions/edit.html", context, status=status)

    def _answer(self, revision: Revision | None) -> KindAnswer | None:
        """Return what is known of what the parts chosen so far change; nothing without a plan."""
        if not Plan.objects.exists():
            return None
        return answer_for(self.request.membership, revision.coverage if revision else WHOLE)


class RevisionEditView(RevisionNewView):
    """Change a draft."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:  # type: ignore[override]
        revision = self.revision(uid)
        if not revision.is_editable:
            return redirect(self.page_url(revision))
        return self.show(self.form(instance=revision), revision=revision)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:  # type: ignore[override]
        revision = self.revision(uid)
        form = self.form(request.POST, self.revision(uid))
        if not form.is_valid():
            return self.show(form, status=422, revision=revision)
        try:
            current = update_revision(
                revision=revision,
                membership=request.membership,
                order=self.order(form, revision),
                document=plan_headings(request.municipality),
                expected_version=form.cleaned_data["version"],
            )
            self.say_what_was_added(form, current)
        except Conflict as conflict:
            return self._show_conflict(form, conflict.current)
        except DomainError as error:
            form.add_error(None, error.message)
            return self.show(form, status=error.status, revision=revision)
        self.forget_draft()
        messages.success(request, "改定の内容を保存しました。")
        return redirect(self.page_url(revision))

    def _show_conflict(self, form: RevisionForm, current: Revision) -> HttpResponse:
        """Keep what was typed; a second press overwrites what the other person saved."""
        data = self.request.POST.copy()
        data["version"] = str(current.version)
        renewed = self.form(data, current)
        renewed.add_error(
            None,
            "この画面を開いた後に、この改定が保存し直されました。あなたの入力は残っています。"
            "このまま保存すると、あなたの内容に置き換わります。",
        )
        return self.show(renewed, status=409, revision=current)
