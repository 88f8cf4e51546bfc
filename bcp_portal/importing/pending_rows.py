"""Finds rows by the names they will bear when a file is saved, before anything of it is."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.former_names import names_of
from bcp_portal.annex.namesakes import is_same, labels_of
from bcp_portal.annex.references import (
    ReferencePool,
    References,
    holds_separator,
    only_without_number,
    unnumbered,
)
from bcp_portal.annex.shared_fields import SharedFields
from bcp_portal.ui.text import match_key

TARGET_REFUSED = "この行が指す「{}」の行が取り込めないため、取り込めません。"
RENAMED = "「{}」は、このファイルで「{}」に名称が変わります。変わった後の名称で書いてください。"
MakeRow = Callable[[], "ComingRow | None"]


@dataclass(frozen=True)
class ComingRow:
    """A row as it will be called when the file is saved, and the row that whoever names it gets.

    They differ where a line renames a stored row.
    """

    called: Any
    row: Any


@dataclass
class _Register:
    """The rows of one model after the import: those without a name yet, and the others by names."""

    lines: list[MakeRow] = field(default_factory=list)
    waiting: list[ComingRow] | None = None
    by_key: dict[str, list[ComingRow]] = field(default_factory=dict)
    by_unnumbered: dict[str, list[ComingRow]] = field(default_factory=dict)
    by_pk: dict[Any, ComingRow] = field(default_factory=dict)
    with_separator: list[str] = field(default_factory=list)
    namesakes: set[str] = field(default_factory=set)
    busy: bool = False
    tried_at: int = -1


class ComingRows:
    """The rows of the tables a file fills as they will be, by model and name.

    A name means the row that bears it after the import: rows that no line means keep theirs, and
    each line gives its row the name it says. The name of a row may hold the name of another. So
    rows are named in rounds, until a round names none; what is left then names a row that is
    nowhere, or itself, so its line will be refused: where it is stored it keeps its name.
    """

    def __init__(
        self, stored: Callable[[type[models.Model]], Iterable[Any]] = lambda _: ()
    ) -> None:
        """`stored` returns the rows of a model that may be named."""
        self._registers: dict[type[models.Model], _Register] = {}
        self._stored = stored
        self._lost: set[tuple[type[models.Model], str]] = set()
        self._named = 0

    def add(self, model: type[models.Model], make: MakeRow) -> None:
        """Enter a line, whose row is made when a row of its model is looked for."""
        self._registers.setdefault(model, _Register()).lines.append(make)

    def holds(self, model: type[models.Model]) -> bool:
        """Tell whether lines of the file mean rows of this model."""
        return model in self._registers

    def lose(self, model: type[models.Model], row: Any) -> None:
        """Remember the name of a row that the file would give, were its line not refused."""
        with suppress(AttributeError, ObjectDoesNotExist, TypeError, ValueError):
            self._lost |= {(model, match_key(name)) for name in names_of(row) if name}

    def is_lost(self, model: type[models.Model], name: str) -> bool:
        """Tell whether only a refused line bears this name."""
        return (model, match_key(name)) in self._lost

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

    def label(self, model: type[models.Model], target: Any) -> str:
        """Return the name under which this row can be chosen after the import."""
        register = self._filled(model)
        coming = register.by_pk.get(target.pk)
        if coming is None:
            return str(target)
        name = str(coming.called)
        rows = register.by_key.get(match_key(name), [])
        places = [each.row.pk for each in rows]
        if len(rows) < 2 or target.pk not in places:
            return name
        return labels_of([each.called for each in rows])[places.index(target.pk)]

    def _filled(self, model: type[models.Model]) -> _Register:
        register = self._registers.setdefault(model, _Register())
        # Whoever is being named and looks for another of the kind sees those that have a name.
        if not register.busy:
            register.busy = True
            if register.waiting is None:
                self._begin(model, register)
            while register.waiting and register.tried_at != self._named:
                register.tried_at = self._named
                register.waiting = [c for c in register.waiting if not self._enter(register, c)]
            for coming in register.waiting or ():
                if not is_new(coming.row):
                    self._enter(register, ComingRow(coming.row, coming.row))
            register.waiting = []
            register.busy = False
        return register

    def _begin(self, model: type[models.Model], register: _Register) -> None:
        """Name the stored rows that no line means, and let the lines wait for their names."""
        made = [coming for coming in (make() for make in register.lines) if coming]
        meant = {getattr(coming.row, "pk", None) for coming in made}
        for row in self._stored(model):
            if row.pk not in meant:
                self._enter(register, ComingRow(row, row))
        register.waiting = made

    def _enter(self, register: _Register, coming: ComingRow) -> bool:
        try:
            if _is_retired(coming.called):
                return True
            names = [name for name in names_of(coming.called) if name]
        except (AttributeError, ObjectDoesNotExist, TypeError, ValueError):
            return False
        bare = [unnumbered(name) for name in names]
        for name in {match_key(each) for each in bare} - {match_key(each) for each in names}:
            register.by_unnumbered.setdefault(name, []).append(coming)
        for key in {match_key(name) for name in names}:
            rows = register.by_key.setdefault(key, [])
            if not any(_is_twice(coming, other) for other in rows):
                rows.append(coming)
            if len(rows) > 1:
                register.namesakes.add(key)
        register.by_pk.setdefault(getattr(coming.row, "pk", None), coming)
        register.with_separator += filter(holds_separator, names)
        self._named += 1
        return True


def is_new(row: Any) -> bool:
    """Tell whether a row is one that the file adds, so that nothing in the database stands for it."""
    return getattr(row, "pk", None) is None or row.pk < 0


def _is_twice(coming: ComingRow, other: ComingRow) -> bool:
    """Tell whether a row stands in the file twice, so that it is refused the second time."""
    if coming.row is other.row:
        return True
    one_is_new = is_new(coming.row) or is_new(other.row)
    return one_is_new and is_same(coming.called, other.called)


def _is_retired(row: Any) -> bool:
    return getattr(row, "row_status", None) == RowStatus.RETIRED


class ComingReferences(References):
    """The rows of one model by the names they will bear when the file is saved."""

    def __init__(self, model: type[models.Model], coming: ComingRows) -> None:
        super().__init__(model)
        self._coming = coming

    def bearers(self, text: str) -> list[Any]:
        """Return the rows that will bear this name, or the one that will have this label."""
        found = [each.row for each in self._coming.find(self.model, text)]
        if not found:
            labelled = self._coming.labelled(self.model, text)
            found = [labelled.row] if labelled else []
        return found

    def matching(self, text: str) -> list[Any]:
        """Return the rows that will bear this name."""
        held = self._coming.holds(self.model)
        return self.bearers(text) if held else super().matching(text)

    def find(self, text: str) -> Any:
        """Return the one row that will bear this name; ValueError says in Japanese why there is none."""
        if self._coming.holds(self.model) and not self.bearers(text):
            if self._coming.is_lost(self.model, text):
                raise ValueError(TARGET_REFUSED.format(text))
            renamed = [self.label(row) for row in self._before.matching(text)]
            if len(renamed) == 1 and match_key(renamed[0]) != match_key(text):
                raise ValueError(RENAMED.format(text, renamed[0]))
        return super().find(text)

    @property
    def may_change(self) -> bool:
        """Tell whether lines of the file mean rows of this model, and may call them otherwise."""
        return self._coming.holds(self.model)

    def means_another(self, text: str, current: Any) -> bool:
        """Tell whether a name that stood for the current row will be that of another one."""
        if not self._coming.holds(self.model):
            return False
        if match_key(self.label(current)) == match_key(text):
            return False
        bearers = self.bearers(text)
        return bool(bearers) and all(row.pk != current.pk for row in bearers)

    def label(self, target: Any) -> str:
        """Return the name under which this row can be chosen when the file is saved."""
        if not self._coming.holds(self.model):
            return super().label(target)
        return self._coming.label(self.model, target)

    @cached_property
    def labels_by_uid(self) -> dict[str, str]:
        """The labels of stored rows that share a name, by uid: as an export calls them now."""
        return self._before.labels_by_uid

    @cached_property
    def names_with_separator(self) -> list[str]:
        """The names that hold a separator themselves, before or after, the longest first."""
        before = self._before.names_with_separator
        if not self._coming.holds(self.model):
            return before
        after = self._coming.names_with_separator(self.model)
        return sorted({*before, *after}, key=len, reverse=True)

    @cached_property
    def _before(self) -> References:
        """The stored rows by the names they bear now."""
        before = References(self.model)
        before.targets = self.targets
        return before


class ImportPool(ReferencePool):
    """Rows by name and form fields, each made once for all lines of a file."""

    def __init__(self) -> None:
        super().__init__()
        self.coming = ComingRows(lambda model: self.of(model).targets)
        self._references: dict[type[models.Model], ComingReferences] = {}
        self._fields = SharedFields()

    def of(self, model: type[models.Model]) -> ComingReferences:
        if model not in self._references:
            self._references[model] = ComingReferences(model, self.coming)
        return self._references[model]

    def field_of(self, making: Any, make: Callable[[Any], Any]) -> Any:
        """Return the field of a column; only where it depends on the row is it made for each."""
        item = making.item
        if item.column.kind.names_rows and self.coming.holds(item.model_field.related_model):
            # What a name stood for is no answer where the file renames rows.
            making = making._replace(current=None)
        return self._fields.of(making, make)
