"""The page on which a second person confirms, or takes back, what another proposed to dispose of."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.entry_faults import warning_of_altered
from bcp_portal.retention.agreement import is_by, said_of_alone
from bcp_portal.retention.kinds import RetainedKind, retained_kind
from bcp_portal.retention.models import DisposalProposal
from bcp_portal.retention.proposals import confirm, withdraw
from bcp_portal.retention.second_persons import Tie, tie_between
from bcp_portal.retention.services import (
    CHANGED,
    digest_of,
    due_items,
    said,
    staying,
    years_by_kind,
)
from bcp_portal.retention.views import DONE, PAGE_SIZE


class ProposalView(View):
    """What somebody proposes to dispose of, and the decision of another person."""

    permission = Permission.READ_AUDIT

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        kind = _kind(code)
        proposal = DisposalProposal.objects.filter(kind=kind.code).first()
        if proposal is None:
            return render(request, "retention/proposal.html", {"kind": kind})
        years = years_by_kind()[kind.code]
        items = due_items(kind, years)
        with warning_of_altered(request):
            tie: Tie = tie_between(proposal, request.membership)
        context = {
            "kind": kind,
            "proposal": proposal,
            "years": said(years),
            "page": Paginator(items, PAGE_SIZE).get_page(request.GET.get("page")),
            "count": sum(item.count for item in items),
            "staying": staying(kind, years),
            "changed": "" if digest_of(items) == proposal.shown else CHANGED,
            "is_own": is_by(proposal, request.membership),
            "tie": tie,
            **said_of_alone(request.membership),
        }
        return render(request, "retention/proposal.html", context)

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        kind, shown = _kind(code), request.POST.get("shown", "")
        if "withdraw" in request.POST:
            withdraw(membership=request.membership, kind=kind, shown=shown)
            messages.success(request, "廃棄の提案を取り消しました。何も廃棄していません。")
        else:
            code_given = request.POST.get("code", "")
            done = confirm(membership=request.membership, kind=kind, shown=shown, code=code_given)
            messages.success(request, DONE.format(title=done.kind_label, count=done.count))
        return redirect("home", request.municipality.code)


def _kind(code: str) -> RetainedKind:
    found = retained_kind(code)
    if found is None:
        raise Http404
    return found
