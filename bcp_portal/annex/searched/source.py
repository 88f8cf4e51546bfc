"""What the search finds of tables and rows: made once, and again of rows that are not what they were."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.forms.models import model_to_dict

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex import registry
from bcp_portal.annex.searched.rows import Named, SearchedRow, names_elsewhere, searched_rows
from bcp_portal.annex.searched.tables import table_line
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table_states import States, table_states
from bcp_portal.audit.queries import last_link
from bcp_portal.search.kept_lines import KeptLines
from bcp_portal.search.lines import Group, Line
from bcp_portal.search.sources import SearchSource


@dataclass(frozen=True)
class SearchedTable:
    """One table and its rows as they are found, and what the rows are called elsewhere."""

    states: States
    names: Mapping[int, str]
    rows: Mapping[int, SearchedRow]
    about: Line
    group: Group


@dataclass(frozen=True)
class SearchedTables:
    """All tables of a municipality under its settings."""

    settings: str
    tables: Mapping[str, SearchedTable]


KEPT: KeptLines[SearchedTables] = KeptLines()


def table_groups(membership: Membership) -> list[Group]:
    """Return a group of all tables, then one for the rows of each.

    The states are asked for before any row is read, so what is saved between the two is read again
    by the next search.
    """
    municipality = membership.municipality
    presentation = Presentation.load(municipality)
    settings = _settings(presentation)
    link = last_link()
    states = table_states(municipality)
    kept = KEPT.get(municipality)
    before = kept.tables if kept and kept.settings == settings else {}
    now = _Making(presentation, states, before).tables()
    if any(now[code] is not before.get(code) for code in now):
        KEPT.put(municipality, link, SearchedTables(settings, now))
    found = [now[spec.code] for spec in registry.specs()]
    tables = Group("tables", "様式と表", tuple(each.about for each in found))
    return [tables, *(each.group for each in found)]


class _Making:
    """Makes the lines of rows that were written, and of those that name a row which is called otherwise now."""

    def __init__(
        self,
        presentation: Presentation,
        states: Mapping[str, States],
        before: Mapping[str, SearchedTable],
    ) -> None:
        self.presentation, self.states, self.before = presentation, states, before

    def tables(self) -> dict[str, SearchedTable]:
        """Return every table as it is now; one that is what it was is the one of before."""
        written = {spec.code: self._written(spec) for spec in registry.specs()}
        names = {spec.code: self._names(spec, written[spec.code]) for spec in registry.specs()}
        renamed = frozenset(self._renamed(names))
        return {
            spec.code: self._table(spec, written[spec.code], names[spec.code], renamed)
            for spec in registry.specs()
        }

    def _written(self, spec: AnnexSpec) -> Collection[int]:
        """Return the keys of rows that are new or not what they were."""
        before, now = self.before.get(spec.code), self.states[spec.code]
        if before is None:
            return now.keys()
        if before.states == now:
            return ()
        return [key for key, state in now.items() if before.states.get(key) != state]

    def _names(self, spec: AnnexSpec, written: Collection[int]) -> Mapping[int, str]:
        before = self.before.get(spec.code)
        if before is not None and before.states == self.states[spec.code]:
            return before.names
        kept = before.names if before else {}
        anew = names_elsewhere(spec, self._read(spec, written)) if written else {}
        keys = self.states[spec.code]
        return {key: name for key, name in {**kept, **anew}.items() if key in keys}

    def _renamed(self, names: Mapping[str, Mapping[int, str]]) -> Iterator[Named]:
        for code, now in names.items():
            before = self.before[code].names if code in self.before else {}
            if before is not now:
                for key in before.keys() | now.keys():
                    if before.get(key) != now.get(key):
                        yield code, key

    def _table(
        self,
        spec: AnnexSpec,
        written: Collection[int],
        names: Mapping[int, str],
        renamed: frozenset[Named],
    ) -> SearchedTable:
        before, states = self.before.get(spec.code), self.states[spec.code]
        kept = {key: row for key, row in before.rows.items() if key in states} if before else {}
        naming = [key for key, row in kept.items() if not renamed.isdisjoint(row.names)]
        stale = {*written, *naming}
        if before and not stale and len(kept) == len(before.rows):
            return before
        sheet = Sheet(spec, self.presentation)
        anew = searched_rows(sheet, self._read(spec, stale)) if stale else {}
        # A row that was deleted since its state was asked for is in neither.
        rows = {key: kept[key] for key in kept.keys() - stale} | anew
        order = sorted(rows, key=lambda key: (states[key][1], key))
        lines = tuple(rows[key].line for key in order)
        labels = tuple(item.column.label for item in sheet.items)
        group = Group(f"rows-{spec.code}", sheet.heading, lines, labels)
        return SearchedTable(states, names, rows, table_line(sheet), group)

    def _read(self, spec: AnnexSpec, keys: Collection[int]) -> list[object]:
        """Return the rows with these keys."""
        rows = spec.model.objects.order_by("row_no", "pk")
        if len(keys) == len(self.states[spec.code]):
            return [row for row in rows if row.pk in keys]
        return list(rows.filter(pk__in=list(keys)))


def _settings(presentation: Presentation) -> str:
    """Return what settles titles, labels, choices, and which columns are in use."""
    settings = [*presentation.annexes.values(), *presentation.columns.values()]
    settings += [each for of_list in presentation.choices.values() for each in of_list]
    kept = [presentation.date_style, *map(model_to_dict, settings)]
    return sha256(repr(kept).encode()).hexdigest()


TABLES = SearchSource(10, Permission.READ_PLAN, table_groups)
