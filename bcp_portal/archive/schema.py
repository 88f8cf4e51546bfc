"""Describes the rows of an archive as JSON Schema, made of the models that wrote them."""

from typing import Any

from django.db import models

from bcp_portal.archive.account_keys import ACCOUNT, FORMER
from bcp_portal.archive.contents import (
    Model,
    archived_fields,
    archived_models,
    key_fields,
    label_of,
    member_of,
    title_of,
)

_KINDS: tuple[tuple[Any, dict[str, Any]], ...] = (
    (models.BooleanField, {"type": "boolean"}),
    (models.IntegerField, {"type": "integer"}),
    (models.FloatField, {"type": "number"}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string", "format": "time"}),
    (models.DecimalField, {"type": "string", "description": "decimal number"}),
    (models.JSONField, {}),
)
_FILE = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "sha256": {"type": "string"}},
    "required": ["name", "sha256"],
}


_KEY = {
    "type": "object",
    "description": "an account by its user name, or the number of one that is gone",
    "properties": {ACCOUNT: {"type": "string"}, FORMER: {"type": "integer"}},
    "minProperties": 1,
    "maxProperties": 1,
}


def schema() -> dict[str, Any]:
    """Return the schema of every member that holds rows, by the path of the member."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rows of a BCP Portal archive: each line of a member is one object",
        "members": {member_of(model): _row_schema(model) for model in archived_models()},
    }


def _row_schema(model: Model) -> dict[str, Any]:
    keyed = key_fields(model)
    return {
        "title": title_of(model),
        "type": "object",
        "properties": {
            name: _KEY if name in keyed else _value(f) for name, f in archived_fields(model).items()
        },
        "additionalProperties": False,
    }


def _value(field: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"title": str(field.verbose_name)}
    if field.many_to_many:
        named = {"type": "array", "items": {"type": "string"}}
        return said | named | {"x-names": label_of(field.related_model)}
    if isinstance(field, models.ForeignKey):
        return (
            said | _or_null({"type": "string"}, field) | {"x-names": label_of(field.related_model)}
        )
    if isinstance(field, models.FileField):
        return said | {"anyOf": [_FILE, {"type": "null"}]}
    kind = next((kind for cls, kind in _KINDS if isinstance(field, cls)), {"type": "string"})
    said |= _or_null(kind, field)
    if isinstance(field, models.CharField) and field.max_length:
        said["maxLength"] = field.max_length
    return said


def _or_null(kind: dict[str, Any], field: Any) -> dict[str, Any]:
    return kind | {"type": [kind["type"], "null"]} if field.null and "type" in kind else kind
