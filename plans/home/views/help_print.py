"""Asks for the guide for staff as PDF."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from plans.home.help_print import GUIDE
from plans.prints.print_jobs import request_print


class HelpPrintView(View):
    """Begins the print; needs no plan, because the guide is the same for everybody."""

    permission = Permission.PRINT
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        job = request_print(membership=request.membership, product=GUIDE)
        return redirect(reverse("prints:job", args=[request.municipality.code, job.uid]))
