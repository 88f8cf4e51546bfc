"""Brings along rows that frozen rows name and that would otherwise be missing; pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.raw_rows import RawRow, references
from systems.models import SystemItem

Tables = Mapping[str, Sequence[RawRow]]
Named = tuple[Any, str]


def with_named_rows(
    tables: Tables, phrases: Mapping[str, Any], working: Tables, base: Tables
) -> dict[str, list[RawRow]]:
    """Return the tables with every row that others name.

    A row that is new in the working copy comes along as it is. One that is only in the edition any
    more comes along retired: it keeps its name where it is named, and its own table drops it.
    """
    result = {code: list(rows) for code, rows in tables.items()}
    present = _by_name(result)
    new, old = _by_name(working), _by_name(base)
    missing = [name for code, rows in result.items() for name in _named(code, rows)]
    missing += [(SystemItem, raw["system"]) for raw in phrases.get("values", ()) if raw["system"]]
    while missing:
        name = missing.pop()
        found = None if name in present else new.get(name) or old.get(name)
        if found is None:
            continue
        code, raw = found
        if name not in new:
            raw = {**raw, "row_status": RowStatus.RETIRED.value}
        result.setdefault(code, []).append(raw)
        present[name] = (code, raw)
        missing += _named(code, [raw])
    return result


def _by_name(tables: Tables) -> dict[Named, tuple[str, RawRow]]:
    return {
        (spec.model, raw["uid"]): (code, raw)
        for code, rows in tables.items()
        if (spec := registry.spec(code))
        for raw in rows
    }


def _named(code: str, rows: Iterable[RawRow]) -> list[Named]:
    spec = registry.spec(code)
    return [name for raw in rows for name in references(spec.model, raw)] if spec else []
