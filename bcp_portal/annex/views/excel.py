"""Hands out annexes as Excel workbooks, and notes each time in the operation log who took what."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.excel.export import book_name, book_of_one, record_export
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.excel.workbook_data import ExcelBook
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.prepared import CONTENT_TYPE, WORKBOOK
from bcp_portal.annex.views.base import SheetView
from bcp_portal.jobs.prepared.products import PreparationRequest
from bcp_portal.jobs.prepared.services import prepare
from bcp_portal.ui.downloads import download


class AllTablesWorkbookView(View):
    """Asks for one workbook of all annexes and shared tables, which is made in the background."""

    permission = Permission.READ_PLAN
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        personal = request.membership.may(Permission.VIEW_PERSONAL)
        wanted = PreparationRequest(WORKBOOK, with_personal=personal)
        job = prepare(membership=request.membership, wanted=wanted)
        return redirect("prepared:job", request.municipality.code, job.uid)


class SheetWorkbookView(SheetView):
    """A workbook of one table: the rows and the order of its list, not only one page of it."""

    def get(self, request: MemberRequest, code: str) -> FileResponse:
        query = Query.read(request.GET.dict())
        listing = Listing(self.sheet, query, personal=self.sees_personal)
        return _download(request, book_of_one(listing))


def _download(request: MemberRequest, book: ExcelBook) -> FileResponse:
    content = workbook_bytes(book)
    record_export(book, request)
    return download(content, book_name(book), CONTENT_TYPE)
