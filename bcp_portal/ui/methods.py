"""Refuses the methods of HTTP that no page of this program uses: a view would take them for GET."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

_ALL_VIEWS = ["GET", "HEAD", "POST"]
# Answered by the views that say so: a draft is thrown away by DELETE.
_SOME_VIEWS = ["DELETE", "OPTIONS"]


class MethodMiddleware:
    """Answers 405 to TRACE, PUT, PROPFIND and every unknown method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {*_ALL_VIEWS, *_SOME_VIEWS}:
            return HttpResponseNotAllowed(_ALL_VIEWS)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Leave the other methods to views that are classes, which know their own."""
        if request.method in _SOME_VIEWS and not hasattr(view, "view_class"):
            return HttpResponseNotAllowed(_ALL_VIEWS)
        return None
