"""One revision: what changes, who decided, who is next, and what the reader may do."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.entry_faults import warning_of_altered
from bcp_portal.jobs.version_cache import remembered
from bcp_portal.members.notices import open_notices
from plans.blanks.table_blanks import blanks_in
from plans.comparison.changes import Comparison
from plans.comparison.compared_pair import Pair, layout_of
from plans.document.document import Document
from plans.document.named_drafts import named_in_head
from plans.document.redaction import redact
from plans.editions.frozen_copy import FrozenCopy
from plans.editions.models.edition import Edition
from plans.editions.personal_rows import rows_in_document
from plans.revisions.coverable_parts import plan_headings
from plans.revisions.draft_parts import draft_parts_in
from plans.revisions.forms import AgreeForm
from plans.revisions.issuing import issue_job_of
from plans.revisions.models.revision import Revision, Submission, SubmittedContent
from plans.revisions.page import ChanceLine, RevisionPage
from plans.revisions.pairs import pair_of
from plans.revisions.personal_access import may_see_values, note_look
from plans.revisions.public_outlook import HEAD_KEY, Outlook, frozen_outlook
from plans.revisions.remarks import remark_lines
from plans.revisions.side_effects import beside_in
from plans.revisions.states import RevisionState, may_follow
from plans.revisions.views.base import RevisionView

SEEN_WHEN_ISSUED = "提出された内容が版になると、公開版はこのように見えます。"
SEEN_THEN = (
    "提出された内容の、公開版での見え方です。版数や施行日の入った公開版は、版の画面で見られます。"
)


class IssuingView(RevisionView):
    """The part of the page that asks again until the edition is made, and then shows the page anew."""

    http_method_names = ["get", "head"]

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        context = {"revision": revision, "issue_job": issue_job_of(revision)}
        response = render(request, "plans/revisions/_issuing.html", context)
        if revision.state != RevisionState.ISSUING:
            response["HX-Refresh"] = "true"
        return response


class OneView(RevisionView):
    """The page on which a revision is read and decided."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        return self.show(self.revision(uid))

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        """Show the changes with personal values to whoever sees or decides them."""
        revision = self.revision(uid)
        page = RevisionPage(revision, request.membership)
        if page.submission is None or not may_see_values(page):
            raise PermissionDenied
        return self.show(revision, with_personal=True)

    def show(
        self,
        revision: Revision,
        *,
        status: int = 200,
        stale: bool = False,
        refused: AgreeForm | None = None,
        with_personal: bool = False,
    ) -> HttpResponse:
        self.warn_of_papers(revision)
        page = RevisionPage(revision, self.request.membership)
        pair = pair_of(page.submission) if page.submission else None
        comparison = self._comparison(page, pair, with_personal)
        noted = None
        if pair and comparison and with_personal:
            noted = note_look(self.request, revision, pair.rows_shown(comparison), "変わるところ")
        with warning_of_altered(self.request):
            context = {
                "with_personal": with_personal,
                "noted": noted,
                "may_see_values": bool(page.submission) and may_see_values(page),
                "revision": revision,
                "page": page,
                "pair": pair,
                "comparison": comparison,
                "layout": layout_of(is_decided=revision.state == RevisionState.ISSUED),
                "coverage_label": self._coverage_label(page),
                "beside": beside_in(revision.municipality, page.head) if page.submission else None,
                "named_drafts": named_in_head(page.head),
                "decisions": [(line, self._form(page, line, refused)) for line in page.chances],
                "remarks": remark_lines(page.remarks, self.request.municipality.code),
                "stale": stale,
                "unread": bool(page.chances and open_notices(self.request.user)),
                "outlook": self._outlook(page),
                "public_preview_url": self.url("revisions:public", revision.uid),
                "blanks": [] if revision.is_editable else blanks_in(page.head),
                "draft_parts": [] if revision.is_editable else draft_parts_in(page.head),
                "date_style": self.style,
                "may_draft": self.may_draft,
                "may_withdraw": self.may_draft
                and may_follow(revision.state, RevisionState.WITHDRAWN),
                "may_retry": revision.state == RevisionState.ISSUE_FAILED,
                "issue_job": issue_job_of(revision),
                "edition": Edition.objects.filter(uid=revision.edition_uid)
                .only("uid", "label")
                .first()
                if revision.edition_uid
                else None,
            }
        return render(self.request, "plans/revisions/one.html", context, status=status)

    def _form(self, page: RevisionPage, line: ChanceLine, refused: AgreeForm | None) -> AgreeForm:
        chance = line.chance
        digest = page.submission.digest if page.submission else ""
        form = AgreeForm(
            initial={"step": chance.step, "seat": chance.seat, "digest": digest},
            auto_id=f"id_{chance.step}_{chance.seat}_%s",
        )
        if refused is not None and (refused["step"].value(), refused["seat"].value()) == (
            str(chance.step),
            str(chance.seat),
        ):
            form = refused
        if line.step.meeting_body:
            form.ask_for_meeting()
        return form

    def _comparison(
        self, page: RevisionPage, pair: Pair | None, with_personal: bool
    ) -> Comparison | None:
        under_review = page.submission and page.revision.state != RevisionState.WITHDRAWN
        return pair.comparison(with_personal=with_personal) if pair and under_review else None

    def _outlook(self, page: RevisionPage) -> Outlook | None:
        """Return what would be public of what was submitted; nothing before that."""
        submission = page.submission
        if submission is None or page.revision.state == RevisionState.WITHDRAWN:
            return None
        if HEAD_KEY in submission.head:
            return frozen_outlook(submission.head, None)
        content = SubmittedContent.objects.get(submission=submission)
        frozen = FrozenCopy(content.document, content.rows)
        return remembered(
            "submitted-outlook-2",
            submission.content_sha256,
            find=lambda: frozen_outlook(submission.head, frozen),
        )

    def _coverage_label(self, page: RevisionPage) -> str:
        if page.submission and not page.revision.is_editable:
            return str(page.head["coverage_label"])
        return page.revision.coverage.label(plan_headings(self.request.municipality))


