"""Tells rows of one name apart by what else their natural key says, as a person would."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from bcp_portal.annex import registry
from bcp_portal.annex.cells import cell_of, kind_of
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.text import match_key


def labels_of(namesakes: Sequence[Any]) -> list[str]:
    """Return for each of these rows its name with what no other of them has, or its number.

    E.g. 商用電源（本庁舎） and 商用電源（東支所）.
    """
    texts = [_key_texts(row) for row in namesakes]
    marks = [_mark(texts, place) for place in range(len(texts))]
    clear = all(marks) and len({match_key(mark) for mark in marks}) == len(marks)
    return [
        f"{row}（{mark}）" if clear else f"{row}（No.{getattr(row, 'row_no', row.pk)}）"
        for row, mark in zip(namesakes, marks, strict=True)
    ]


def is_same(row: Any, other: Any) -> bool:
    """Tell whether two rows of one name have one natural key, so that they would be one row."""
    if not _key(type(row)):
        return False
    try:
        return _folded(row) == _folded(other)
    except ObjectDoesNotExist:
        return False


def _folded(row: Any) -> list[str]:
    return [match_key(text) for text in _key_texts(row)]


def named_by_key(model: type[models.Model]) -> list[str]:
    """Return the foreign keys that tell rows of a model apart, to be read with the rows."""
    fields = [model._meta.get_field(name) for name in _key(model)]
    return [field.name for field in fields if isinstance(field, models.ForeignKey)]


def _key(model: type[models.Model]) -> list[str]:
    """Return the natural key without personal columns: names are shown to every reader."""
    spec = registry.spec_of_model(model)
    named = [(name, spec.column(name)) for name in spec.natural_key] if spec else []
    return [name for name, column in named if column is None or not column.personal]


def _mark(texts: Sequence[Sequence[str]], place: int) -> str:
    """Return what one of several keys says in the columns where they differ."""
    columns = zip(*texts, strict=True)
    return "・".join(
        column[place]
        for column in columns
        if column[place] and len(set(map(match_key, column))) > 1
    )


def _key_texts(row: Any) -> list[str]:
    """Return the columns of the natural key as a reader sees them, without the name itself."""
    texts = (_text(row, name) for name in _key(type(row)))
    return ["" if match_key(text) == match_key(str(row)) else text for text in texts]


def _text(row: Any, name: str) -> str:
    field = row._meta.get_field(name)
    listed = getattr(field, "choice_list", None)
    choices = dict(listed.options if listed else field.choices or ())
    return kind_of(field).text(cell_of(row, field), choices, DateStyle.WAREKI)
