"""Pages on which a municipality keeps its 保存年限, sees what is due, and decides to dispose of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.models import Disposal
from bcp_portal.audit.seal_proofs import kind_faults
from bcp_portal.retention.agreement import named, said_of_alone, who_may_agree
from bcp_portal.retention.forms import DisposalForm, YearsForm
from bcp_portal.retention.kinds import RetainedItem, RetainedKind, retained_kind, retained_kinds
from bcp_portal.retention.models import DisposalProposal, RetentionSetting
from bcp_portal.retention.proposals import open_proposals, propose
from bcp_portal.retention.services import (
    digest_of,
    due_items,
    said,
    save_years,
    staying,
    years_by_kind,
)

PAGE_SIZE = 100
DONE = "{title}{count}件を廃棄しました。廃棄の記録は残ります。"
WAITS = "廃棄を提案しました。まだ何も廃棄していません。{names}のだれかが確認すると、廃棄します。"


@dataclass(frozen=True)
class RetentionLine:
    """One kind on the page: its years, and how much of it is due."""

    kind: RetainedKind
    years: str
    due: int


class YearsView(View):
    """The years of every kind, what is due of it, and what was disposed of."""

    permission = Permission.DISPOSE

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(request, YearsForm(years=years_by_kind()))

    def post(self, request: MemberRequest) -> HttpResponse:
        form = YearsForm(request.POST, years=years_by_kind())
        if not form.is_valid():
            return self._show(request, form, status=422)
        if save_years(membership=request.membership, years=form.years()):
            messages.success(request, "保存年限を保存しました。")
        else:
            messages.info(request, "保存年限に変更はありませんでした。")
        return redirect("retention:list", request.municipality.code)

    def _show(self, request: MemberRequest, form: YearsForm, status: int = 200) -> HttpResponse:
        years = years_by_kind()
        lines = [
            RetentionLine(kind, said(years[kind.code]), _count(due_items(kind, years[kind.code])))
            for kind in retained_kinds()
        ]
        done = Paginator(Disposal.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "lines": lines,
            "done": done,
            **said_of_alone(request.membership),
            "proposals": open_proposals(request.membership),
            "faults": [
                fault
                for model in (RetentionSetting, Disposal, DisposalProposal)
                for fault in kind_faults(model)
            ],
        }
        return render(request, "retention/list.html", context, status=status)


class DueView(View):
    """What is due of one kind, and the decision to dispose of it."""

    permission = Permission.DISPOSE

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        return self._show(request, code)

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        form = DisposalForm(request.POST)
        if not form.is_valid():
            return self._show(request, code, form, status=422)
        done = propose(
            membership=request.membership,
            kind=_kind(code),
            reason=form.cleaned_data["reason"],
            shown=form.cleaned_data["shown"],
            code=request.POST.get("code", ""),
        )
        if isinstance(done, Disposal):
            messages.success(request, DONE.format(title=done.kind_label, count=done.count))
        else:
            messages.success(request, WAITS.format(names=named(who_may_agree(request.membership))))
        return redirect("retention:list", request.municipality.code)

    def _show(
        self, request: MemberRequest, code: str, form: Any = None, status: int = 200
    ) -> HttpResponse:
        kind = _kind(code)
        years = years_by_kind()[kind.code]
        items: list[RetainedItem] = due_items(kind, years)
        page = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
        form = form or DisposalForm(initial={"shown": digest_of(items)})
        context = {
            "kind": kind,
            "years": said(years),
            "page": page,
            "form": form,
            "count": _count(items),
            "staying": staying(kind, years),
            **said_of_alone(request.membership),
            "proposal": DisposalProposal.objects.filter(kind=kind.code).first(),
        }
        return render(request, "retention/due.html", context, status=status)


def _count(items: list[RetainedItem]) -> int:
    return sum(item.count for item in items)


def _kind(code: str) -> RetainedKind:
    found = retained_kind(code)
    if found is None:
        raise Http404
    return found
