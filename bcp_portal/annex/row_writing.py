"""Writes many rows of one table into the database in few queries; no checks, no log."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from bcp_portal.accounts.models import User
from bcp_portal.annex.named_rows import attach_named
from bcp_portal.annex.row_changes import stored_items
from bcp_portal.annex.sheet import Sheet


def locked_rows(sheet: Sheet, keys: Iterable[int]) -> dict[int, Any]:
    """Return the stored rows with what they name, locked until the transaction ends."""
    stored = sheet.spec.model.objects.select_for_update(of=("self",))
    # In one order, so that two who save the same rows wait for one another and not in a circle.
    rows = list(stored.filter(pk__in=sorted(keys)).order_by("pk"))
    attach_named(rows, stored_items(sheet))
    return {row.pk: row for row in rows}


def insert_rows(sheet: Sheet, actor: User | None, rows: Sequence[Any], first_row_no: int) -> None:
    """Insert new rows; those without a number get the next ones, in their order."""
    for row in rows:
        row.municipality = sheet.municipality
        if not row.row_no:
            row.row_no, first_row_no = first_row_no, first_row_no + 1
        row.created_by = row.updated_by = actor
        row.version = 1
    sheet.spec.model.objects.bulk_create(rows)


def update_row(row: models.Model, stored: models.Model) -> None:
    """Write the columns in which a row differs from what is stored, and those that Django sets."""
    row.save(
        update_fields=[
            field.name
            for field in row._meta.concrete_fields
            if getattr(row, field.attname) != getattr(stored, field.attname) or _sets_itself(field)
        ]
    )


def _sets_itself(field: Any) -> bool:
    """Tell whether saving may change the value: the moment of the change, a file to be stored."""
    return getattr(field, "auto_now", False) or isinstance(field, models.FileField)


def set_named(sheet: Sheet, rows: Sequence[Any]) -> None:
    """Let rows name what is pending in them, and nothing else, in the columns it is pending for."""
    for item in stored_items(sheet):
        pending = [row for row in rows if item.name in getattr(row, "pending", {})]
        if pending and isinstance(item.model_field, models.ManyToManyField):
            _set_many(item.model_field, pending)
    for row in rows:
        row.pending = {}


def _set_many(field: Any, rows: Sequence[Any]) -> None:
    through = field.remote_field.through
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    links = through._default_manager.filter(**{f"{source}__in": [row.pk for row in rows]})
    stored = {tuple(pair): pk for pk, *pair in links.values_list("pk", source, target)}
    wanted = {(row.pk, named.pk): None for row in rows for named in row.pending[field.name]}
    links.filter(pk__in=[pk for pair, pk in stored.items() if pair not in wanted]).delete()
    through._default_manager.bulk_create(
        [through(**{source: a, target: b}) for a, b in wanted if (a, b) not in stored]
    )
