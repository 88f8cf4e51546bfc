"""Tells which rows bore a name when a workbook was exported, so that an old name means the row of then."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.former_names import FormerNames, called, naming_columns, take_back
from bcp_portal.annex.namesakes import named_by_key
from bcp_portal.annex.references import References, unnumbered
from bcp_portal.audit.models import Entry
from bcp_portal.importing.assignment import Export
from bcp_portal.ui.text import match_key

_ADDED, _DELETED, _SORTED = "追加", "削除", "並べ替え"


@dataclass
class GoneRow:
    """A row that bore names at the export and has been deleted since."""

    pk: int
    name: str
    uid: str
    row_no: int = 0
    aliases: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return self.name


class _Then(References):
    """The rows of one model by the names they bore at the export."""

    def __init__(self, model: type[models.Model], rows: list[Any]) -> None:
        super().__init__(model)
        self.targets = rows


class NamesThen:
    """The rows of all models by the names they bore when a workbook was exported."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._then: dict[type[models.Model], _Then | None] = {}
        self._before: dict[type[models.Model], FormerNames] = {}
        self._sorted: dict[type[models.Model], bool] = {}

    def others(self, references: References, name: str, now: Iterable[Any]) -> list[Any]:
        """Return the rows that a name meant at the export, where it means none of them now."""
        model = references.model
        uids = {str(getattr(row, "uid", row.pk)) for row in now}
        if not self._export.says_when:
            # From when the names are is not said: whoever bore the name once may be meant.
            known = self._before.setdefault(model, FormerNames(model, references.targets))
            return [row for row in known.bearers(name) if str(row.uid) not in uids]
        then = self._references(model)
        if then is None:
            return []
        meant = then.matching(name)
        return [] if any(str(row.uid) in uids for row in meant) else meant

    def numbered_anew(self, references: References, name: str) -> list[Any]:
        """Return the rows of today that only a number tells apart, where the numbers may be others.

        The log says that rows were moved, not which numbers they had.
        """
        bare = match_key(unnumbered(name))
        if bare == match_key(name) or not self._was_sorted(references.model):
            return []
        found = [r for r in references.targets if match_key(unnumbered(str(r))) == bare]
        return found if len(found) > 1 else []

    def _was_sorted(self, model: type[models.Model]) -> bool:
        if model not in self._sorted:
            moves = Entry.objects.filter(target_type=model._meta.label_lower, action=_SORTED)
            self._sorted[model] = moves.filter(at__gte=self._export.since).exists()
        return self._sorted[model]

    def _references(self, model: type[models.Model]) -> _Then | None:
        """Return the rows as they were called; None where none was called otherwise than now."""
        if model not in self._then:
            # Rows that name one another are asked for once.
            self._then[model] = None
            rows = self._rows(model)
            self._then[model] = None if rows is None else _Then(model, rows)
        return self._then[model]

    def _rows(self, model: type[models.Model]) -> list[Any] | None:
        if not any(each.name == "uid" for each in model._meta.concrete_fields):
            return None
        entries = Entry.objects.filter(
            at__gte=self._export.since, target_type=model._meta.label_lower
        )
        told: dict[str, list[tuple[int, str, str, list[Mapping[str, str]]]]] = {}
        columns = ("target_uid", "sequence", "action", "target_label", "changes")
        for uid, *entry in entries.order_by("-sequence").values_list(*columns):
            told.setdefault(uid, []).append((entry[0], entry[1], entry[2], entry[3]))
        named = named_by_key(model)
        stored = model._default_manager.all()
        stored = stored.select_related(*named) if named else stored
        rows = {str(row.uid): copy(row) for row in stored}  # type: ignore[attr-defined]
        quoting = self._quote(rows.values())
        if not told and not quoting:
            return None
        naming = naming_columns(next(iter(rows.values()))) if rows else frozenset()
        for uid, since in told.items():
            self._as_then(model, rows, uid, since, naming)
        kept = [r for r in rows.values() if getattr(r, "row_status", "") != RowStatus.RETIRED]
        return [row for row in kept if called(row)]

    def _as_then(
        self,
        model: type[models.Model],
        rows: dict[str, Any],
        uid: str,
        entries: Iterable[tuple[int, str, str, list[Mapping[str, str]]]],
        naming: Iterable[str],
    ) -> None:
        """Give a row back what it was called, from its last entry to its first."""
        for sequence, action, label, changes in entries:
            if action == _ADDED:
                rows.pop(uid, None)
            elif action == _DELETED:
                before = {change["name"]: change["before"] for change in changes}
                rows[uid] = GoneRow(-sequence, before.get("name") or label, uid)
                take_back(rows[uid], changes, ("aliases",))
            elif uid in rows:
                take_back(rows[uid], changes, naming)
                self._take_back_relations(model, rows[uid], changes)

    def _take_back_relations(
        self, model: type[models.Model], row: Any, changes: Iterable[Mapping[str, str]]
    ) -> None:
        statuses = {str(status.label): status.value for status in RowStatus}
        quoted = {each.name: each for each in _quoted(row)}
        for change in changes:
            name, before = change["name"], change["before"]
            if name == "row_status" and before in statuses:
                row.row_status = statuses[before]
            elif name in quoted and before:
                target = quoted[name].related_model
                then = self._references(target) or References(target)
                found = then.matching(before)
                if len(found) == 1:
                    setattr(row, name, found[0])

    def _quote(self, rows: Iterable[Any]) -> bool:
        """Let rows whose names quote others quote them as they were called; tell whether any did."""
        found = False
        for row in rows:
            for relation in _quoted(row):
                then = self._references(relation.related_model)
                target = getattr(row, relation.name, None)
                if then is None or target is None:
                    continue
                former = next((r for r in then.targets if str(r.uid) == str(target.uid)), None)
                if isinstance(former, relation.related_model):
                    setattr(row, relation.name, former)
                    found = True
        return found


def _quoted(row: Any) -> list[Any]:
    """Return the foreign keys whose rows the name of a row quotes: those it reads to be called."""
    if isinstance(row, GoneRow):
        return []
    try:
        str(row)
    except (AttributeError, ObjectDoesNotExist, TypeError, ValueError):
        return []
    keys = (row._meta.get_field(name) for name in row._state.fields_cache if name != "municipality")
    return [key for key in keys if isinstance(key, models.ForeignKey) and _is_row(key)]


def _is_row(key: Any) -> bool:
    return any(each.name == "uid" for each in key.related_model._meta.concrete_fields)
