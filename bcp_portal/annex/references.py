"""Finds the rows of another table by the names people type, after name matching (FORMS.md 0.6)."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.db import models

from bcp_portal.accounts.rows import Row, RowStatus
from bcp_portal.ui.text import match_key

_SEPARATORS = re.compile(r"[、;；\n]+")


class References:
    """The rows of one model in scope, read once and looked up by name or alias."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model

    @cached_property
    def targets(self) -> list[Any]:
        """All rows that may be chosen, in printed order."""
        rows = self.model._default_manager.all()
        if issubclass(self.model, Row):
            return list(rows.exclude(row_status=RowStatus.RETIRED).order_by("row_no", "pk"))
        return list(rows)

    @cached_property
    def _by_key(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for target in self.targets:
            for name in {match_key(name) for name in _names(target)}:
                found.setdefault(name, []).append(target)
        return found

    @cached_property
    def _by_label(self) -> dict[str, Any]:
        return {match_key(self.label(target)): target for target in self.targets}

    def label(self, target: Any) -> str:
        """Return the name under which this row can be chosen; namesakes carry their number."""
        name = str(target)
        alone = len(self._by_key.get(match_key(name), ())) < 2
        return name if alone or not hasattr(target, "row_no") else f"{name}（No.{target.row_no}）"

    @cached_property
    def names(self) -> list[str]:
        """The distinct names offered to the person, in printed order."""
        return list(dict.fromkeys(self.label(target) for target in self.targets))

    @cached_property
    def _names_with_separator(self) -> list[str]:
        """The names that hold a separator themselves, the longest first."""
        names = [name for name in self.names if _SEPARATORS.search(name)]
        return sorted(names, key=len, reverse=True)

    def find(self, text: str) -> Any:
        """Return the one row of this name; ValueError says in Japanese why there is none."""
        key = match_key(text)
        found = [self._by_label[key]] if key in self._by_label else self._by_key.get(key, [])
        label = self.model._meta.verbose_name
        if not found:
            raise ValueError(f"「{text}」は{label}に登録されていません。先に登録してください。")
        if len(found) > 1:
            raise ValueError(
                f"「{text}」は{label}に{len(found)}件あります。"
                f"「{self.label(found[0])}」のように番号を付けてください。"
            )
        return found[0]

    def find_many(self, text: str) -> list[Any]:
        """Return the rows named in a text; names are separated by 「、」 or line breaks."""
        whole, rest = [], text
        for name in self._names_with_separator:
            if name in rest:
                whole.append(name)
                rest = rest.replace(name, "、")
        parts = [part.strip() for part in _SEPARATORS.split(rest) if part.strip()]
        return list(dict.fromkeys(self.find(part) for part in [*whole, *parts]))


def _names(target: Any) -> Iterable[str]:
    yield str(target)
    yield from getattr(target, "aliases", None) or ()


class ReferencePool:
    """One `References` a model, shared by all rows of a page."""

    def __init__(self) -> None:
        self._pool: dict[type[models.Model], References] = {}

    def of(self, model: type[models.Model]) -> References:
        return self._pool.setdefault(model, References(model))

    def field_of(self, making: Any, make: Callable[[Any], Any]) -> Any:
        """Return the form field of one cell; a pool for thousands of rows may share fields."""
        return make(making)
