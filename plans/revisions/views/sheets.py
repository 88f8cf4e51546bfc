"""The approval sheet (起案・回議・決裁) to look at and to print."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from plans.prints.print_jobs import request_print
from plans.revisions.page import RevisionPage
from plans.revisions.sheet import approval_sheet
from plans.revisions.sheet_print import CODE
from plans.revisions.views.base import RevisionView


class ApprovalSheetView(RevisionView):
    """The sheet on screen; a press asks for it on paper."""

    permission = Permission.PRINT

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        self.warn_of_papers(revision)
        page = RevisionPage(revision, request.membership)
        if page.submission is None:
            raise Http404
        sheet = approval_sheet(page)
        context = {"revision": revision, "page": page, "sheet": sheet}
        return render(request, "plans/revisions/sheet.html", context)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        revision = self.revision(uid)
        if not revision.submissions.exists():
            raise Http404
        job = request_print(
            membership=request.membership, product=CODE, options={"revision": str(revision.uid)}
        )
        return redirect(self.url("prints:job", job.uid))