class PublicView(RevisionView):
    """What strangers would read of what was submitted."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        submission = revision.submissions.order_by("-number").first()
        if submission is None:
            raise Http404
        content = SubmittedContent.objects.get(submission=submission)
        frozen = FrozenCopy(content.document, content.rows)
        context = {
            "revision": revision,
            "document": redact(frozen.masked, frozen.choices),
            "outlook": frozen_outlook(submission.head, frozen),
            "lead": SEEN_THEN if revision.state == RevisionState.ISSUED else SEEN_WHEN_ISSUED,
        }
        return render(request, "plans/revisions/public.html", context)


class ContentView(RevisionView):
    """The whole of what was submitted, as it would be printed; personal values on request."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        return self._show(revision, self.submitted_document(self._submission(revision)))

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        if not may_see_values(RevisionPage(revision, request.membership)):
            raise PermissionDenied
        content = SubmittedContent.objects.get(submission=self._submission(revision))
        frozen = FrozenCopy(content.document, content.rows)
        seen = rows_in_document(frozen)
        noted = note_look(request, revision, seen, "提出された内容の全体")
        return self._show(revision, frozen.full, with_personal=True, noted=noted is not None)

    def _submission(self, revision: Revision) -> Submission:
        submission: Submission | None = revision.submissions.order_by("-number").first()
        if submission is None:
            raise Http404
        return submission

    def _show(
        self,
        revision: Revision,
        document: Document,
        *,
        with_personal: bool = False,
        noted: bool = False,
    ) -> HttpResponse:
        page = RevisionPage(revision, self.request.membership)
        context: dict[str, Any] = {
            "revision": revision,
            "page": page,
            "document": document,
            "with_personal": with_personal,
            "noted": noted,
            "may_see_personal": may_see_values(page),
        }
        return render(self.request, "plans/revisions/content.html", context)
