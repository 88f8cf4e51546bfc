"""Compares a public document with what is public at this moment: what was decided later counts too; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.kinds import MASK
from bcp_portal.annex.table import Table
from plans.document.document import Document, FigureBlock, Section, TableBlock
from plans.document.public_choices import choices_in
from plans.public_edition.hidden_value_collection import hidden_values, said_values
from plans.public_edition.hidden_values import HiddenValue
from plans.public_edition.public_places import MeantPublic

NOT_PUBLIC_NOW = "は、今は公開しないことになっています。"
REVISION_REASONS = "改定履歴の「制定・改訂の内容」"
_MOST_ROWS = 3

Unit = tuple[str, ...]


@dataclass(frozen=True)
class HiddenNow:
    """The working copy of this moment: the whole of it, its raw rows, what of it is public, its 概要版."""

    internal: Document
    rows: Mapping[str, Any]
    public: Document
    summary: Document | None = None


def hidden_since(
    known: Iterable[HiddenValue],
    internal: Document,
    rows: Mapping[str, Any],
    public: Document,
    now: HiddenNow,
) -> list[HiddenValue]:
    """Return `known`, and the values registered as hidden since the content was frozen.

    What the content itself had at the same place was judged then; whether that place has been hidden
    since is told by `places_hidden_since`.
    """
    weights = {value.folded: value.weight.value for value in known}
    meant = MeantPublic(public)
    since = {
        value.folded: value
        for value in hidden_values(
            now.internal, now.rows, now.public, but=said_values(internal, rows, public)
        )
        if value.weight.value > weights.get(value.folded, 0) and not meant.is_public(value)
    }
    return [*(value for value in known if value.folded not in since), *since.values()]


def places_hidden_since(public: Document, rows: Mapping[str, Any], now: HiddenNow) -> list[str]:
    """Return in Japanese what a public document shows and the working copy keeps back by now.

    What is no longer in the working copy at all was not hidden, but changed.
    """
    there, shown = set(_units(now.internal, whole=True)), set(_units(now.public))
    found = {
        unit: place for unit, place in _units(public).items() if unit in there and unit not in shown
    }
    places = [place for unit, place in found.items() if unit[0] != "cell"]
    places += places or _cells({unit: p for unit, p in found.items() if unit[0] == "cell"})
    if choices_in(rows).revision_reasons and not choices_in(now.rows).revision_reasons:
        places.append(REVISION_REASONS)
    return [f"{place}{NOT_PUBLIC_NOW}" for place in dict.fromkeys(places)]


def _cells(found: Mapping[Unit, str]) -> Iterator[str]:
    """Yield a column once, with the first of its rows."""
    columns: dict[tuple[str, str], list[str]] = {}
    for (_, code, _uid, column), place in found.items():
        columns.setdefault((code, column), []).append(place)
    for places in columns.values():
        rest = len(places) - _MOST_ROWS
        more = f"ほか{rest}行" if rest > 0 else ""
        yield "、".join(places[:_MOST_ROWS]) + more


def _units(document: Document, *, whole: bool = False) -> dict[Unit, str]:
    """Return everything a document shows that can be hidden by itself, each with its name.

    `whole` counts sections whatever their confidentiality: what is there, shown or not.
    """
    units: dict[Unit, str] = {
        ("colophon", label): f"奥付の「{label}」" for label, _ in document.colophon
    }
    for section in document.sections():
        if whole or section.confidentiality == Confidentiality.PUBLIC:
            units["section", section.anchor] = f"「{section.heading}」"
            units |= _section_units(section)
    for part in document.annexes:
        units["annex", str(part.number)] = part.heading
        for table in part.tables:
            units |= _table_units(table, part.heading)
    return units


def _section_units(section: Section) -> dict[Unit, str]:
    units: dict[Unit, str] = {}
    place = f"「{section.heading}」"
    for block in section.blocks:
        if isinstance(block, FigureBlock) and block.figure:
            units["figure", section.anchor, block.figure.code] = (
                f"{place}の図「{block.figure.title}」"
            )
        elif isinstance(block, TableBlock) and block.table:
            name = block.table.title or block.table.heading
            units |= _table_units(block.table, f"{place}の表「{name}」")
    return units


def _table_units(table: Table, place: str) -> dict[Unit, str]:
    return {
        ("cell", table.code, row.uid, column.name): f"{place}の{number}行目の「{column.label}」"
        for number, row in enumerate(table.rows, 1)
        for column in table.columns
        if (text := table.text(row, column)) and text != MASK
    }
