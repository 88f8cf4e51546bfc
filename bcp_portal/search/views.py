"""The page of the search: what was found in groups, or one group page by page."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.search.finding import LONGEST_QUESTION, SearchQuestion, find
from bcp_portal.search.results import A_PAGE, Results
from bcp_portal.search.sources import groups_for

_TOO_LONG = f"検索の言葉は{LONGEST_QUESTION}文字までです。短くして、もう一度探してください。"

_OPEN_PLACES = 8
"""Groups whose names stand above the results; more are folded away, so that results come first."""


class SearchView(View):
    """Answers ?q=; with ?in= one group alone."""

    permission = Permission.READ_PLAN
    http_method_names = ["get"]

    def get(self, request: MemberRequest) -> HttpResponse:
        question = SearchQuestion(request.GET.get("q", "").strip())
        context: dict[str, Any] = {"question": question, "too_long": _TOO_LONG}
        if question.words and not question.is_too_long:
            found = find(question, groups_for(request.membership))
            context |= _answer(Results(question, found, request.municipality.code), request)
        return render(request, "search/results.html", context)


def _answer(results: Results, request: MemberRequest) -> dict[str, Any]:
    one = results.group(request.GET.get("in", ""))
    if one is None:
        groups = list(results.groups())
        return {"results": results, "groups": groups, "open_places": _OPEN_PLACES}
    all_results = f"?{urlencode({'q': results.question.text})}"
    page = Paginator(one.lines, A_PAGE).get_page(request.GET.get("page"))
    return {
        "results": results,
        "one": one,
        "page": page,
        "lines": results.shown(list(page.object_list)),
        "all_results": all_results,
    }
