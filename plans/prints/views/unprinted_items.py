"""The page that says what of everything typed is no part of the book, and why."""

from django.http import HttpResponse
from django.shortcuts import render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.sheet import Presentation
from plans.chapters.plan_views import PlanView
from plans.prints.unprinted_items import unprinted_items


class UnprintedView(PlanView):
    """Columns and tables that are not printed, with the reason."""

    permission = Permission.PRINT

    def get(self, request: MemberRequest) -> HttpResponse:
        items = unprinted_items(self.plan(), Presentation.load(request.municipality))
        may_set = request.membership.may(Permission.MANAGE_SETTINGS)
        return render(request, "plans/prints/unprinted.html", {"items": items, "may_set": may_set})
