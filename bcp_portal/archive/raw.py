"""Writes the rows of a municipality down, one canonical line of JSON each."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from django.db import models

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex.raw_rows import raw_row
from bcp_portal.archive.account_keys import account_names, written_key
from bcp_portal.archive.contents import (
    ACCOUNT_FIELDS,
    Model,
    archived_fields,
    key_fields,
    rows_of,
)

# An edition with its whole document may take megabytes.
_ROWS_AT_ONCE = 20


def written_rows(model: Model, municipality: Municipality) -> Iterator[Mapping[str, Any]]:
    """Yield the raw rows of one model in the order of the archive; few are in memory at a time."""
    fields = archived_fields(model).values()
    single = [f.name for f in fields if isinstance(f, models.ForeignKey)]
    many = [f.name for f in fields if f.many_to_many]
    rows = rows_of(model, municipality)
    if single:
        rows = rows.select_related(*single)
    if model is not User and many:
        rows = rows.prefetch_related(*many)
    names = account_names(model, municipality)
    for row in rows.iterator(chunk_size=_ROWS_AT_ONCE):
        if isinstance(row, User):
            yield _account(row)
        else:
            keyed = {name: written_key(getattr(row, name), names) for name in key_fields(model)}
            yield {**raw_row(row), **keyed}


def line_of(raw: Mapping[str, Any]) -> bytes:
    """Return a row as one line: keys in order, so that equal rows are equal bytes."""
    return (json.dumps(raw, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _account(user: User) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(user, name) for name in ACCOUNT_FIELDS}
    return said | {"date_joined": user.date_joined.astimezone(UTC).isoformat()}
