"""Finds the kind of cell that a model field makes, and reads it from a row."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import models

from bcp_portal.annex.kinds import CellValue, Kind, all_kinds


@cache
def kind_of(field: Any) -> Kind:
    """Return the kind of cell a model field makes; TypeError names a field that has none."""
    for kind in all_kinds():
        if getattr(field, "choices", None) and isinstance(field, kind.model_fields_with_choices):
            return kind
    kinds = {each: kind for kind in all_kinds() for each in kind.model_fields}
    # Most special class first: a MonthField is a DateField.
    found = next((kinds[each] for each in type(field).__mro__ if each in kinds), None)
    if found is None:
        raise TypeError(f"{field!r} has no kind of cell.")
    return found


def cell_of(row: models.Model, field: Any) -> CellValue:
    """Return the JSON value of one field of a saved row."""
    return kind_of(field).read(row, field)


def reader_of(field: Any) -> Callable[[models.Model, Any], CellValue]:
    """Return what reads one field of a row, so that thousands of rows need not ask for it again."""
    return kind_of(field).read
