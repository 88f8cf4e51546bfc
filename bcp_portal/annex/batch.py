"""Lets a rule read a table once for thousands of rows that are checked one after another."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Value = TypeVar("Value")

_batch: ContextVar[dict[Hashable, Any] | None] = ContextVar("batch", default=None)


@contextmanager
def checking_many() -> Iterator[None]:
    """Remember what rules read, until all rows of a file are checked."""
    token = _batch.set({})
    try:
        yield
    finally:
        _batch.reset(token)


def read_once(key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what read() gave for this key in the present batch; outside of one it reads anew."""
    known = _batch.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]
