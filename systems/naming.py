"""Keeps the names of masters distinct: two spellings of one name must not become two records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bcp_portal.annex.batch import read_once, rows_after
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


class NameRegister:
    """The names and other names of all records of one table, found by what they share."""

    def __init__(self) -> None:
        self._by_key: dict[str, dict[Any, Named]] = {}
        self._keys: dict[Any, set[str]] = {}

    @classmethod
    def of(cls, model: Any) -> "NameRegister":
        """Read the records of the model in scope, by the names that they will have."""
        register = cls()
        columns = ("uid", "name", "aliases") if hasattr(model, "aliases") else ("uid", "name")
        for uid, *values in model.objects.values_list(*columns):
            register.put(uid, Named(*values))
        for row in rows_after(model):
            if row.name:
                register.put(row.uid, Named(row.name, getattr(row, "aliases", None) or ()))
        return register

    def put(self, uid: Any, named: Named) -> None:
        """Enter a record, in place of what stood there under its uid."""
        for key in self._keys.pop(uid, ()):
            self._by_key[key].pop(uid, None)
        self._keys[uid] = {match_key(word) for word in (named.name, *named.aliases)}
        for key in self._keys[uid]:
            self._by_key.setdefault(key, {})[uid] = named

    def others_like(self, uid: Any, named: Named) -> list[Named]:
        """Return the other records that share a name with this one."""
        keys = dict.fromkeys(match_key(word) for word in (named.name, *named.aliases))
        return [
            other
            for key in keys
            for owner, other in self._by_key.get(key, {}).items()
            if owner != uid
        ]


def distinct_name(row: Any) -> Iterator[Problem]:
    """Row rule: the name (and aliases, if the model has them) must not belong to another row.

    Of many rows checked one after another, each that passes counts for those behind it.
    """
    if not match_key(row.name):
        return
    model = type(row)
    key = ("names", model, row.municipality_id)
    register = read_once(key, lambda: NameRegister.of(model))
    named = Named(row.name, getattr(row, "aliases", ()))
    problems = list(name_problems(named, register.others_like(row.uid, named)))
    if not problems:
        register.put(row.uid, named)
    yield from problems
