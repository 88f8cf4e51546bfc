"""Keeps the names of masters apart: two spellings of one name must not become two records (FORMS.md 0.6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bcp_portal.annex.spec import Problem
from bcp_portal.ui.text import match_key

_AFTER_MATCHING = "空白、中点、全角と半角、大文字と小文字の違いは区別しません。"


@dataclass(frozen=True)
class Named:
    """A registered record by its name and its other names."""

    name: str
    aliases: Sequence[str] = ()


def name_problems(row: Named, others: Iterable[Named]) -> Iterator[Problem]:
    """Name each clash of a name or alias with another record, after name matching."""
    taken: dict[str, Named] = {}
    for other in others:
        for word in (*other.aliases, other.name):
            taken[match_key(word)] = other
    clash = taken.get(match_key(row.name))
    if clash:
        yield Problem("name", f"「{row.name}」は、{_registered(clash)}{_AFTER_MATCHING}")
    yield from _alias_problems(row, taken)


def _alias_problems(row: Named, taken: dict[str, Named]) -> Iterator[Problem]:
    for alias in row.aliases:
        if match_key(alias) == match_key(row.name):
            yield Problem("aliases", f"別名「{alias}」は、この行の名称と同じです。")
        elif clash := taken.get(match_key(alias)):
            yield Problem("aliases", f"別名「{alias}」は、{_registered(clash)}{_AFTER_MATCHING}")


def _registered(other: Named) -> str:
    return f"登録済みの「{other.name}」の名称または別名と同じです。"


def distinct_name(row: Any) -> Iterator[Problem]:
    """Row rule: the name (and aliases, if the model has them) must not belong to another row."""
    columns = ("name", "aliases") if hasattr(row, "aliases") else ("name",)
    others = type(row).objects.exclude(pk=row.pk).values_list(*columns)
    return name_problems(
        Named(row.name, getattr(row, "aliases", ())), (Named(*values) for values in others)
    )
