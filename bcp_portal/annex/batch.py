"""Lets a rule read a table once for thousands of rows that are checked one after another.

Whoever checks many rows that are saved together also says how stored rows will be then, so that a
name one of them gives up is free for another.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models

Value = TypeVar("Value")
RowsAfter = Callable[[Any], Iterable[Any]]
"""Returns for a model its stored rows that will have another key or name, as they will be."""

_batch: ContextVar[dict[Hashable, Any] | None] = ContextVar("batch", default=None)
_ROWS_AFTER = "rows after"


@contextmanager
def checking_many(rows_after: RowsAfter = lambda model: ()) -> Iterator[None]:
    """Remember what rules read, until all rows of a file are checked."""
    token = _batch.set({_ROWS_AFTER: rows_after})
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


def rows_after(model: Any) -> Iterable[Any]:
    """Return the stored rows that the present batch renames, as they will be called."""
    known = _batch.get()
    return known[_ROWS_AFTER](model) if known else ()


def clashes(row: models.Model, exclude: set[str]) -> Iterator[ValidationError]:
    """Yield an error for each constraint of a row that another row does not leave room for.

    In a batch the keys are read once, and those that stored rows give up are free; outside of one
    the database is asked for each row.
    """
    for constraint in row._meta.constraints:
        in_batch = _batch.get() is not None and _is_key(constraint)
        if in_batch and not _is_taken(row, constraint, exclude):
            continue
        try:
            if in_batch and constraint.condition is None:  # type: ignore[attr-defined]
                raise _violation(row, constraint)
            constraint.validate(type(row), row, exclude=exclude)
        except ValidationError as error:
            only_one = getattr(error, "code", None) == "unique" and len(constraint.fields) == 1  # type: ignore[attr-defined]
            yield ValidationError({constraint.fields[0]: [error]}) if only_one else error  # type: ignore[attr-defined]


def _is_key(constraint: Any) -> bool:
    return isinstance(constraint, models.UniqueConstraint) and bool(constraint.fields)


def _is_taken(row: Any, constraint: Any, exclude: set[str]) -> bool:
    """Tell whether another row will hold what the constraint lets only one row hold."""
    if exclude & set(constraint.fields):
        return False
    names = [row._meta.get_field(name).attname for name in constraint.fields]
    key = tuple(getattr(row, name) for name in names)
    taken = read_once((type(row), constraint.name), lambda: _keys_after(type(row), names))
    # Where a part is not set, a database never holds two keys for the same.
    return None not in key and bool(taken.get(key, set()) - {row.pk})


def _violation(row: Any, constraint: Any) -> ValidationError:
    """Return the error with which the constraint itself would refuse the row."""
    if constraint.violation_error_message == constraint.default_violation_error_message:
        error: ValidationError = row.unique_error_message(type(row), constraint.fields)
        return error
    return ValidationError(constraint.get_violation_error_message())


def _keys_after(model: Any, names: list[str]) -> dict[tuple[Any, ...], set[int]]:
    found: dict[tuple[Any, ...], set[int]] = {}
    changed = {row.pk: _key_of(row, names) for row in rows_after(model)}
    for pk, *key in model.objects.values_list("pk", *names):
        found.setdefault(changed.get(pk) or tuple(key), set()).add(pk)
    return found


def _key_of(row: Any, names: list[str]) -> tuple[Any, ...] | None:
    """Return the key of a row; None while it names something that is nowhere."""
    try:
        return tuple(getattr(row, name) for name in names)
    except ObjectDoesNotExist:
        return None
