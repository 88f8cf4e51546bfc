"""The index of all annexes and the list of one: search, filter, sort, pages."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry
from bcp_portal.annex.access import may_import
from bcp_portal.annex.draft_rows import draft_counts, draft_lines
from bcp_portal.annex.list_lines import ListLines
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.table_choices import choice_of
from bcp_portal.annex.views.base import SheetView


class IndexView(View):
    """All annexes with the number of their rows, and the shared tables below."""

    permission = Permission.READ_PLAN

    def get(self, request: MemberRequest) -> HttpResponse:
        presentation = Presentation.load(request.municipality)
        annexes = [
            (annex, presentation.annex_title(annex.number), _counted(annex.number, presentation))
            for annex in registry.annexes()
        ]
        shared = _counted(None, presentation)
        drafts = draft_lines(presentation)
        context = {
            "annexes": annexes,
            "shared": shared,
            "draft_lines": drafts,
            "may_import": any(may_import(request.membership, spec) for spec in registry.specs()),
        }
        return render(request, "annex/index.html", context)


def _counted(number: int | None, presentation: Presentation) -> list[tuple[Sheet, int]]:
    sheets = [Sheet(spec, presentation) for spec in registry.specs_of(number) if not spec.parent]
    counts = [sheet.spec.model.objects.aggregate(n=Count("pk"))["n"] for sheet in sheets]
    return list(zip(sheets, counts, strict=True))


class RowListView(SheetView):
    """One annex, a page of rows at a time."""

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        listing = Listing(self.sheet, Query.read(request.GET.dict()), personal=self.sees_personal)
        page = listing.page()
        lines = ListLines(self.sheet, listing, list(page.object_list))
        filters = listing.filters()
        context = self.context(
            listing=listing,
            filters=filters,
            narrowed=[
                (each, listing.query.filtered(each.name, ""))
                for each in filters
                if each.chosen_label
            ],
            may_import=may_import(self.membership, self.spec),
            query=listing.query,
            page=page,
            own_department=self._own_department(listing),
            searches=choice_of(self.membership, self.spec.code).searches,
            asked=listing.query.url(page=0),
            table=lines,
            lines=lines.lines(),
            children=[Sheet(s, self.sheet.presentation) for s in _other_children(self.spec)],
            draft_count=draft_counts([self.spec.code]).get(self.spec.code, 0),
            siblings=[Sheet(s, self.sheet.presentation) for s in _siblings(self.spec)],
        )
        return render(request, "annex/list.html", context)

    def _own_department(self, listing: Listing) -> dict[str, Any] | None:
        """Return the link to the rows of this person's own department, if the table names departments."""
        item = listing.department_item
        department = self.membership.department
        if item is None or department is None:
            return None
        uid = str(department.uid)
        chosen = listing.query.filters.get(item.name) == uid
        url = listing.query.filtered(item.name, "" if chosen else uid)
        return {"url": url, "chosen": chosen, "name": department.name}


def _other_children(spec: Any) -> list[Any]:
    """Return the child tables that have no tab beside this table."""
    return [child for child in registry.children(spec) if child not in _siblings(spec)]


def _siblings(spec: Any) -> list[Any]:
    return registry.specs_of(spec.number) if spec.number is not None else []
