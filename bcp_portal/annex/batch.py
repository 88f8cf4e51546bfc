"""Lets a rule read a table once for thousands of rows that are checked one after another."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

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


def may_clash(row: models.Model) -> bool:
    """Tell whether a constraint of the row has to be asked: another row may hold the same key.

    In a batch the keys are read once; outside of one the database is asked for each row anyway.
    """
    if _batch.get() is None:
        return True
    constraints = row._meta.constraints
    return any(_may_clash(row, constraint) for constraint in constraints)


def _may_clash(row: models.Model, constraint: Any) -> bool:
    if not isinstance(constraint, models.UniqueConstraint) or not constraint.fields:
        return True
    meta: Any = row._meta
    names = [meta.get_field(name).attname for name in constraint.fields]
    key = tuple(getattr(row, name) for name in names)
    stored = read_once((type(row), constraint.name), lambda: _stored_keys(type(row), names))
    return bool(stored.get(key, set()) - {row.pk})


def _stored_keys(model: Any, names: list[str]) -> dict[tuple[Any, ...], set[int]]:
    found: dict[tuple[Any, ...], set[int]] = {}
    for pk, *key in model.objects.values_list("pk", *names):
        found.setdefault(tuple(key), set()).add(pk)
    return found
