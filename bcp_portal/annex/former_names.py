"""Says which rows were called by a name before, as the operation log tells it, so that an old name is understood."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from bcp_portal.annex.form_fields import parts_of
from bcp_portal.audit.entry_faults import read_noted
from bcp_portal.audit.models import Entry
from bcp_portal.ui.text import match_key

NOW_CALLED = "「{old}」は、名称が{new}に変わっています。その{label}なら、今の名称で書いてください。"
_MARK = "\ufffc"
_ALIASES = "aliases"


def names_of(target: Any) -> Iterable[str]:
    """Yield what a row is called: its name, then its other names."""
    yield str(target)
    yield from getattr(target, _ALIASES, None) or ()


class FormerNames:
    """The rows of one model by the names they bore once and gave up; the log is read when it is asked."""

    def __init__(self, model: type[models.Model], rows: Iterable[Any]) -> None:
        """`rows` are those that may be named today."""
        self._model, self._rows = model, rows

    def bearers(self, text: str) -> list[Any]:
        """Return the rows of today that were called so before and are no more."""
        key = match_key(text)
        found = self._by_key.get(key, {}).values()
        return [row for row in found if key not in {match_key(name) for name in names_of(row)}]

    @cached_property
    def _by_key(self) -> dict[str, dict[Any, Any]]:
        rows = {str(row.uid): row for row in self._rows if hasattr(row, "uid")}
        columns = naming_columns(next(iter(rows.values()))) if rows else frozenset()
        if not columns:
            return {}
        entries = Entry.objects.filter(target_type=self._model._meta.label_lower, action="変更")
        then = {uid: copy(row) for uid, row in rows.items()}
        found: dict[str, dict[Any, Any]] = {}
        for uid, changes in read_noted(entries.order_by("-sequence"), "target_uid", "changes"):
            if uid in then and take_back(then[uid], changes, columns):
                for name in called(then[uid]):
                    found.setdefault(match_key(name), {})[uid] = rows[uid]
        return found


def called(row: Any) -> list[str]:
    """Return the names of a row; none where it names rows that are gone."""
    with suppress(AttributeError, ObjectDoesNotExist, TypeError, ValueError):
        return [name for name in names_of(row) if name]
    return []


def naming_columns(row: Any) -> frozenset[str]:
    """Return the columns of text that the names of rows like this one are made of."""
    return frozenset(_naming(row))


def _naming(row: Any) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            marked = copy(row)
            setattr(marked, field.name, _MARK)
            if any(_MARK in name for name in called(marked)):
                yield field.name
    if hasattr(row, _ALIASES):
        yield _ALIASES


def take_back(row: Any, changes: Iterable[Mapping[str, str]], columns: Iterable[str]) -> bool:
    """Give a copy of a row what its columns held before some changes; tell whether any was theirs."""
    taken = False
    for change in changes:
        name = change["name"]
        if name in columns:
            setattr(row, name, parts_of(change["before"]) if name == _ALIASES else change["before"])
            taken = True
    return taken
