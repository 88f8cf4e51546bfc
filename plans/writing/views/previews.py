"""The whole plan on one page, and the live tables the editor asks for."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from bcp_portal.accounts.permissions import Permission, requires
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.sheet import Presentation
from plans.annexes.drawn.figure_source import is_figure_code
from plans.chapters.plan_views import PlanView
from plans.summary.document import Audience, summary_document
from plans.text.live_blocks import LiveBlock, parse_columns, parse_filters
from plans.working_copy.builder import build_document
from plans.working_copy.draft_lines import draft_lines_in_plan
from plans.working_copy.table_source import TableSource
from plans.writing.block_options import block_options, figure_options

PREVIEW_ROWS = 20


class WholePlanView(PlanView):
    """Everything as it stands now; personal data are masked on the screen."""

    def get(self, request: MemberRequest) -> HttpResponse:
        plan = self.plan()
        document = build_document(request.municipality, include_personal=False)
        lines = draft_lines_in_plan(request.municipality)
        context = {"plan": plan, "document": document, "draft_lines": lines}
        return render(request, "plans/writing/preview.html", context)


class SummaryView(PlanView):
    """The summary (概要版), made from what is registered and nothing typed; the public one first."""

    def get(self, request: MemberRequest) -> HttpResponse:
        for_office = request.GET.get("for") == Audience.OFFICE
        audience = Audience.OFFICE if for_office else Audience.PUBLIC
        document = summary_document(request.municipality, audience)
        context = {"plan": self.plan(), "document": document, "for_office": for_office}
        return render(request, "plans/writing/summary.html", context)


@requires(Permission.READ_PLAN)
def block_preview(request: MemberRequest) -> HttpResponse:
    """Return what a live block shows as a piece of HTML, or with options=1 what can be chosen."""
    source = TableSource(Presentation.load(request.municipality), include_personal=False)
    block = LiveBlock(
        request.GET.get("code", ""),
        parse_columns(request.GET.get("columns", "")),
        parse_filters(request.GET.get("filter", "")),
    )
    if request.GET.get("options"):
        return JsonResponse(_options(source, block.code))
    context = {"block": source.block(block), "limit": PREVIEW_ROWS}
    return render(request, "plans/writing/block_preview.html", context)


def _options(source: TableSource, code: str) -> dict[str, list[dict[str, object]]]:
    if is_figure_code(code):
        return figure_options(code)
    table = source.table(code)
    if table is None:
        raise Http404
    return block_options(table)
