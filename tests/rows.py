"""Makes a valid row of any annex from its declaration, so that contract tests cover every annex."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import fields, registry
from bcp_portal.annex.cells import kind_of
from bcp_portal.annex.kinds import is_blank
from bcp_portal.annex.services import next_row_no
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.spec import AnnexSpec

_OWN = {"uid", "row_no", "version", "row_status", "confidentiality", "id", "municipality"}
_OWN |= {"verified_by", "created_by", "updated_by", "created_at", "updated_at", "verified_on"}


def make_row(
    spec: AnnexSpec, municipality: Municipality, number: int = 1, *, full: bool = False
) -> Any:
    """Save and return one row; `full` fills every column, otherwise only what saving requires.

    Must run inside the municipality's scope. Texts carry the label and number, so that a test
    can find them again.
    """
    row = spec.model(municipality=municipality)
    many: dict[str, list[Any]] = {}
    for field in spec.model._meta.get_fields():
        if not getattr(field, "concrete", False) or field.name in _OWN:
            continue
        if field.many_to_many:
            if full or not field.blank:
                many[field.name] = _targets(spec, field, municipality, number)
        elif full or not (field.blank or field.has_default()):
            _fill(spec, row, field, municipality, number, full=full)
    row.row_no = next_row_no(Sheet.of(spec, municipality))
    row.save()
    for name, targets in many.items():
        getattr(row, name).set(targets)
    return row


def make_full_rows(specs: Iterable[AnnexSpec], municipality: Municipality, count: int = 2) -> None:
    """See that every table has so many rows with every column filled, whoever made them first.

    A row made because another one names it has only what saving requires until then. The later
    rows of a table that points at itself name its first one.
    """
    specs = list(specs)
    for spec in specs:
        for number in range(1, count + 1):
            if spec.model.objects.count() < number:
                make_row(spec, municipality, number, full=True)
    for spec in specs:
        first, *_ = rows = list(spec.model.objects.order_by("pk"))
        for number, row in enumerate(rows[:count], 1):
            _complete(spec, row, first, municipality, number)


def _complete(
    spec: AnnexSpec, row: Any, first: Any, municipality: Municipality, number: int
) -> None:
    for field in spec.model._meta.get_fields():
        if not getattr(field, "concrete", False) or field.name in _OWN:
            continue
        own = field.related_model is spec.model
        if field.many_to_many:
            if not getattr(row, field.name).exists():
                targets = [first] if own else _targets(spec, field, municipality, number)
                getattr(row, field.name).set([each for each in targets if each != row])
        elif own:
            setattr(row, field.name, None if row == first else first)
        elif is_blank(getattr(row, field.name)) or not getattr(row, field.name):
            _fill(spec, row, field, municipality, number, full=True)
    row.save()


def _fill(
    spec: AnnexSpec, row: Any, field: Any, municipality: Municipality, number: int, *, full: bool
) -> None:
    if isinstance(field, models.ForeignKey):
        targets = _targets(spec, field, municipality, number)
        setattr(row, field.name, targets[0] if targets else None)
        return
    setattr(row, field.name, value_for(field, number))
    if isinstance(field, fields.DurationMinutesField):
        setattr(row, field.unit_field, "hour")


def _targets(spec: AnnexSpec, field: Any, municipality: Municipality, number: int) -> list[Any]:
    """Return a row for a relation; a table never points at itself here, which would be a cycle."""
    target = registry.spec_of_model(field.related_model)
    if target is None or target.model is spec.model:
        return []
    found = target.model.objects.order_by("pk")
    wanted = found[number - 1 : number]
    return list(wanted) or [make_row(target, municipality, number=number)]


def value_for(field: Any, number: int) -> Any:
    """Return a value that the field accepts and that differs from number to number."""
    if isinstance(field, fields.DurationUnitField):
        return "hour"
    return kind_of(field).example(field, number)
