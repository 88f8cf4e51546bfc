"""Tells a monitor whether the site can serve, and whether all that it needs is there.

A monitor has no account, and what it asks must be answered when the database, and with it every
session, is away: its addresses are answered before anything is read about who asks.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bcp_portal.ui.monitored import HEALTHZ, READYZ
from bcp_portal.ui.readiness import OK, database, recent_readiness


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 "ok", or 503 when the database does not answer; say nothing about its content."""
    if database() == OK:
        return HttpResponse(OK, content_type="text/plain")
    return HttpResponse("database unavailable", status=503, content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Name each thing the portal needs and whether it is there; 503 when one is not."""
    found = recent_readiness()
    lines = "".join(f"{name}: {state}\n" for name, state in found.items())
    status = 200 if set(found.values()) <= {OK} else 503
    return HttpResponse(lines, status=status, content_type="text/plain")


class MonitorMiddleware:
    """Answers a monitor before the session is looked for, which needs the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = MONITORED.get(request.path_info)
        return view(request) if view else self.get_response(request)


MONITORED = {HEALTHZ: healthz, READYZ: readyz}
