"""Knows a browser in which a person has signed in before, so that nobody else locks them out of it.

An office often has one address. Whoever tries wrong passwords from it stops an ID for all browsers
there that are new to the person, never for those that are known; a known browser has failures of its
own. After OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

from bcp_portal.members.fields import folded_username

COOKIE = "bcp_known_device"
_SALT = "bcp_portal.members.known_devices"
_KEPT_SECONDS = 180 * 24 * 3600
# A shared PC of an office; the cookie stays far below what a browser keeps.
_MOST_PEOPLE = 20
_AGENT = "known device "


def recognise(request: HttpRequest, username: str) -> bool:
    """Tell whether this person has signed in with this browser, and let django-axes count it alone.

    django-axes tells requests apart by ID, address and user agent: the mark of a known browser takes
    the place of the last for this request.
    """
    device, people = _read(request)
    if _person(username) not in people:
        return False
    _ = request.headers  # keeps what the browser calls itself, which the list of terminals shows
    request.META["HTTP_USER_AGENT"] = f"{_AGENT}{device}"
    request.known_device = True  # type: ignore[attr-defined]
    return True


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Mark the browser as one in which this person has signed in."""
    device, people = _read(request)
    person = _person(username)
    kept = [person, *(each for each in people if each != person)][:_MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or get_random_string(22), kept], salt=_SALT),
        max_age=_KEPT_SECONDS,
        path=reverse("sign-in"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def lockout_parameters(asked: Any, credentials: Any = None) -> list[list[str]]:
    """Return for django-axes by what failures are counted: of a request, or of a stored attempt."""
    if isinstance(asked, HttpRequest):
        known = getattr(asked, "known_device", False)
    else:
        known = str(asked.user_agent).startswith(_AGENT)
    return [["username", "user_agent"]] if known else [["username", "ip_address"]]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the mark of the browser and the people known in it; nothing of what we did not sign."""
    try:
        device, people = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_KEPT_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(device), [str(person) for person in people]


def _person(username: str) -> str:
    """Return a hash of an ID, so that the cookie does not show whose it is."""
    return salted_hmac(_SALT, folded_username(username)).hexdigest()[:20]
