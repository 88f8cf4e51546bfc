"""Takes NUL out of what a browser sends: nobody types it, and PostgreSQL knows no text with one."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

NUL = "\0"


class SentTextMiddleware:
    """Gives views posted texts without NUL, and no cookie that holds one.

    Fields of forms remove what nobody can see anyway; this is for what a view looks up as it was
    posted, and for the key of a session. Addresses with NUL are refused (`addresses.py`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A cookie may be written with escapes, so that one arrives where no header holds it.
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if NUL not in name + value
        }
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Replace what was posted where it holds a NUL; a body that breaks off is left to the view."""
        with suppress(UnreadablePostError):
            if any(NUL in text for name, texts in request.POST.lists() for text in (name, *texts)):
                request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _without_nul(posted: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True, encoding=posted.encoding)
    for name, texts in posted.lists():
        kept.setlist(name.replace(NUL, ""), [str(text).replace(NUL, "") for text in texts])
    kept._mutable = False
    return kept
