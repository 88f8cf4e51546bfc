"""Lets every query read frozen rows for a while, as if they were the working copy.

Tables, figures, phrases and matrices are built by queries. So what an edition prints is built by
the very same functions, from the rows of that edition, and cannot say anything else. The rows lie
in temporary tables, which both databases find before the stored tables of the same name. No stored
row is touched or locked: others read and write meanwhile as ever. All of it is rolled back at the
end, whatever happens.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction

from bcp_portal.accounts.consistent_reads import reading_mode
from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ChoiceSetting, ColumnSetting
from bcp_portal.annex.raw_rows import RawRow, read_raw
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.phrases.models import OwnPlaceholder, PlaceholderValue

Model = type[models.Model]
_SQLITE = "CREATE TEMP TABLE {name} AS SELECT * FROM main.{name} WHERE 0"
_POSTGRES = "CREATE TEMP TABLE {name} (LIKE {name} INCLUDING DEFAULTS)"


@contextmanager
def laid_rows(
    municipality: Municipality, rows: Mapping[str, Any], working: Mapping[str, Any]
) -> Iterator[None]:
    """Let queries within read `rows` of an edition; `working` are the rows stored now.

    Must run inside the municipality's scope. Nothing may be written within: it would be lost.
    """
    stored = dict(_by_model(working))
    wanted = [
        (model, raws)
        for model, raws in _by_model(rows)
        if list(raws) != list(stored.get(model, ()))
    ]
    # SQLite has one writer, and it is not this one: temporary tables lie in a database of their own.
    with reading_mode(connection), transaction.atomic():
        try:
            if wanted:
                _Laying(municipality, [model for model, _ in wanted]).lay(wanted)
            yield
        finally:
            transaction.set_rollback(True)


def _by_model(rows: Mapping[str, Any]) -> Iterator[tuple[Model, Sequence[RawRow]]]:
    """Yield what frozen rows hold of each model; what an old release did not freeze is not named."""
    if rows.get("plan"):
        yield Plan, [rows["plan"]]
    yield (
        Chapter,
        [{**raw, "plan": (rows.get("plan") or {}).get("uid")} for raw in rows["chapters"]],
    )
    for spec in registry.specs():
        yield spec.model, rows["tables"].get(spec.code, ())
    phrases, settings = rows.get("phrases"), rows.get("settings")
    if phrases:
        yield OwnPlaceholder, phrases["own"]
        yield PlaceholderValue, phrases["values"]
    if settings:
        yield AnnexSetting, settings["annexes"]
        yield ColumnSetting, settings["columns"]
        yield ChoiceSetting, settings["choices"]


@dataclass
class _Laying:
    """One laying: knows the key of every row, stored ones by their own, others by a free one."""

    municipality: Municipality
    laid: Sequence[Model]
    _keys: dict[Model, dict[str, int]] = field(default_factory=dict)

    def lay(self, wanted: Sequence[tuple[Model, Sequence[RawRow]]]) -> None:
        for model, raws in wanted:
            self._give_keys(model, raws)
        for model in self.laid:
            for relation in model._meta.get_fields():
                if relation.is_relation and not relation.auto_created and relation.related_model:
                    self._keys_of(relation.related_model)
        for model, _ in wanted:
            _hide(model._meta.db_table)
            for many in model._meta.many_to_many:
                through: Any = many.remote_field.through
                _hide(through._meta.db_table)
        for model, raws in wanted:
            for count, raw in enumerate(raws, 1):
                self._put(model, raw, count)

    def _keys_of(self, model: Model) -> dict[str, int]:
        if model not in self._keys:
            name = "username" if model is get_user_model() else "uid"
            has_name = any(each.name == name for each in model._meta.concrete_fields)
            found = models.QuerySet(model).values_list(name, "pk") if has_name else ()
            self._keys[model] = {str(uid): key for uid, key in found}
        return self._keys[model]

    def _give_keys(self, model: Model, raws: Sequence[RawRow]) -> None:
        keys = self._keys_of(model)
        free = max(keys.values(), default=0)
        for raw in raws:
            if "uid" in raw and raw["uid"] not in keys:
                free += 1
                keys[raw["uid"]] = free

    def _find(self, model: Model, name: str) -> models.Model | None:
        key = self._keys_of(model).get(name)
        return model(pk=key) if key is not None else None

    def _put(self, model: Model, raw: RawRow, count: int) -> None:
        read = read_raw(model, raw, self._find)
        row: Any = model(pk=self._keys_of(model).get(raw.get("uid", ""), count))
        row.municipality_id = self.municipality.pk
        for name, value in read.values.items():
            target = model._meta.get_field(name)
            if isinstance(target, models.ForeignKey):
                if value is None and not target.null:
                    return
                setattr(row, target.attname, value.pk if value else None)
            else:
                setattr(row, name, value)
        for name, frozen in read.files.items():
            setattr(row, name, frozen.get("name", ""))
        row.save_base(raw=True, force_insert=True)
        for name, targets in read.many.items():
            _connect(row, model._meta.get_field(name), targets)


def _connect(row: Any, relation: Any, targets: Sequence[models.Model]) -> None:
    through = relation.remote_field.through
    source, target = relation.m2m_column_name(), relation.m2m_reverse_name()
    first = row.pk * 10_000
    for count, other in enumerate(targets):
        pair = through(pk=first + count, **{source: row.pk, target: other.pk})
        pair.save_base(raw=True, force_insert=True)


def _hide(table: str) -> None:
    """Put an empty temporary table before the stored one."""
    name = connection.ops.quote_name(table)
    sql = _SQLITE if connection.vendor == "sqlite" else _POSTGRES
    with connection.cursor() as cursor:
        cursor.execute(sql.format(name=name))
