"""Rules that several tables of this room share, each told which columns it watches."""

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bcp_portal.annex.batch import read_once
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.spec import Problem
from bcp_portal.graphs.chains import cycle_through
from bcp_portal.ui.eras import DateStyle, format_date


def linked(row: Any, name: str) -> Sequence[Any]:
    """Return the rows a many-to-many column names: as typed, else as stored."""
    pending: Mapping[str, Sequence[Any]] = getattr(row, "pending", {})
    if name in pending:
        return pending[name]
    return list(getattr(row, name).all()) if row.pk else ()


def label_of(row: Any, name: str) -> str:
    """Return the column's label as the model gives it."""
    return str(row._meta.get_field(name).verbose_name)


def date_text(row: Any, day: date) -> str:
    """Return a date as the row's municipality writes it."""
    style = row.municipality.date_style if row.municipality_id else DateStyle.WAREKI
    return format_date(day, DateStyle(style))


@dataclass(frozen=True)
class NoneAlone:
    """In a column of several choices, 「なし」 excludes the others."""

    column: str
    choice_list: ChoiceList
    none: str = "none"

    def __call__(self, row: Any) -> Iterator[Problem]:
        """Name the problem when 「なし」 stands beside another choice."""
        chosen = getattr(row, self.column)
        if self.none in chosen and len(chosen) > 1:
            others = "、".join(self.choice_list.label(code) for code in chosen if code != self.none)
            yield Problem(
                self.column,
                f"「{self.choice_list.label(self.none)}」と「{others}」を同時には選べません。どちらかを外してください。",
            )


@dataclass(frozen=True)
class OnlyOneOf:
    """Of two columns that answer one question (部署 or 事業者) at most one is filled."""

    first: str
    second: str

    def __call__(self, row: Any) -> Iterator[Problem]:
        """Name the problem on the second column when both are filled."""
        if getattr(row, self.first) and getattr(row, self.second):
            first, second = label_of(row, self.first), label_of(row, self.second)
            yield Problem(
                self.second, f"「{first}」と「{second}」は、どちらか一方だけを入力してください。"
            )


@dataclass(frozen=True)
class NotBefore:
    """The later of two dates must not lie before the earlier one."""

    earlier: str
    later: str

    def __call__(self, row: Any) -> Iterator[Problem]:
        """Name the problem on the later column, quoting both dates."""
        start, end = getattr(row, self.earlier), getattr(row, self.later)
        if start and end and end < start:
            later = f"「{label_of(row, self.later)}」（{date_text(row, end)}）"
            earlier = f"「{label_of(row, self.earlier)}」（{date_text(row, start)}）"
            yield Problem(self.later, f"{later}が{earlier}より前です。")


@dataclass(frozen=True)
class NoCircle:
    """A chain of one foreign key to the same table must not return to its start."""

    column: str

    def __call__(self, row: Any) -> Iterator[Problem]:
        """Name the row itself, or the whole circle, as the problem."""
        target = getattr(row, self.column)
        if target is None:
            return
        label = label_of(row, self.column)
        if row.pk is not None and target.pk == row.pk:
            yield Problem(self.column, f"「{label}」に自分自身「{row}」は選べません。")
            return
        path = self._circle(row, target) if row.pk is not None else ()
        if path:
            yield Problem(self.column, f"「{label}」が循環しています：{'→'.join(path)}。")

    def _circle(self, row: Any, target: Any) -> Sequence[str]:
        model = type(row)
        key = ("targets", model, self.column, row.municipality_id)
        links = read_once(key, lambda: _targets(model, self.column))
        present: Mapping[int, list[int]] = ChainMap({row.pk: [target.pk]}, links)
        path = cycle_through(present, row.pk)
        others = model.objects.in_bulk(set(path) - {row.pk})
        return [str(row) if pk == row.pk else str(others[pk]) for pk in path]


def _targets(model: Any, column: str) -> dict[int, list[int]]:
    """Return which row each row of a table names in a column, those that name none left out."""
    pairs = model.objects.exclude(**{column: None}).values_list("pk", f"{column}_id")
    return {pk: [target] for pk, target in pairs}


RowTest = Callable[[Any], bool]


def chosen(column: str, *codes: str) -> RowTest:
    """Return a test: is one of these codes chosen in the column (of one choice)?"""
    return lambda row: getattr(row, column) in codes


def includes(column: str, code: str) -> RowTest:
    """Return a test: is this code among those chosen in the column (of several choices)?"""
    return lambda row: code in getattr(row, column)
