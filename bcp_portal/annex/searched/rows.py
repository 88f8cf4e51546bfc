"""What the search finds of tables and rows, kept for as long as the rows are what they were."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from django.forms.models import model_to_dict

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.named_rows import attach_named
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.searched.columns import named_models, other_names, searched_items
from bcp_portal.annex.searched.tables import table_line
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table_builder import cells_of
from bcp_portal.annex.table_states import State, table_states
from bcp_portal.audit.queries import last_link
from bcp_portal.search.kept_lines import KeptLines
from bcp_portal.search.lines import Group, Line, LineAddress, Said
from bcp_portal.search.sources import SearchSource

Names = Mapping[int, str]
"""What the rows of a table are called where others name them, by their keys."""


@dataclass(frozen=True)
class SearchedTable:
    """One table and its rows as they are found, with everything this was made from."""

    state: State
    settings: str
    named: Mapping[str, Names]
    names: Names
    about: Line
    group: Group


KEPT: KeptLines[Mapping[str, SearchedTable]] = KeptLines()


def table_groups(membership: Membership) -> list[Group]:
    """Return a group of all tables, then one for the rows of each.

    Only tables that are not what they were are read.

    The states are asked for before any row is read, so what is saved between the two is read again
    by the next search.
    """
    municipality = membership.municipality
    presentation = Presentation.load(municipality)
    link = last_link()
    states = table_states(municipality)
    before = KEPT.get(municipality) or {}
    now = dict(_tables(presentation, states, before))
    if now != before:
        KEPT.put(municipality, link, now)
    found = [now[spec.code] for spec in registry.specs()]
    tables = Group("tables", "様式と表", tuple(each.about for each in found))
    return [tables, *(each.group for each in found)]


def _tables(
    presentation: Presentation, states: Mapping[str, State], before: Mapping[str, SearchedTable]
) -> Iterator[tuple[str, SearchedTable]]:
    """Yield every table as it is now, by its code."""
    sheets = {spec.code: Sheet(spec, presentation) for spec in registry.specs()}
    read = {
        code: _read(sheet)
        for code, sheet in sheets.items()
        if code not in before or before[code].state != states[code]
    }
    names = {
        code: _names(read[code], before.get(code)) if code in read else before[code].names
        for code in sheets
    }
    settings = _settings(presentation)
    for code, sheet in sheets.items():
        named = {each: names[each] for each in _named_tables(sheet.spec)}
        kept = before.get(code)
        if kept and code not in read and (kept.settings, kept.named) == (settings, named):
            yield code, kept
            continue
        group = _group(sheet, read[code] if code in read else _read(sheet))
        made = (states[code], settings, named, names[code], table_line(sheet), group)
        yield code, SearchedTable(*made)


def _read(sheet: Sheet) -> Sequence[Any]:
    return list(sheet.spec.model.objects.order_by("row_no", "pk"))


def _names(rows: Iterable[Any], before: SearchedTable | None) -> Names:
    """Return what the rows are called elsewhere: what was kept where nothing is called otherwise."""
    names = {row.pk: str(row) for row in rows if type(row) in _models_named()}
    return before.names if before and before.names == names else names


@cache
def _models_named() -> frozenset[Any]:
    """Return the models whose rows other rows name in what is searched."""
    return frozenset(model for spec in registry.specs() for model in named_models(spec))


@cache
def _named_tables(spec: AnnexSpec) -> tuple[str, ...]:
    found = (registry.spec_of_model(model) for model in named_models(spec))
    return tuple(each.code for each in found if each)


def _group(sheet: Sheet, rows: Sequence[Any]) -> Group:
    items = searched_items(sheet)
    naming = {item.name: item for item in sheet.all_items if item.name in sheet.spec.natural_key}
    attach_named(rows, list((naming | {item.name: item for item in items}).values()))
    also = other_names(sheet)
    style = sheet.presentation.date_style
    lines = []
    for row, name, cells in zip(rows, names_of(sheet, rows), cells_of(items, rows), strict=True):
        said = [(item, item.column.text(cells[item.name], style)) for item in items]
        lines.append(_line(sheet.spec.code, row, name, [pair for pair in said if pair[1]], also))
    labels = tuple(item.column.label for item in sheet.items)
    return Group(f"rows-{sheet.spec.code}", sheet.heading, tuple(lines), labels)


def _line(
    code: str, row: Any, name: str, said: Sequence[tuple[Item, str]], also: Collection[str]
) -> Line:
    return Line(
        name,
        LineAddress("annex:row", (code, str(row.uid))),
        tuple(Said(item.column.label, text) for item, text in said),
        also=tuple(text for item, text in said if item.name in also),
        state="" if row.row_status == RowStatus.ACTIVE else row.get_row_status_display(),
        past=row.row_status == RowStatus.RETIRED,
    )


def _settings(presentation: Presentation) -> str:
    """Return what settles titles, labels, choices, and which columns are in use."""
    settings = [*presentation.annexes.values(), *presentation.columns.values()]
    settings += [each for of_list in presentation.choices.values() for each in of_list]
    kept = [presentation.date_style, *map(model_to_dict, settings)]
    return sha256(repr(kept).encode()).hexdigest()


TABLES = SearchSource(10, Permission.READ_PLAN, table_groups)
