"""Knows from which terminal the present request comes, for the operation log and the sign-in lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

_present: ContextVar[str] = ContextVar("terminal", default="")


def terminal_address(request: HttpRequest) -> str:
    """Return the IP address of the terminal, or an empty text when it is none.

    Behind our own HTTPS proxy it is the last address of X-Forwarded-For, which the proxy wrote;
    the ones before it can be invented by the sender.
    """
    claimed = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_HTTPS:
        claimed = request.META.get("HTTP_X_FORWARDED_FOR", claimed).rpartition(",")[2].strip()
    try:
        return str(ip_address(claimed))
    except ValueError:
        return ""


@contextmanager
def at_terminal(request: HttpRequest) -> Iterator[None]:
    """Let present_terminal() answer for this request while it is handled."""
    token = _present.set(terminal_address(request))
    try:
        yield
    finally:
        _present.reset(token)


def present_terminal() -> str:
    """Return the terminal of the request being handled; empty for a command or a background task."""
    return _present.get()
