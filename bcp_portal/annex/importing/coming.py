"""Lets a line of a file name a row that the same file adds, before anything of it is saved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.namesakes import is_same, labels_of
from bcp_portal.annex.references import (
    ReferencePool,
    References,
    holds_separator,
    names_of,
    only_without_number,
    unnumbered,
)
from bcp_portal.annex.sheet import Item
from bcp_portal.ui.text import match_key

MakeRow = Callable[[], "ComingRow"]
_REFERENCES = (Kind.REFERENCE, Kind.REFERENCES)


@dataclass(frozen=True)
class ComingRow:
    """A row as its line says it is called, and the row that whoever names it gets.

    They differ where the line renames a stored row.
    """

    called: Any
    row: Any


@dataclass
class _Register:
    """The coming rows of one model: those without a name yet, and the others by their names."""

    waiting: list[MakeRow] = field(default_factory=list)
    by_key: dict[str, list[ComingRow]] = field(default_factory=dict)
    by_unnumbered: dict[str, list[ComingRow]] = field(default_factory=dict)
    with_separator: list[str] = field(default_factory=list)
    namesakes: set[str] = field(default_factory=set)
    busy: bool = False
    tried_at: int = -1


class ComingRows:
    """The rows that a file adds or renames, by model and name; named when one is looked for.

    The name of a row may hold the name of another. So rows are named in rounds, until a round
    names none; what is left then names a row that is nowhere, or itself.
    """

    def __init__(self) -> None:
        self._registers: dict[type[models.Model], _Register] = {}
        self._named = 0

    def add(self, model: type[models.Model], make: MakeRow) -> None:
        """Enter a row, to be made when a row of its model is looked for."""
        self._registers.setdefault(model, _Register()).waiting.append(make)

    def find(self, model: type[models.Model], name: str) -> list[ComingRow]:
        """Return the rows of this name, as References.matching does."""
        register = self._filled(model)
        found = register.by_key.get(match_key(name))
        return found or only_without_number(name, register.by_unnumbered)

    def names_with_separator(self, model: type[models.Model]) -> list[str]:
        return self._filled(model).with_separator

    def labelled(self, model: type[models.Model], label: str) -> ComingRow | None:
        """Return that one of several rows with one name which this label tells from the others."""
        register, wanted = self._filled(model), match_key(label)
        for key in register.namesakes:
            # Cheaper than the labels of all of them, for a name that may be nowhere.
            if wanted.startswith(key):
                rows = register.by_key[key]
                labels = map(match_key, labels_of([each.called for each in rows]))
                found = dict(zip(labels, rows, strict=True)).get(wanted)
                if found:
                    return found
        return None

    def _filled(self, model: type[models.Model]) -> _Register:
        register = self._registers.setdefault(model, _Register())
        # Whoever is being named and looks for another of the kind sees those that have a name.
        if not register.busy:
            register.busy = True
            while register.waiting and register.tried_at != self._named:
                register.tried_at = self._named
                register.waiting = [m for m in register.waiting if not self._enter(register, m)]
            register.busy = False
        return register

    def _enter(self, register: _Register, make: MakeRow) -> bool:
        coming = make()
        try:
            names = [name for name in names_of(coming.called) if name]
        except (AttributeError, ObjectDoesNotExist, TypeError, ValueError):
            return False
        bare = [unnumbered(name) for name in names]
        for name in {match_key(each) for each in bare} - {match_key(each) for each in names}:
            register.by_unnumbered.setdefault(name, []).append(coming)
        for key in {match_key(name) for name in names}:
            rows = register.by_key.setdefault(key, [])
            # A row that stands there twice is refused the second time.
            if not any(is_same(coming.called, other.called) for other in rows):
                rows.append(coming)
            if len(rows) > 1:
                register.namesakes.add(key)
        register.with_separator += filter(holds_separator, names)
        self._named += 1
        return True


class ComingReferences(References):
    """The stored rows of one model, and behind them those the file brings."""

    def __init__(self, model: type[models.Model], coming: ComingRows) -> None:
        super().__init__(model)
        self._coming = coming

    def matching(self, text: str) -> list[Any]:
        """Return the rows of this name, or the one with this label."""
        found = super().matching(text)
        if not found:
            found = [each.row for each in self._coming.find(self.model, text)]
        if not found:
            labelled = self._coming.labelled(self.model, text)
            found = [labelled.row] if labelled else []
        return found

    def label(self, target: Any) -> str:
        """Return the name under which this row can be chosen, stored or coming."""
        if target.pk > 0:
            return super().label(target)
        namesakes = [each.called for each in self._coming.find(self.model, str(target))]
        places = [row.pk for row in namesakes]
        if len(namesakes) < 2 or target.pk not in places:
            return str(target)
        return labels_of(namesakes)[places.index(target.pk)]

    @property
    def names_with_separator(self) -> list[str]:
        """The names that hold a separator themselves, stored or coming, the longest first."""
        coming = self._coming.names_with_separator(self.model)
        stored = super().names_with_separator
        return sorted([*stored, *coming], key=len, reverse=True) if coming else stored


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
