"""Gives rows what their cells name: a named row is read once, however many rows name it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects

from bcp_portal.annex.sheet import Item


def attach_named(rows: Sequence[Any], items: Iterable[Item]) -> None:
    """Attach to every row what these columns name; the number of queries depends on them alone."""
    many = []
    for item in items:
        field = item.model_field
        if isinstance(field, models.ManyToManyField):
            many.append(prefetch_of(item))
        elif isinstance(field, models.ForeignKey):
            _attach(rows, field)
    prefetch_related_objects(rows, *many)


def prefetch_of(item: Item) -> "Prefetch[Any]":
    """Return how to read what a many-to-many column names.

    Rows of a municipality name its own rows only. Asked for the municipality nevertheless, SQLite
    begins with all its rows instead of the named ones: ten thousand took twelve seconds.
    """
    return Prefetch(item.name, queryset=models.QuerySet(item.model_field.related_model))


def _attach(rows: Sequence[Any], field: Any) -> None:
    """Give every row the row it names: joined, the database would send each of them thousands of times."""
    wanted = {getattr(row, field.attname) for row in rows} - {None}
    targets = field.related_model._default_manager.in_bulk(wanted)
    for row in rows:
        pk = getattr(row, field.attname)
        if pk is None or pk in targets:
            field.set_cached_value(row, targets.get(pk))
