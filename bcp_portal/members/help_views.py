"""The guide for staff, inside a municipality and at the door."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bcp_portal.accounts.permissions import Permission, requires
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.ui.help_book import HelpPart, help_book


@requires(Permission.READ_PLAN)
@require_safe
def book(request: MemberRequest) -> HttpResponse:
    """Show the whole guide on one page, to be searched and printed."""
    return _show(request, help_book.parts())


@requires(Permission.READ_PLAN)
@require_safe
def part(request: MemberRequest, slug: str) -> HttpResponse:
    """Show one part alone."""
    found = [each for each in help_book.parts() if each.slug == slug]
    if not found:
        raise Http404
    return _show(request, found, part=found[0])


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the parts that help with signing in to somebody who has not."""
    return _show(request, help_book.parts(public_only=True))


def _show(request: HttpRequest, parts: Sequence[HelpPart], **more: Any) -> HttpResponse:
    anchors = {section.slug for each in parts for section in each.sections}
    return render(request, "help/book.html", {"parts": parts, "anchors": anchors, **more})
