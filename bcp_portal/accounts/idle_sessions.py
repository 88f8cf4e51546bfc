"""Ends a session that nobody has used for a while: a colleague may sit down at the PC."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase

from bcp_portal.accounts.sessions import SEEN_AT

logger = logging.getLogger(__name__)
# Noted no more often than this, so that reading pages does not write at every step.
_NOTED_EVERY_SECONDS = 60


class IdleSessionMiddleware:
    """Signs out a person who returns too late, and notes when a session was last used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            _end_or_note(request, now=int(time.time()))
        return self.get_response(request)


def _end_or_note(request: HttpRequest, now: int) -> None:
    seen_at = request.session.get(SEEN_AT)
    if seen_at is not None and now - seen_at > settings.SESSION_IDLE_MINUTES * 60:
        logout(request)
    elif (seen_at is None or now - seen_at >= _NOTED_EVERY_SECONDS) and not _is_poll(request):
        _note(request, now)


def _is_poll(request: HttpRequest) -> bool:
    """Tell whether a page asked by itself how far a job is: no person need be present."""
    return request.method == "GET" and request.headers.get("HX-Request") == "true"


def _note(request: HttpRequest, now: int) -> None:
    """Store the moment immediately; if the database cannot be written, the page is still answered."""
    was_modified = request.session.modified
    request.session[SEEN_AT] = now
    try:
        request.session.save()
    except DatabaseError:
        logger.warning("It could not be noted when a session was last used.", exc_info=True)
    request.session.modified = was_modified
