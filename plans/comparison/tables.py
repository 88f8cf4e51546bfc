"""Compares tables by row and cell: rows found again by uid, cells by column, moves kept few."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bcp_portal.annex import registry
from bcp_portal.annex.table import Column, Table, TableRow
from bcp_portal.spelling.widths import fold
from bcp_portal.ui.eras import DateStyle
from plans.comparison.alignment import merged, moved
from plans.comparison.changes import CellChange, ColumnChange, RowChange, Status, TableChange
from plans.comparison.difference_marks import mark
from plans.comparison.passages import line_changes, mark_long, status_of
from plans.comparison.text_equality import is_same
from plans.document.sort_words import decides_order, is_unprinted

_RUNNING_NUMBERS = frozenset({"no", "no.", "№", "項番", "連番", "通番"})
_LABEL_CELLS = 2
# Where to write to somebody does not say which row it is.
_ADDRESSES = frozenset({"email", "mail", "url", "website"})


def compare_tables(old: Table | None, new: Table | None) -> TableChange:
    """Return what differs between two versions of one table; None where there was or is none."""
    some = new or old
    if some is None:
        raise ValueError("One of the two tables must be there.")
    title_old, title_new = mark(old.title if old else "", new.title if new else "")
    if old == new:
        status = Status.SAME
        return TableChange(some.code, status, title_old, title_new, same_rows=len(some.rows))
    sides = _Sides(old or replace(some, rows=()), new or replace(some, rows=()))
    rows = tuple(sides.rows())
    columns = tuple(sides.column_changes())
    notes = line_changes(_notes(old), _notes(new))
    differs = rows or columns or notes or any(run.changed for run in (*title_old, *title_new))
    status = Status.CHANGED if differs else Status.SAME
    if old is None or new is None:
        status = Status.ADDED if old is None else Status.REMOVED
    same = len(some.rows) - sum(row.position_new > 0 or new is None for row in rows)
    return TableChange(some.code, status, title_old, title_new, notes, columns, rows, same)


def _notes(table: Table | None) -> list[str]:
    if table is None:
        return []
    return [text for text in (*table.titles_above, table.subtitle, table.note) if text]


def is_running_number(column: Column) -> bool:
    """Tell whether a column only counts the rows: that follows from their order."""
    return column.kind.numbers_rows and fold(column.label).casefold() in _RUNNING_NUMBERS


@dataclass(frozen=True)
class _Seen:
    """One side of the comparison: the table, its rows by key, the columns that say something."""

    table: Table
    rows: Mapping[str, TableRow]
    positions: Mapping[str, int]
    columns: Mapping[str, Column]

    @classmethod
    def of(cls, table: Table) -> "_Seen":
        rows = dict(_keyed(table.rows))
        positions = {key: position for position, key in enumerate(rows, start=1)}
        columns = {c.name: c for c in table.columns if not is_running_number(c)}
        return cls(table, rows, positions, columns)

    def text(self, key: str, name: str) -> str:
        """Return a cell as text; of a row or column that this side lacks, nothing."""
        row, column = self.rows.get(key), self.columns.get(name)
        return self.table.text(row, column) if row and column else ""

    def label(self, key: str) -> str:
        """Return what a reader calls a row that this side has."""
        return name_of_row(self.table, self.rows[key]) if key in self.rows else ""


def name_of_row(table: Table, row: TableRow, *, cells: int = _LABEL_CELLS) -> str:
    """Return what a reader calls a row: `cells` of it that name nobody, of the columns of its key first.

    Where it stands in its table tells it from others of that name.
    """
    filled = (
        text for column in _naming_columns(table) if (text := table.text(row, column)).strip()
    )
    return "／".join(islice(filled, cells))


def _naming_columns(table: Table) -> list[Column]:
    """Return the columns that say which row it is: those of its key, then others that name."""
    spec = registry.spec(table.code)
    columns = {c.name: c for c in table.columns if not c.personal and not is_unprinted(c.name)}
    keys = [columns[name] for name in (spec.natural_key if spec else ()) if name in columns]
    marked = [column for column in columns.values() if column.names_row]
    others = [
        column
        for column in columns.values()
        if column.kind.says_which_row and not _ADDRESSES.intersection(column.name.split("_"))
    ]
    words = [column for column in keys if not column.kind.is_quantity]
    return list(dict.fromkeys((*words, *marked, *others, *keys)))


def _keyed(rows: Sequence[TableRow]) -> Iterator[tuple[str, TableRow]]:
    """Yield rows with a key; a view may show one row more than once."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.uid] += 1
        yield (row.uid if seen[row.uid] == 1 else f"{row.uid} {seen[row.uid]}"), row


