"""Writes many rows of one table into the database in few queries; no checks, no log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from bcp_portal.accounts.models import User
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.named_rows import attach_named
from bcp_portal.annex.row_changes import cells_to_save, stored_items
from bcp_portal.annex.sheet import Sheet


@dataclass(frozen=True)
class StoredRow:
    """A row as it is stored, and its cells, both read before anything of an import is written."""

    row: Any
    cells: Mapping[str, CellValue]


def stored_before(sheet: Sheet, keys: Iterable[int]) -> dict[int, StoredRow]:
    """Return the stored rows and what their cells say now, locked until the transaction ends."""
    rows = locked_rows(sheet, keys)
    cells = cells_to_save(sheet, list(rows.values()))
    return {pk: StoredRow(row, each) for (pk, row), each in zip(rows.items(), cells, strict=True)}


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


def make_room(changed: Sequence[tuple[Any, Any]], new: Sequence[Any]) -> None:
    """Let stored rows give up the keys that others take, so that no order of saving fails.

    `changed` are pairs of a stored row and the same one as it will be saved, `new` those that will
    be inserted, all of one table. Until it is saved, a row that gives up its key holds one that
    means nothing, in a column that can hold such.
    """
    if not changed:
        return
    aside: dict[tuple[int, str], Any] = {}
    model: Any = type(changed[0][1])
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            fields = [model._meta.get_field(name) for name in constraint.fields]
            movable = next((field for field in fields if _can_stand_aside(field)), None)
            if movable is not None:
                for pk in _in_the_way(changed, new, [field.attname for field in fields]):
                    aside.setdefault((pk, movable.name), _aside(movable, len(aside)))
    for (pk, name), value in aside.items():
        model.objects.filter(pk=pk).update(**{name: value})


def _in_the_way(
    changed: Sequence[tuple[Any, Any]], new: Sequence[Any], names: Sequence[str]
) -> list[int]:
    """Return the stored rows that give up a key which another row will hold."""

    def key(row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in names)

    wanted = {key(row) for row in [*(row for _, row in changed), *new]}
    return [
        stored.pk for stored, row in changed if key(stored) != key(row) and key(stored) in wanted
    ]


def _can_stand_aside(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.IntegerField)


def _aside(field: Any, number: int) -> Any:
    """Return a value that no row holds: a text of control characters, or the largest numbers."""
    if isinstance(field, models.IntegerField):
        small = isinstance(field, models.SmallIntegerField | models.PositiveSmallIntegerField)
        return (32_767 if small else 2_147_483_647) - number
    return f"\x02{number}"


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
