"""Translates between a model field and the JSON cell of a table."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import models
from django.utils.timezone import localtime

from bcp_portal.annex import fields
from bcp_portal.annex.kinds import CellValue, Kind


@cache
def kind_of(field: Any) -> Kind:
    """Return the kind of cell a model field makes; TypeError names a field that has none."""
    if isinstance(field, models.CharField) and field.choices:
        return Kind.CHOICE
    for field_class, kind in _KINDS:
        if isinstance(field, field_class):
            return kind
    raise TypeError(f"{field!r} has no kind of cell.")


def cell_of(row: models.Model, field: Any) -> CellValue:
    """Return the JSON value of one field of a saved row."""
    return reader_of(field)(row, field)


def reader_of(field: Any) -> Callable[[models.Model, Any], CellValue]:
    """Return what reads one field of a row, so that thousands of rows need not ask for it again."""
    return _READERS.get(kind_of(field), _plain)


def _plain(row: models.Model, field: Any) -> CellValue:
    return getattr(row, field.name)


def _decimal(row: models.Model, field: Any) -> CellValue:
    value = getattr(row, field.name)
    return None if value is None else f"{value.normalize():f}"


def _date(row: models.Model, field: Any) -> CellValue:
    value = getattr(row, field.name)
    return value.isoformat() if value else ""


def _month(row: models.Model, field: Any) -> CellValue:
    value = getattr(row, field.name)
    return f"{value:%Y-%m}" if value else ""


def _datetime(row: models.Model, field: Any) -> CellValue:
    value = getattr(row, field.name)
    return localtime(value).replace(tzinfo=None).isoformat(timespec="minutes") if value else ""


def _duration(row: models.Model, field: Any) -> CellValue:
    minutes = getattr(row, field.name)
    if minutes is None:
        return None
    return {"minutes": minutes, "unit": getattr(row, field.unit_field) or "minute"}


def reference(target: Any) -> CellValue:
    """Return the JSON of a reference to a row (or to an account, which has no uid)."""
    return {"uid": str(getattr(target, "uid", target.pk)), "text": str(target)}


def _reference(row: models.Model, field: Any) -> CellValue:
    target = getattr(row, field.name)
    return reference(target) if target else None


def _references(row: models.Model, field: Any) -> CellValue:
    targets = list(getattr(row, field.name).all())
    return [reference(t) for t in sorted(targets, key=lambda t: (getattr(t, "row_no", 0), t.pk))]


def _file(row: models.Model, field: Any) -> CellValue:
    value = getattr(row, field.name)
    return {"name": value.name.rsplit("/", 1)[-1]} if value else None


_READERS: dict[Kind, Callable[[models.Model, Any], CellValue]] = {
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.DATETIME: _datetime,
    Kind.DURATION: _duration,
    Kind.REFERENCE: _reference,
    Kind.REFERENCES: _references,
    Kind.FILE: _file,
}

# Most specific class first: a MonthField is a DateField.
_KINDS: tuple[tuple[type, Kind], ...] = (
    (fields.ChoiceField, Kind.CHOICE),
    (fields.MultiChoiceField, Kind.CHOICES),
    (fields.WordsField, Kind.WORDS),
    (fields.DurationMinutesField, Kind.DURATION),
    (fields.FiscalYearField, Kind.FISCAL_YEAR),
    (fields.FiscalYearsField, Kind.FISCAL_YEARS),
    (fields.MonthField, Kind.MONTH),
    (fields.PercentField, Kind.PERCENT),
    (fields.ThousandYenField, Kind.MONEY),
    (fields.PhoneField, Kind.TELEPHONE),
    (models.FileField, Kind.FILE),
    (models.ManyToManyField, Kind.REFERENCES),
    (models.ForeignKey, Kind.REFERENCE),
    (models.BooleanField, Kind.BOOLEAN),
    (models.DateTimeField, Kind.DATETIME),
    (models.DateField, Kind.DATE),
    (models.DecimalField, Kind.DECIMAL),
    (models.IntegerField, Kind.INTEGER),
    (models.TextField, Kind.LONG_TEXT),
    (models.JSONField, Kind.WORDS),
    (models.CharField, Kind.TEXT),
)
