"""The page that the code on each printed page leads to: open to anybody, saying the least possible."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View

from bcp_portal.accounts.queries import active_memberships
from bcp_portal.accounts.terminal import terminal_address
from bcp_portal.ui.eras import DateStyle, format_date
from plans.bookshelf.edition_check import (
    SECONDS_BETWEEN,
    EditionStatus,
    may_ask,
    note_miss,
    verdict_on,
)
from plans.editions.models.edition import Edition

LONGEST = 40
WAIT = (
    "見つからない番号の照会が続いたため、間を置いて受け付けています。"
    f"{SECONDS_BETWEEN}秒ほどたってから、もう一度「確かめる」を押してください。"
)


@method_decorator(login_not_required, name="dispatch")
class EditionCheckView(View):
    """Says of one code: in force, superseded since, not yet in force, unknown."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, code: str = "") -> HttpResponse:
        typed = (code or request.GET.get("code", "")).strip()[:LONGEST]
        if not typed:
            return self._show({"typed": ""})
        asker = self._asker()
        if not may_ask(asker):
            response = self._show({"typed": typed, "wait_text": WAIT}, status=429)
            response["Retry-After"] = str(SECONDS_BETWEEN)
            return response
        verdict = verdict_on(typed)
        if verdict.edition is None and not verdict.is_gone:
            note_miss(asker, typed)
        return self._show({"typed": typed, "verdict": verdict, **self._said(verdict)})

    def _asker(self) -> str:
        """Return by what misses are counted: of who is signed in by the person, else by the terminal."""
        user = self.request.user
        return f"user-{user.pk}" if user.is_authenticated else terminal_address(self.request)

    def _said(self, verdict: EditionStatus) -> dict[str, object]:
        edition, superseded_on = verdict.edition, verdict.superseded_on
        if edition is None:
            return {}
        style = DateStyle(edition.municipality.date_style)
        return {
            "since": format_date(superseded_on, style) if superseded_on else "",
            "own_edition": edition if self._is_member(edition) else None,
        }

    def _is_member(self, edition: Edition) -> bool:
        user = self.request.user
        if not user.is_authenticated or user.password_is_initial:
            return False
        memberships = active_memberships(user)
        return any(each.municipality_id == edition.municipality_id for each in memberships)

    def _show(self, context: dict[str, object], status: int = 200) -> HttpResponse:
        response = render(self.request, "plans/bookshelf/check.html", context, status=status)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response
