"""Checking, approving and returning a revision; the papers of the meetings that decided."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.proven_files import proven_bytes
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.services import SeenRow
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.members.notices import open_notices
from bcp_portal.ui.downloads import download
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import whole_number
from plans.document.document import Document
from plans.revisions.coverable_parts import Choices
from plans.revisions.decisions import (
    DecisionOrder,
    DecisionOutcome,
    MeetingMissing,
    StaleContent,
    decide,
)
from plans.revisions.forms import AgreeForm, RemarkFormSet, ReturnForm
from plans.revisions.models.revision import Decision, Revision, Submission, SubmittedContent
from plans.revisions.page import ChanceLine, RevisionPage
from plans.revisions.pairs import pair_of
from plans.revisions.paper_proofs import paper_name
from plans.revisions.personal_access import note_look
from plans.revisions.remarks import places, places_in_annex, said_in
from plans.revisions.revision_proof import require_true
from plans.revisions.views.base import RevisionView
from plans.revisions.views.one import OneView

REMARKS = "remarks"
CHOOSE_AGAIN = (
    "まだ記録していないため、選んだファイル「{name}」は残っていません。もう一度選んでください。"
)
PAPER_BROKEN = "{name}が、失われたか書き換えられています。"


def require_judge(request: MemberRequest) -> None:
    """Refuse who could return nothing, before anything is read."""
    wanted = (Permission.CHECK, Permission.APPROVE)
    if not any(request.membership.may(each) for each in wanted):
        raise PermissionDenied


class DecideView(OneView):
    """Record a check, an approval, a report taken note of, or what is read afterwards."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        form = AgreeForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._refused(revision, form)
        try:
            outcome = decide(revision=revision, membership=request.membership, order=form.order())
        except StaleContent:
            return self.show(self.revision(uid), status=409, stale=True)
        except MeetingMissing as error:
            for name, sentence in error.faults:
                form.add_error(name, sentence)
            return self._refused(self.revision(uid), form)
        except DomainError as error:
            if error.status == 422:
                form.add_error(None, error.message)
                return self._refused(self.revision(uid), form)
            raise
        tell(request, outcome)
        return redirect(self.page_url(revision))

    def _refused(self, revision: Revision, form: AgreeForm) -> HttpResponse:
        """Show what was typed; a file, which no browser keeps, is named to be chosen again."""
        chosen = form.files.get("paper")
        if chosen is not None:
            form.add_error("paper", CHOOSE_AGAIN.format(name=chosen.name))
        return self.show(revision, status=422, refused=form)