def _same_cell(old: TableRow | None, new: TableRow | None, name: str) -> bool:
    return old is not None and new is not None and old.cells.get(name) == new.cells.get(name)


def _sorts(cell: CellChange) -> bool:
    return decides_order(cell.column)


class _Sides:
    """Two versions of one table."""

    def __init__(self, old: Table, new: Table) -> None:
        self.old, self.new = _Seen.of(old), _Seen.of(new)
        self.columns = {**self.old.columns, **self.new.columns}
        self.same_words = {
            name
            for name, column in self.columns.items()
            if (one := self.old.columns.get(name))
            and (other := self.new.columns.get(name))
            and (one.kind, one.choices) == (other.kind, other.choices)
        }

    def column_changes(self) -> Iterator[ColumnChange]:
        for name in self.columns:
            labels = [
                side.columns[name].label if name in side.columns else "" for side in self._both
            ]
            if not is_same(*labels):
                yield ColumnChange(name, status_of(*labels), *mark(*labels))

    @property
    def _both(self) -> tuple[_Seen, _Seen]:
        return self.old, self.new

    def rows(self) -> Iterator[RowChange]:
        """Yield what became of each row, in the new order; a removed one where it stood."""
        common_old = [key for key in self.old.rows if key in self.new.rows]
        common_new = [key for key in self.new.rows if key in self.old.rows]
        cells = {key: tuple(self._cells(key)) for key in {**self.old.rows, **self.new.rows}}
        common = {key: cells[key] for key in common_new if cells[key]}
        elsewhere = moved(
            common_old,
            common_new,
            sorted_otherwise={k for k, found in common.items() if any(map(_sorts, found))},
        )
        for key in merged(list(self.old.rows), list(self.new.rows)):
            change = self._row(key, cells[key], key in elsewhere)
            if change.status is not Status.SAME:
                yield change

    def _row(self, key: str, cells: tuple[CellChange, ...], is_moved: bool) -> RowChange:
        if key not in self.old.rows:
            status = Status.ADDED
        elif key not in self.new.rows:
            status = Status.REMOVED
        elif cells:
            status = Status.CHANGED
        else:
            status = Status.MOVED if is_moved else Status.SAME
        if status is Status.SAME:
            return RowChange(key, status)
        return RowChange(
            uid=key,
            status=status,
            label_old=self.old.label(key),
            label_new=self.new.label(key),
            position_old=self.old.positions.get(key, 0),
            position_new=self.new.positions.get(key, 0),
            moved=is_moved,
            cells=cells,
        )

    def _cells(self, key: str) -> Iterator[CellChange]:
        old_row, new_row = self.old.rows.get(key), self.new.rows.get(key)
        is_lone = old_row is None or new_row is None
        for name, column in self.columns.items():
            if is_lone and is_unprinted(name):
                continue
            if name in self.same_words and _same_cell(old_row, new_row, name):
                continue
            old, new = self.old.text(key, name), self.new.text(key, name)
            if not is_same(old, new) and not self._same_day(key, name):
                runs = mark_long(old, new)
                yield CellChange(name, column.label, *runs, personal=self._is_personal(name))

    def _is_personal(self, name: str) -> bool:
        return any(name in side.columns and side.columns[name].personal for side in self._both)

    def _same_day(self, key: str, name: str) -> bool:
        """Tell whether a cell only writes its date in the other calendar."""
        if self.old.table.date_style == self.new.table.date_style:
            return False
        texts = {
            side.columns[name].text(side.rows[key].cells.get(name), DateStyle.SEIREKI)
            for side in self._both
            if name in side.columns and key in side.rows
        }
        return len(texts) == 1 and key in self.old.rows and key in self.new.rows
