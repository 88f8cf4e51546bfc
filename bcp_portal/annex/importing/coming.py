"""Lets a line of a file name a row that the same file adds, before anything of it is saved."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from bcp_portal.annex.importing.cell_values import CellError, typed_text
from bcp_portal.annex.importing.sources import Cell
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.references import ReferencePool, References
from bcp_portal.annex.sheet import Item
from bcp_portal.ui.text import match_key

MakeRow = Callable[[], Any]
_REFERENCES = (Kind.REFERENCE, Kind.REFERENCES)


class ComingRows:
    """The rows that a file adds or renames, by model and name; each is made when it is asked for.

    Such a row has a negative key, so that nothing in the database is ever taken for it.
    """

    def __init__(self) -> None:
        self._by_model: dict[type[models.Model], dict[str, MakeRow]] = {}
        self._made: dict[tuple[type[models.Model], str], Any] = {}

    def add(self, model: type[models.Model], name: str, make: MakeRow) -> None:
        """Enter a row under a name; of two lines with one name the first counts."""
        if name:
            self._by_model.setdefault(model, {}).setdefault(match_key(name), make)

    def find(self, model: type[models.Model], name: str) -> Any:
        """Return the row of this name, or None."""
        key = match_key(name)
        make = self._by_model.get(model, {}).get(key)
        if make is None:
            return None
        if (model, key) not in self._made:
            self._made[model, key] = make()
        return self._made[model, key]


class ComingReferences(References):
    """The stored rows of one model, and behind them those the file brings."""

    def __init__(self, model: type[models.Model], coming: ComingRows) -> None:
        super().__init__(model)
        self._coming = coming

    def find(self, text: str) -> Any:
        """Return the one row of this name; ValueError says in Japanese why there is none."""
        try:
            return super().find(text)
        except ValueError:
            found = self._coming.find(self.model, text)
            if found is None:
                raise
            return found


class ImportPool(ReferencePool):
    """Rows by name and form fields, each made once for all lines of a file."""

    def __init__(self, coming: ComingRows) -> None:
        super().__init__()
        self._coming = coming
        self._references: dict[type[models.Model], ComingReferences] = {}
        self._fields: dict[int, Any] = {}

    def of(self, model: type[models.Model]) -> References:
        if model not in self._references:
            self._references[model] = ComingReferences(model, self._coming)
        return self._references[model]

    def field_of(self, making: Any, make: Callable[[Any], Any]) -> Any:
        """Return the field of a column; only where it depends on the row is it made for each."""
        item: Item = making.item
        if making.current and _depends_on_row(item, making.current):
            return make(making)
        if id(item) not in self._fields:
            self._fields[id(item)] = make(making)
        return self._fields[id(item)]


def _depends_on_row(item: Item, current: Any) -> bool:
    """Tell whether a field offers what only this row has: what it names, or a choice that is gone."""
    if item.column.kind is Kind.CHOICE:
        return current not in {code for code, _ in item.column.choices}
    return item.column.kind in _REFERENCES


def names_in(
    model: type[models.Model], items: Mapping[str, Item], cells: Mapping[str, Cell]
) -> list[str]:
    """Return what a row with these cells would be called: its name, then its other names."""
    row: Any = model()
    for name, item in items.items():
        kind = item.column.kind
        if kind in (Kind.TEXT, Kind.LONG_TEXT) and cells.get(name) is not None:
            try:
                setattr(row, name, typed_text(cells[name], kind).strip())
            except CellError:
                continue
    try:
        names = [str(row)]
    except (ObjectDoesNotExist, AttributeError, TypeError, ValueError):
        return []
    aliases = cells.get("aliases") if "aliases" in items else None
    return [*names, *(aliases.split("、") if isinstance(aliases, str) else ())]
