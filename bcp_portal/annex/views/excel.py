"""Hands out annexes as Excel workbooks, and notes each time in the operation log who took what."""

from django.http import FileResponse
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.excel.book import ExcelBook
from bcp_portal.annex.excel.export import book_of_all, book_of_one, record_export
from bcp_portal.annex.excel.names import file_name
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.views.base import SheetView
from bcp_portal.ui.downloads import download

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookView(View):
    """One workbook of all annexes and shared tables."""

    permission = Permission.READ_PLAN

    def get(self, request: MemberRequest) -> FileResponse:
        presentation = Presentation.load(request.municipality)
        return _download(request, book_of_all(presentation, request.membership))


class SheetWorkbookView(SheetView):
    """A workbook of one table: the rows and the order of its list, not only one page of it."""

    def get(self, request: MemberRequest, code: str) -> FileResponse:
        query = Query.read(request.GET.dict())
        listing = Listing(self.sheet, query, personal=self.sees_personal)
        return _download(request, book_of_one(listing))


def _download(request: MemberRequest, book: ExcelBook) -> FileResponse:
    content = workbook_bytes(book)
    record_export(book, request)
    extract = "抜粋" if any(sheet.conditions for sheet in book.sheets) else ""
    name = file_name(book.title, extract, book.municipality_name, day=book.made_at.date())
    return download(content, name, CONTENT_TYPE)
