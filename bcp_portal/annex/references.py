"""Finds the rows of another table by the names people type, after name matching."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from django.db import models

from bcp_portal.accounts.models import Person
from bcp_portal.accounts.reading_order import by_reading
from bcp_portal.accounts.rows import Row, RowStatus
from bcp_portal.annex.former_names import NOW_CALLED, FormerNames, names_of
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.namesakes import labels_of, named_by_key
from bcp_portal.annex.near_names import NearNames
from bcp_portal.annex.sheet import Item
from bcp_portal.ui.text import match_key, shortened, whole_number

_SEPARATORS = re.compile(r"[、;；\n]+")
_SHOWN_KEY = 20
_MOST_TOLD = 3
NO_SUCH_NUMBER = "「{text}」の番号の{label}は、今はありません。その名称の{label}は{names}です。"
_NUMBER = re.compile(r"（[^（）]*No\.\d+）$")


class References:
    """The rows of one model in scope, read once and looked up by name or alias."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model

    @cached_property
    def targets(self) -> list[Any]:
        """All rows that may be chosen: people in 五十音順, everything else in printed order."""
        named = named_by_key(self.model)
        rows = self.model._default_manager.all()
        # Without a name it would join every row that is named at all.
        rows = rows.select_related(*named) if named else rows
        if issubclass(self.model, Row):
            rows = rows.exclude(row_status=RowStatus.RETIRED).order_by("row_no", "pk")
            return (
                by_reading(cast("Iterable[Person]", rows)) if self.model is Person else list(rows)
            )
        return list(rows)

    @cached_property
    def _by_key(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for target in self.targets:
            for name in {match_key(name) for name in names_of(target)}:
                found.setdefault(name, []).append(target)
        return found

    @cached_property
    def _by_label(self) -> dict[str, Any]:
        return {match_key(self.label(target)): target for target in self.targets}

    @cached_property
    def namesakes(self) -> dict[Any, str]:
        """The labels of rows that share a name, by key."""
        labels: dict[Any, str] = {}
        for rows in self._by_key.values():
            if len(rows) > 1:
                keys = (row.pk for row in rows)
                labels |= dict(zip(keys, labels_of(rows), strict=True))
        return labels

    @cached_property
    def labels_by_uid(self) -> dict[str, str]:
        """The labels of rows that share a name, by uid."""
        named = {row.pk: str(row.uid) for row in self.targets if hasattr(row, "uid")}
        return {named[pk]: label for pk, label in self.namesakes.items() if pk in named}

    def label(self, target: Any) -> str:
        """Return the name under which this row can be chosen; namesakes carry a mark of their own."""
        return self.namesakes.get(target.pk) or str(target)

    def gone(self, key: str) -> str:
        """Return how to call a row that cannot be chosen: its name while it exists here, else its number."""
        found = self._stored(key)
        return str(found) if found is not None else f"番号{shortened(key, _SHOWN_KEY)}"

    def _stored(self, key: str) -> Any:
        return self.model._default_manager.filter(pk=whole_number(key)).first()

    @cached_property
    def names(self) -> list[str]:
        """The distinct names offered to the person, in the order of `targets`."""
        return list(dict.fromkeys(self.label(target) for target in self.targets))

    @cached_property
    def names_with_separator(self) -> list[str]:
        """The names that hold a separator themselves, the longest first.

        Namesakes have labels; a person may still write the bare name, or another name of a row.
        """
        bare = (name for target in self.targets for name in names_of(target))
        names = [name for name in {*self.names, *bare} if holds_separator(name)]
        return sorted(names, key=lambda name: (-len(name), name))

    @cached_property
    def _by_unnumbered(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for target in self.targets:
            name = str(target)
            if unnumbered(name) != name:
                found.setdefault(match_key(unnumbered(name)), []).append(target)
        return found

    @cached_property
    def _by_former_name(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for target in self.targets:
            for name in getattr(target, "former_names", ()):
                found.setdefault(match_key(name), []).append(target)
        return found

    @cached_property
    def _near_names(self) -> NearNames:
        return NearNames((n, self.label(each)) for each in self.targets for n in names_of(each))

    @cached_property
    def called_before(self) -> FormerNames:
        """The rows by the names they bore before."""
        return FormerNames(self.model, self.targets)

    def _said_of_renamed(self, text: str) -> str:
        """Say in Japanese how the rows are called now that bore this name before; or ''."""
        names = [f"「{self.label(row)}」" for row in self.called_before.bearers(text)[:_MOST_TOLD]]
        label = str(self.model._meta.verbose_name)
        return NOW_CALLED.format(old=text, new="や".join(names), label=label) if names else ""

    def _said_of_renumbered(self, text: str) -> str:
        """Say in Japanese which rows there are of a name, where none has the number; or ''."""
        bare = match_key(unnumbered(text))
        rows = [r for r in self.targets if match_key(unnumbered(str(r))) == bare]
        if bare == match_key(text) or not rows:
            return ""
        names = "".join(f"「{self.label(row)}」" for row in rows[:_MOST_TOLD])
        return NO_SUCH_NUMBER.format(text=text, label=self.model._meta.verbose_name, names=names)

    def matching(self, text: str) -> list[Any]:
        """Return the rows of this name, or the one with this label.

        A number that some names carry may be wrong or missing where the rest names one row.
        """
        key = match_key(text)
        if key in self._by_label:
            return [self._by_label[key]]
        return (
            self._by_key.get(key)
            or self._by_former_name.get(key)
            or only_without_number(text, self._by_unnumbered)
        )

    def find(self, text: str) -> Any:
        """Return the one row of this name; ValueError says in Japanese why there is none."""
        found = self.matching(text)
        label = self.model._meta.verbose_name
        if not found:
            if said := self._said_of_renamed(text) or self._said_of_renumbered(text):
                raise ValueError(said)
            advice = self._near_names.advice(text)
            raise ValueError(f"「{text}」は{label}に登録されていません。{advice}")
        if len(found) > 1:
            raise ValueError(
                f"「{text}」は{label}に{len(found)}件あります。"
                f"「{self.label(found[0])}」のように、どれかが分かるように書いてください。"
            )
        return found[0]

    def find_many(self, text: str) -> list[Any]:
        """Return the rows named in a text; names are separated by 「、」 or line breaks."""
        return list(dict.fromkeys(self.find(part) for part in self.parts(text)))

    def parts(self, text: str) -> list[str]:
        """Return the names in a text that may hold several."""
        whole, rest = [], text
        for name in self.names_with_separator:
            if name in rest:
                whole.append(name)
                rest = rest.replace(name, "、")
        parts = [part.strip() for part in _SEPARATORS.split(rest) if part.strip()]
        if len(parts) > 1 and not whole and self._was_a_name(text, parts):
            return [text.strip()]
        return [*whole, *parts]

    def _was_a_name(self, text: str, parts: Sequence[str]) -> bool:
        """Tell whether a text that names no rows of today is the one name that a row bore before."""
        if all(self.matching(part) for part in parts):
            return False
        return bool(self.called_before.bearers(text.strip()))


def holds_separator(name: str) -> bool:
    """Tell whether a name holds a sign that parts names in a list of them."""
    return bool(_SEPARATORS.search(name))


def unnumbered(name: str) -> str:
    """Return a name without the number of its row: 総務課長（様式9のNo.3） is 総務課長."""
    return _NUMBER.sub("", name)


def only_without_number(text: str, by_unnumbered: Mapping[str, list[Any]]) -> list[Any]:
    """Return what a text names but for its number; nothing where only the number could tell."""
    found = by_unnumbered.get(match_key(unnumbered(text)), [])
    return found if len(found) == 1 or unnumbered(text) == text else []


def labelled(
    items: Sequence[Item], rows: Sequence[dict[str, CellValue]], pool: "ReferencePool"
) -> list[dict[str, CellValue]]:
    """Return the cells of rows so that they call namesakes by the label under which each is chosen."""
    labels: dict[str, dict[str, str]] = {}
    for item in items:
        if item.column.kind.names_rows and item.editable:
            found = pool.of(item.model_field.related_model).labels_by_uid
            labels |= {item.name: found} if found else {}
    if not labels:
        return list(rows)
    return [
        {name: _labelled(cell, labels.get(name)) for name, cell in cells.items()} for cells in rows
    ]


def _labelled(cell: CellValue, labels: Mapping[str, str] | None) -> CellValue:
    if labels and isinstance(cell, list):
        return [_labelled(each, labels) for each in cell]
    if labels and isinstance(cell, dict):
        return {**cell, "text": labels.get(str(cell["uid"]), cell["text"])}
    return cell


class ReferencePool:
    """One `References` a model, shared by all rows of a page."""

    def __init__(self) -> None:
        self._pool: dict[type[models.Model], References] = {}

    def of(self, model: type[models.Model]) -> References:
        return self._pool.setdefault(model, References(model))

    def field_of(self, making: Any, make: Callable[[Any], Any]) -> Any:
        """Return the form field of one cell; a pool for thousands of rows may share fields."""
        return make(making)
