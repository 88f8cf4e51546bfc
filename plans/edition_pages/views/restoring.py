"""Pages on which the working copy is put back to what an edition says."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from plans.comparison.working_copy import WORKING
from plans.document.document import Document
from plans.edition_pages.forms import RestoreForm
from plans.edition_pages.views.editions import EditionView
from plans.editions.models.edition import Edition
from plans.editions.queries import standing_of
from plans.issuing.comparables import edition_code
from plans.issuing.restoring import restore_edition

REPORT = "edition_restored"


class EditionRestoreView(EditionView):
    """Choose what to put back; do it when that was confirmed."""

    permission = Permission.RESTORE_EDITION

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.edition(uid)
        return self._show(edition, self._form(edition))

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.issued(uid)
        form = self._form(edition, request.POST)
        if not form.is_valid():
            return self._show(edition, form, status=422)
        report = restore_edition(edition=edition, actor=request.user, what=form.coverage)
        request.session[REPORT] = {"edition": str(edition.uid), **asdict(report)}
        return redirect(self.url("editions:restored", edition.uid))

    def _form(self, edition: Edition, data: object = None) -> RestoreForm:
        return RestoreForm(data, document=Document.from_json(edition.document))

    def _show(self, edition: Edition, form: RestoreForm, status: int = 200) -> HttpResponse:
        parts = [form[name] for name in ("chapters", "annexes") if name in form.fields]
        context = {
            "edition": edition,
            "standing": standing_of(edition),
            "form": form,
            "part_fields": parts,
        }
        return render(
            self.request, "plans/edition_pages/edition_restore.html", context, status=status
        )


class RestoredView(EditionView):
    """What this person's restoring did, and what could not be put back."""

    permission = Permission.RESTORE_EDITION

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition = self.edition(uid, heavy=False)
        report = request.session.get(REPORT)
        if report and report["edition"] != str(edition.uid):
            report = None
        context = {
            "edition": edition,
            "report": report,
            "code": edition_code(edition.uid),
            "working": WORKING,
            "may_draft": request.membership.may(Permission.DRAFT_REVISION),
        }
        return render(request, "plans/edition_pages/edition_restored.html", context)
