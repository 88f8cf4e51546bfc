"""Says which texts are the same: widths of letters make a difference only while they are asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bcp_portal.spelling.widths import fold

_counted: ContextVar[bool] = ContextVar("widths_are_counted", default=False)


@contextmanager
def widths_counted(counted: bool) -> Iterator[None]:
    """Let ＩＣＴ and ICT be two texts within, or one; outside they are one."""
    token = _counted.set(counted)
    try:
        yield
    finally:
        _counted.reset(token)


def widths_are_counted() -> bool:
    """Tell whether ＩＣＴ and ICT are two texts here."""
    return _counted.get()


def key_of(text: str) -> str:
    """Return by what a text is the same as another: without spaces, and in usual widths or its own.

    Which texts are put side by side is decided by `fold` in either case.
    """
    return "".join(text.split()) if _counted.get() else fold(text)


def is_same(old: str, new: str) -> bool:
    """Tell whether a reader finds no difference between two texts."""
    return key_of(old) == key_of(new)
