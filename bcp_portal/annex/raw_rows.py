"""Writes a stored row down as plain JSON and reads it back, whatever release wrote it.

Unlike a table, which holds what a reader sees, a raw row holds what the database does: rows are
named by their uid, accounts by their user name, files by their SHA-256.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet

RawRow = Mapping[str, Any]
Find = Callable[[type[models.Model], str], models.Model | None]
"""Finds a row of a model by its uid (an account by its user name), or None."""

_NOT_WRITTEN = frozenset({"id", "municipality"})
_CHUNK = 1 << 20


def raw_rows(rows: QuerySet[Any]) -> list[RawRow]:
    """Return all rows, in their order, with a number of queries that depends only on the model."""
    own = [f.name for f in _fields(rows.model)]
    single = [f.name for f in _fields(rows.model) if isinstance(f, models.ForeignKey)]
    named = [f"{name}__{_naming(rows.model._meta.get_field(name))}" for name in single]
    many = [f.name for f in rows.model._meta.many_to_many]
    read = rows.select_related(*single).only(*own, *named).prefetch_related(*many)
    return [raw_row(row) for row in read]


def raw_row(row: models.Model) -> RawRow:
    """Return every field of a saved row as JSON, by its name."""
    raw: dict[str, Any] = {field.name: _written(row, field) for field in _fields(type(row))}
    for relation in row._meta.many_to_many:
        targets = getattr(row, relation.name).all()
        raw[relation.name] = sorted(_name_of(target) for target in targets)
    return raw


@dataclass(frozen=True)
class ReadRow:
    """What a raw row says to the model of today: values by field, and what it cannot say.

    `unknown` are fields this release does not have, `unreadable` values it cannot take, `missing`
    the names of rows that are not there, by field.
    """

    values: dict[str, Any] = field(default_factory=dict)
    many: dict[str, list[models.Model]] = field(default_factory=dict)
    files: dict[str, Mapping[str, str]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    missing: dict[str, list[str]] = field(default_factory=dict)


def read_raw(model: type[models.Model], raw: Mapping[str, Any], find: Find) -> ReadRow:
    """Read a raw row for a model; a field that the row lacks is left as it is."""
    known: dict[str, Any] = {f.name: f for f in (*_fields(model), *model._meta.many_to_many)}
    values: dict[str, Any] = {}
    many: dict[str, list[models.Model]] = {}
    files: dict[str, Mapping[str, str]] = {}
    missing: dict[str, list[str]] = {}
    unreadable = []
    for name, value in raw.items():
        model_field = known.get(name)
        if model_field is None:
            continue
        if model_field.many_to_many:
            many[name], missing[name] = _found(model_field.related_model, value or [], find)
        elif isinstance(model_field, models.ForeignKey):
            found, missing[name] = _found(model_field.related_model, [value] if value else [], find)
            values[name] = found[0] if found else None
        elif isinstance(model_field, models.FileField):
            files[name] = value or {}
        else:
            try:
                values[name] = model_field.to_python(value)
            except ValidationError:
                unreadable.append(name)
    return ReadRow(
        values,
        many,
        files,
        tuple(sorted(raw.keys() - known.keys())),
        tuple(unreadable),
        {name: names for name, names in missing.items() if names},
    )


def references(model: type[models.Model], raw: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Return the (model, uid) of every row that a raw row names, accounts left out."""
    named: list[tuple[Any, str]] = []
    for relation in (*_fields(model), *model._meta.many_to_many):
        target: Any = relation.related_model
        if target is None or target is get_user_model():
            continue
        value = raw.get(relation.name) or []
        named += [(target, uid) for uid in ([value] if isinstance(value, str) else value)]
    return named


def file_sha256(file: Any) -> str:
    """Return the SHA-256 (hex) of a stored file, or '' when the store does not have it."""
    digest = hashlib.sha256()
    try:
        with file.storage.open(file.name, "rb") as stored:
            while chunk := stored.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _fields(model: type[models.Model]) -> Iterable[Any]:
    return [f for f in model._meta.concrete_fields if f.name not in _NOT_WRITTEN]


def _written(row: models.Model, model_field: Any) -> Any:
    value = getattr(row, model_field.name)
    if value is None:
        return None
    if isinstance(model_field, models.ForeignKey):
        return _name_of(value)
    if isinstance(model_field, models.FileField):
        return {"name": value.name, "sha256": file_sha256(value)} if value else None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def _naming(reference: Any) -> str:
    """Return the field by which the rows that a reference names are called."""
    target = reference.related_model
    return "uid" if hasattr(target, "uid") else str(target.USERNAME_FIELD)


def _name_of(target: Any) -> str:
    return str(target.uid) if hasattr(target, "uid") else str(target.get_username())


def _found(
    model: type[models.Model], names: Iterable[str], find: Find
) -> tuple[list[models.Model], list[str]]:
    found, missing = [], []
    for name in names:
        target = find(model, name)
        if target is None:
            missing.append(name)
        else:
            found.append(target)
    return found, missing
