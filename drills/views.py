"""The yearly programme of drills on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry


class ProgrammeView(View):
    """The training calendar from April to March, and what each drill is about."""

    permission = Permission.READ_PLAN
    CODES = ("b-11", "c-17")

    def get(self, request: MemberRequest) -> HttpResponse:
        derived = [registry.derived_table(code) for code in self.CODES]
        tables = [table.build(request.municipality) for table in derived if table is not None]
        return render(request, "drills/programme.html", {"tables": tables})
