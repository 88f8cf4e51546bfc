"""Tells addresses of our own pages from others, and refuses those that not every database could look up."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

NUL = "\0"


def is_own_page(address: str) -> bool:
    """Tell whether a posted address leads to a page of this portal: from its root, to no other host."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


class AddressMiddleware:
    """Answers 400 to an address that holds a NUL: PostgreSQL knows no text with one.

    Our forms and links are in UTF-8, whatever a request calls itself: in another encoding, links
    made of what was asked could not be written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        asked = [value for values in request.GET.lists() for value in (values[0], *values[1])]
        if any(NUL in text for text in (request.path_info, *asked)):
            raise BadRequest("The address holds a NUL")
        return self.get_response(request)
