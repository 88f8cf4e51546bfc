"""Where a person keeps how to look at a table: the columns of its grid, and named searches of its list."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import items_for
from bcp_portal.annex.listing import Query
from bcp_portal.annex.table_choices import OWN, drop_search, keep_columns, keep_search
from bcp_portal.annex.views.base import SheetView
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import ascii_digits, whole_number


class ColumnsView(SheetView):
    """Keep which columns the grid shows, and open it again."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        self.require_table()
        items = items_for(self.sheet, self.membership, Mode.GRID)
        columns = request.POST.getlist("column")
        places = {name: self._number(f"order-{name}") for name in columns}
        widths = {item.name: self._number(f"width-{item.name}") for item in items}
        try:
            keep_columns(
                membership=self.membership,
                code=self.spec.code,
                items=items,
                shown=request.POST.get("shown", OWN),
                columns=sorted(columns, key=lambda name: places[name]),
                widths={name: width for name, width in widths.items() if width},
            )
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(self.url("grid") + Query.read(request.GET.dict()).url())

    def _number(self, name: str) -> int:
        return whole_number(ascii_digits(self.request.POST.get(name, "").strip()))


class SearchesView(SheetView):
    """Keep a search of the list under a name, or forget one."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        query = Query.read(request.GET.dict())
        common: dict[str, Any] = {"membership": self.membership, "code": self.spec.code}
        name, gone = request.POST.get("name", ""), request.POST.get("drop", "")
        try:
            if gone:
                drop_search(**common, name=gone)
                messages.success(request, f"保存した条件「{gone}」を消しました。")
            else:
                called = keep_search(**common, name=name, query=query)
                messages.success(request, f"条件「{called}」を保存しました。")
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(self.url("list") + query.url())
