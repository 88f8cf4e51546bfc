"""What the pages of revisions share: finding one, and how dates are written."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.ui.eras import DateStyle
from plans.chapters.plan_views import PlanView
from plans.document.document import Document
from plans.document.masking import masked_document
from plans.editions.frozen_copy import masks_in
from plans.revisions.models.revision import Decision, Revision, Submission, SubmittedContent
from plans.revisions.paper_proofs import fault_of_papers
from plans.revisions.revision_proof import is_readable, revision_fault


class RevisionView(PlanView):
    """A page of one revision, or of all."""

    @property
    def style(self) -> DateStyle:
        return DateStyle(self.request.municipality.date_style)

    @property
    def may_draft(self) -> bool:
        return bool(self.request.membership.may(Permission.DRAFT_REVISION))

    def revision(self, uid: UUID) -> Revision:
        """Return a revision; the page warns when it is not what was written.

        Raises DomainError when what was submitted cannot even be read any more.
        """
        revision = get_object_or_404(
            Revision.objects.select_related("municipality", "drafter"), uid=uid
        )
        fault = revision_fault(revision)
        if fault and not is_readable(revision):
            refuse_if(revision.municipality, revision, fault)
        self.warn(revision, fault)
        return revision

    def warn_of_papers(self, revision: Revision) -> None:
        """Warn on a page that lists the papers of meetings when one of them is not what was stored."""
        decisions = Decision.objects.filter(submission__revision=revision).exclude(paper="")
        self.warn(revision, fault_of_papers(decisions.select_related("submission__revision")))

    def page_url(self, revision: Revision) -> str:
        return self.url("revisions:one", revision.uid)

    def submitted_document(self, submission: Submission) -> Document:
        """Return what was submitted, personal values hidden."""
        content = SubmittedContent.objects.get(submission=submission)
        document = Document.from_json(content.document)
        return masked_document(document, masks_in(content.rows))
