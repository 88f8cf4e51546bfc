"""Puts checked raw rows into the database exactly as they were: only the loader does so.

Rows are saved raw (`save_base(raw=True)`), and never by their model's save() or query set. So dates
of making and changing stay, hashes stay, and records that refuse every other writing (editions,
submissions, the operation log) can be brought back. Nothing else may use this.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.archive.account_keys import stored_key
from bcp_portal.archive.contents import Model, archived_fields, key_fields, label_of

StoreFile = Callable[[Any, Mapping[str, str]], str]
"""Stores the file of a field and returns the name it was given."""


@dataclass
class Inserter:
    """One load: knows the database key of every row it has put in, by model and name."""

    store_file: StoreFile
    keys: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    municipality: Municipality | None = None
    # Later, when all rows are there: (model, key, column, uid) and (through, source, target) keys.
    pointers: list[tuple[Model, int, Any, str]] = field(default_factory=list)
    pairs: dict[Any, list[tuple[int, list[str]]]] = field(default_factory=lambda: defaultdict(list))

    def insert(self, model: Model, rows: Iterable[Mapping[str, Any]]) -> int:
        """Put in all rows of a model, whose targets are there already, and return how many."""
        fields = archived_fields(model)
        count = 0
        for raw in rows:
            self._insert_row(model, fields, raw)
            count += 1
        return count

    def connect(self) -> None:
        """Set what could not be set before all rows were there: a model's own rows, and many."""
        for model, key, model_field, uid in self.pointers:
            target = self.keys[label_of(model)][uid]
            models.QuerySet(model).filter(pk=key).update(**{model_field.attname: target})
        for relation, pairs in self.pairs.items():
            self._connect_many(relation, pairs)

    def _insert_row(self, model: Model, fields: Mapping[str, Any], raw: Mapping[str, Any]) -> None:
        row = self._new(model)
        keyed = key_fields(model)
        later = []
        many = []
        for name, value in raw.items():
            model_field = fields[name]
            if model_field.many_to_many:
                many.append((model_field, value))
            elif isinstance(model_field, models.ForeignKey):
                key = self._key(model_field, value)
                setattr(row, model_field.attname, key)
                if value and key is None:
                    later.append((model_field, value))
            elif name in keyed:
                setattr(row, name, stored_key(value, self.keys[label_of(User)]))
            else:
                setattr(row, name, self._value(model_field, value))
        row.save_base(raw=True, force_insert=True)
        self._remember(model, row, raw)
        self.pointers += [(model, row.pk, *each) for each in later]
        for relation, names in many:
            if names:
                self.pairs[relation].append((row.pk, names))

    def _new(self, model: Model) -> Any:
        if model is User:
            return User(password=make_password(None))
        return model() if model is Municipality else model(municipality=self.municipality)

    def _remember(self, model: Model, row: Any, raw: Mapping[str, Any]) -> None:
        if model is Municipality:
            self.municipality = row
            return
        name = raw.get("username" if model is User else "uid")
        if name is not None:
            self.keys[label_of(model)][name] = row.pk

    def _key(self, model_field: Any, name: str | None) -> int | None:
        """Return the key of a row; None for a row of the same model that comes further below."""
        return self.keys[label_of(model_field.related_model)].get(name) if name else None

    def _value(self, model_field: Any, value: Any) -> Any:
        if isinstance(model_field, models.FileField):
            return self.store_file(model_field, value) if value else ""
        return model_field.to_python(value)

    def _connect_many(self, relation: Any, pairs: list[tuple[int, list[str]]]) -> None:
        through = relation.remote_field.through
        source, target = relation.m2m_column_name(), relation.m2m_reverse_name()
        keys = self.keys[label_of(relation.related_model)]
        models.QuerySet(through).bulk_create(
            [
                through(**{source: key, target: keys[name]})
                for key, names in pairs
                for name in names
            ],
            batch_size=500,
        )
