"""Pages and files of the public edition of an edition that was issued."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.jobs.models import JobState
from bcp_portal.jobs.prepared.products import product_of
from bcp_portal.jobs.prepared.services import content_of, prepare
from bcp_portal.ui.downloads import download
from plans.document.document import Document
from plans.edition_pages.prepared import PAGE, WORKBOOK, wanted_public_file
from plans.edition_pages.views.editions import EditionView
from plans.editions.file_names import edition_file_name
from plans.editions.files import public_pdf_of
from plans.editions.models.edition import Edition
from plans.editions.queries import standing_of
from plans.public_edition.pdf_pictures import bare_pdf


class PublicEditionView(EditionView):
    """A page about the public half of an edition; 404 where none was made."""

    def published(self, uid: UUID, *, as_file: bool = True) -> tuple[Edition, Mapping[str, Any]]:
        """Return an edition, and its public document as it was frozen."""
        edition = self.issued(uid) if as_file else self.edition(uid)
        if edition.public_document is None:
            raise Http404
        return edition, edition.public_document


class PublicEditionReadView(PublicEditionView):
    """The public text of an edition."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition, frozen = self.published(uid, as_file=False)
        context = {
            "edition": edition,
            "standing": standing_of(edition),
            "document": Document.from_json(frozen),
        }
        return render(request, "plans/public_edition/read.html", context)


class PublicEditionPdfView(PublicEditionView):
    """The public PDF made and checked at the issue.

    Its photographs leave without what a former release let through; the stored file stays as it
    was issued.
    """

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:
        edition, _ = self.published(uid)
        name = edition_file_name(edition, "pdf", "公開版")
        return download(bare_pdf(public_pdf_of(edition)), name, "application/pdf")


class PageView(PublicEditionView):
    """The public HTML file, made from what was frozen and checked again; at once when it is ready."""

    product = PAGE

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponseBase:
        edition, _ = self.published(uid)
        wanted = wanted_public_file(self.product, edition)
        job = prepare(membership=request.membership, wanted=wanted)
        if job.state != JobState.DONE:
            return redirect(self.url("prepared:job", job.uid))
        return download(content_of(job), job.file_name, product_of(self.product).content_type)


class PublicWorkbookView(PageView):
    """The public tables as an Excel file without ids, made and checked alike."""

    product = WORKBOOK
