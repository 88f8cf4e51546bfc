"""Keeps in the log, by column, a hash of what a write left in a record, so that a value changed behind it is found.

The texts of an entry are made for people: a renamed row or another style of dates changes them. The
hash is of the value itself, and rows are named in it by what they are called in every database.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

_HASH_SIGNS = 24  # 96 bits a value: nobody finds another one with the same
# Made once: an import hashes thousands of values.
_AS_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_BLANK: tuple[Any, ...] = ("", None, [], {}, ())

Value = Any
"""Plain JSON; all blank values count as the same."""
NOT_TOLD = object()
"""Stands for a value that is not this municipality's to tell."""


@dataclass(frozen=True)
class ToldKind:
    """How the log tells of records of one model.

    `key` names a record in every database; `title` and `call` say in Japanese which it is. `columns`
    are those that it tells, with what people call them; of the `personal` ones no value is repeated.
    `value` reads one of a record, `text` as people read it. `read` returns all records of the
    municipality in scope with what they name, in few queries. `went_rightly` tells of a key whose record
    is gone whether it may be, though no entry says so.
    """

    model: type[models.Model]
    key: Callable[[Any], str]
    title: str
    columns: Mapping[str, str]
    value: Callable[[Any, str], Value]
    read: Callable[[], Iterable[Any]]
    text: Callable[[Any, str], str] = lambda record, name: ""
    personal: frozenset[str] = frozenset()
    call: Callable[[Any], str] = str
    went_rightly: Callable[[str], bool] = lambda key: False

    @property
    def code(self) -> str:
        return self.model._meta.label_lower

    def place(self, record: Any, label: str = "") -> str:
        """Return which record it is, as people call it."""
        name = label or self.call(record)
        return f"{self.title}「{name}」" if name else self.title


@dataclass(frozen=True)
class Told:
    """What an entry tells of a record as it is stored now: these columns, or all of them.

    `values` and `label` spare reading them again.
    """

    record: models.Model
    names: Collection[str] | None = None
    values: Mapping[str, Value] | None = None
    label: str = ""


class ToldRegistry:
    """The kinds of records whose values the log keeps; each room brings its own."""

    def __init__(self) -> None:
        self._sources: list[Callable[[], Iterable[ToldKind]]] = []
        self._kinds: dict[str, ToldKind] = {}

    def register(self, source: Callable[[], Iterable[ToldKind]]) -> None:
        """Take a source of kinds; it is asked when the first entry is written, after all rooms are loaded."""
        self._sources.append(source)
        self._kinds.clear()

    def kinds(self) -> Mapping[str, ToldKind]:
        """Return all kinds by 'app.model'."""
        if not self._kinds:
            self._kinds.update({kind.code: kind for source in self._sources for kind in source()})
        return self._kinds

    def kind_of(self, record: models.Model) -> ToldKind | None:
        return self.kinds().get(record._meta.label_lower)


told_registry = ToldRegistry()


def told_json(told: Told) -> dict[str, Any] | None:
    """Return what the log keeps of a record, or None where it keeps nothing of its kind."""
    kind = told_registry.kind_of(told.record)
    if kind is None:
        return None
    names = kind.columns if told.names is None else [n for n in told.names if n in kind.columns]
    if not names:
        return None
    key = kind.key(told.record)
    read = told.values if told.values is not None else _read(kind, told.record, names)
    values = {
        name: value_hash(kind, key, name, read[name])
        for name in names
        if name in read and read[name] is not NOT_TOLD
    }
    place = kind.place(told.record, told.label)
    return {"kind": kind.code, "key": key, "place": place, "values": values}


def gone_json(record: models.Model, label: str) -> dict[str, Any] | None:
    """Return what the log keeps of a record that is taken out: that there is none."""
    kind = told_registry.kind_of(record)
    if kind is None:
        return None
    return {
        "kind": kind.code,
        "key": kind.key(record),
        "place": kind.place(record, label),
        "values": None,
    }


def value_hash(kind: ToldKind, key: str, name: str, value: Value) -> str:
    """Return the hash (hex) of one value of one record, '' for a blank one."""
    if value in _BLANK:
        return ""
    said = _AS_JSON.encode([kind.code, key, name, value])
    return hashlib.sha256(said.encode()).hexdigest()[:_HASH_SIGNS]


def plain_value(record: Any, name: str) -> Value:
    """Return a field of a record as plain JSON; a record that it names by what the log calls that."""
    value = getattr(record, name)
    if isinstance(value, models.Model):
        return str(getattr(value, "log_uid", None) or getattr(value, "uid", value.pk))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def kind_of_fields(
    model: type[models.Model],
    title: str,
    key: Callable[[Any], str],
    names: Iterable[str],
    *,
    call: Callable[[Any], str] = str,
    text: Callable[[Any, str], str] = lambda record, name: str(getattr(record, name)),
    related: Collection[str] = (),
    personal: frozenset[str] = frozenset(),
) -> ToldKind:
    """Return how the log tells of records by these fields, each as it is stored.

    `related` are the records that key or fields need, to be read in the same query.
    """
    return ToldKind(
        model,
        key=key,
        title=title,
        call=call,
        columns=labels_of(model, *names),
        value=plain_value,
        text=text,
        read=lambda: model._default_manager.order_by("pk").select_related(*related),
        personal=personal,
    )


def labels_of(model: type[models.Model], *names: str) -> dict[str, str]:
    """Return what people call the fields of a model."""
    return {name: str(model._meta.get_field(name).verbose_name) for name in names}  # type: ignore[union-attr]


def _read(kind: ToldKind, record: Any, names: Iterable[str]) -> dict[str, Value]:
    return {name: kind.value(record, name) for name in names}