class ReturnView(RevisionView):
    """Return a revision with remarks on passages and rows."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        require_judge(request)
        page = RevisionPage(self.revision(uid), request.membership)
        line = self._line(page, request.GET)
        if line is None or page.submission is None:
            messages.warning(request, self._refusal(page))
            return redirect(self.page_url(page.revision))
        initial = {
            "step": line.chance.step,
            "seat": line.chance.seat,
            "digest": page.submission.digest,
        }
        return self._show(page, line, ReturnForm(initial=initial), self._remarks(page))

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        require_judge(request)
        revision = self.revision(uid)
        page = RevisionPage(revision, request.membership)
        form, remarks = ReturnForm(request.POST), self._remarks(page, request.POST)
        if "more" in request.POST or not (form.is_valid() and remarks.is_valid()):
            line = self._own_line(page)
            return self._show(page, line, form, self._more(page, remarks), status=422)
        orders = tuple(order for each in remarks.forms if (order := each.order()))
        return self._decide(revision, page, form, form.order(orders), remarks)

    def _decide(
        self,
        revision: Revision,
        page: RevisionPage,
        form: ReturnForm,
        order: DecisionOrder,
        remarks: Any,
    ) -> HttpResponse:
        try:
            outcome = decide(revision=revision, membership=self.request.membership, order=order)
        except StaleContent as error:
            messages.warning(self.request, error.message)
            return redirect(self.page_url(revision))
        except DomainError as error:
            if error.status != 422:
                raise
            form.add_error(None, error.message)
            return self._show(page, self._own_line(page), form, remarks, status=422)
        tell(self.request, outcome)
        return redirect(self.page_url(revision))

    def _line(self, page: RevisionPage, data: Any) -> ChanceLine | None:
        """Return the decision that is asked for; None when it is not the reader's to take."""
        wanted = (data.get("step", ""), data.get("seat", ""))
        for line in page.chances:
            if (str(line.chance.step), str(line.chance.seat)) == wanted and line.may_return:
                return line
        return None

    def _own_line(self, page: RevisionPage) -> ChanceLine:
        line = self._line(page, self.request.POST)
        if line is None:
            raise DomainError(self._refusal(page), status=409)
        return line

    def _refusal(self, page: RevisionPage) -> str:
        reasons = page.verdicts.reasons
        return reasons[0] if reasons else "今、あなたが差し戻せる段階はありません。"

    def _remarks(self, page: RevisionPage, data: Any = None) -> Any:
        given: dict[str, Any] = {"places": self._places(page)}
        if data is not None and page.submission:
            given["said"] = partial(said_in, _compared(page.submission))
        return RemarkFormSet(data, prefix=REMARKS, form_kwargs=given)

    def _more(self, page: RevisionPage, remarks: Any) -> Any:
        """Return the remarks typed so far, with three empty ones behind them if asked for."""
        if "more" not in self.request.POST:
            return remarks
        data = self.request.POST.copy()
        data[f"{REMARKS}-TOTAL_FORMS"] = str(min(remarks.total_form_count() + 3, 50))
        return self._remarks(page, data)

    def _places(self, page: RevisionPage) -> Choices:
        if page.submission is None:
            return []
        document = self.submitted_document(page.submission)
        pair = pair_of(page.submission)
        comparison = pair.comparison(with_personal=False) if pair else None
        found = places(document, page.revision.coverage, comparison)
        number = whole_number(self.request.GET.get("annex", ""))
        known = {value for value, _ in found}
        if number:
            found += [each for each in places_in_annex(document, number) if each[0] not in known]
        return found

    def _show(
        self,
        page: RevisionPage,
        line: ChanceLine,
        form: ReturnForm,
        remarks: Any,
        status: int = 200,
    ) -> HttpResponse:
        annexes = []
        if page.submission:
            annexes = [
                annex
                for annex in self.submitted_document(page.submission).annexes
                if page.revision.coverage.covers_annex(annex.number)
            ]
        context = {
            "revision": page.revision,
            "page": page,
            "line": line,
            "unread": bool(open_notices(self.request.user)),
            "form": form,
            "remarks": remarks,
            "annexes": annexes,
            "chosen_annex": self.request.GET.get("annex", ""),
        }
        return render(self.request, "plans/revisions/return.html", context, status=status)


class PaperView(RevisionView):
    """The paper of a meeting that decided."""

    def get(self, request: MemberRequest, uid: UUID, decision: UUID) -> FileResponse:
        found = get_object_or_404(Decision, uid=decision, submission__revision__uid=uid)
        if not found.paper:
            raise Http404
        revision = self.revision(uid)
        if not RevisionPage(revision, request.membership).sees_paper(found):
            raise PermissionDenied
        require_true(revision)
        try:
            content = proven_bytes(found.paper, found.paper_sha256)
        except LookupError:
            refuse_if(request.municipality, revision, PAPER_BROKEN.format(name=paper_name(found)))
        # Whose numbers it holds nobody knows: it stands for itself.
        seen = [SeenRow(found._meta.label_lower, str(found.uid), f"{found.meeting_body}の資料")]
        note_look(request, revision, seen, "会議の資料")
        return download(content, found.paper_name, "application/octet-stream", as_uploaded=True)


def _compared(submission: Submission) -> list[Document]:
    """Return what was submitted, and the edition it changes, which a remark may quote too."""
    pair = pair_of(submission)
    if pair:
        return [pair.new.read().full, pair.old.read().full]
    return [Document.from_json(SubmittedContent.objects.get(submission=submission).document)]


def tell(request: MemberRequest, outcome: DecisionOutcome) -> None:
    """Say what is in the record, whether this press or an earlier one put it there."""
    said = outcome.decision.get_verdict_display()
    if outcome.already:
        messages.info(request, f"あなたの「{said}」は、すでに記録されています。")
    else:
        messages.success(request, f"「{said}」を記録しました。")
