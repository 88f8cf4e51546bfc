"""How a browser shows the portal: dense or wide lines, and whether the menu is folded.

It belongs to the screen in front of somebody, not to the person: a cookie keeps it, no table.
"""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bcp_portal.ui.addresses import is_own_page

KEPT = {"density": ("tight", "roomy"), "menu": ("folded", "open")}
"""Cookies, as static/js/display.js writes them too, with their values."""
_YEAR_SECONDS = 365 * 24 * 3600


@login_not_required
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep what a button of the frame says, and show the page again on which it stands."""
    wanted = request.POST.get("next", "")
    response = redirect(wanted if is_own_page(wanted) else settings.LOGIN_URL)
    for name, values in KEPT.items():
        value = request.POST.get(name, "")
        if value in values:
            response.set_cookie(name, value, max_age=_YEAR_SECONDS, samesite="Lax")
    return response


def chosen(cookies: Mapping[str, str]) -> dict[str, str]:
    """Return what this browser has chosen; what nobody chose, and what is no choice, is not there."""
    return {name: cookies[name] for name, values in KEPT.items() if cookies.get(name) in values}
