"""Pages and files of the public edition of an edition that was issued."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.prepared import CONTENT_TYPE
from bcp_portal.ui.downloads import download
from plans.chapters.image_files import load_image
from plans.document.document import Document
from plans.edition_pages.views.editions import EditionView
from plans.editions.file_names import edition_file_name
from plans.editions.files import public_pdf_of
from plans.editions.models.edition import Edition
from plans.editions.queries import standing_of
from plans.public_edition.making import PublicMaker
from plans.public_edition.pdf_pictures import bare_pdf


class PublicEditionView(EditionView):
    """A page about the public half of an edition; 404 where none was made."""

    def published(self, uid: UUID, *, as_file: bool = True) -> tuple[Edition, Document]:
        edition = self.issued(uid) if as_file else self.edition(uid)
        if edition.public_document is None:
            raise Http404
        return edition, Document.from_json(edition.public_document)

    def maker(self, edition: Edition, document: Document) -> PublicMaker:
        return PublicMaker(
            document,
            Document.from_json(edition.document),
            edition.rows,
            load_image,
            self.style,
        )


class PublicEditionReadView(PublicEditionView):
    """The public text of an edition."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        edition, document = self.published(uid, as_file=False)
        context = {
            "edition": edition,
            "standing": standing_of(edition),
            "document": document,
        }
        return render(request, "plans/public_edition/read.html", context)


class PublicEditionPdfView(PublicEditionView):
    """The public PDF made and checked at the issue.

    Its photographs leave without what a former release let through; the stored file stays as it
    was issued.
    """

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:
        edition, _ = self.published(uid)
        return download(bare_pdf(public_pdf_of(edition)), _name(edition, "pdf"), "application/pdf")


class PageView(PublicEditionView):
    """The public HTML file, made from what was frozen and checked again before it leaves."""

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:
        edition, document = self.published(uid)
        content = self.maker(edition, document).page().encode()
        return download(content, _name(edition, "html"), "text/html; charset=utf-8")


class PublicWorkbookView(PublicEditionView):
    """The public tables as an Excel file without ids, checked again before it leaves."""

    def get(self, request: MemberRequest, uid: UUID) -> FileResponse:
        edition, document = self.published(uid)
        content = self.maker(edition, document).workbook()
        return download(content, _name(edition, "xlsx"), CONTENT_TYPE)


def _name(edition: Edition, ending: str) -> str:
    return edition_file_name(edition, ending, "公開版")
