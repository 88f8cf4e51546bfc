"""One annex or derived view as plain data, from which print, Word, Excel and comparison are made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from bcp_portal.accounts.row_states import Confidentiality
from bcp_portal.annex.kinds import MASK, CellValue, Kind, is_blank, kind_of_code
from bcp_portal.ui.eras import DateStyle


class Public(StrEnum):
    """What the public edition does with a column."""

    SHOW = "show"
    MASK = "mask"
    HIDE = "hide"


PUBLIC_LABELS = {Public.SHOW: "公開する", Public.MASK: "伏せる", Public.HIDE: "載せない"}


@dataclass(frozen=True)
class Column:
    """One column as it is printed: its label, kind, share of the width, and head above it.

    `names_row` marks the columns that together say which row this is, where the first does not.
    What stands `below` is printed under its row, with its label, where it says something.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    width: int = 10
    group: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    personal: bool = False
    public: Public = Public.HIDE
    names_row: bool = False
    below: bool = False

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return dict(self.choices)

    def text(self, value: CellValue, style: DateStyle = DateStyle.WAREKI) -> str:
        """Return the value of this column as a reader sees it."""
        return self.kind.text(value, self._labels, style)


@dataclass(frozen=True)
class TableRow:
    """One row: an identity that never changes, and JSON cells by column name."""

    uid: str
    cells: Mapping[str, CellValue]
    confidentiality: str = Confidentiality.INTERNAL.value


@dataclass(frozen=True)
class Table:
    """One table with everything a list, a grid, Excel, a PDF or a comparison needs."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...] = ()
    number: int | None = None
    subtitle: str = ""
    note: str = ""
    landscape: bool = False
    date_style: DateStyle = DateStyle.WAREKI
    titles_above: tuple[str, ...] = field(default=())

    @property
    def heading(self) -> str:
        return heading_of(self.code, self.number, self.title)

    def text(self, row: TableRow, column: Column) -> str:
        """Return one cell as a reader sees it; a cell the row lacks is blank."""
        return column.text(row.cells.get(column.name), self.date_style)

    def texts(self) -> list[list[str]]:
        """Return all cells as text, row by row in column order."""
        return [[self.text(row, column) for column in self.columns] for row in self.rows]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data from which `from_json` makes an equal table."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Table":
        """Rebuild a frozen table; keys that this release does not know are ignored."""
        values = known_values(cls, data)
        values["columns"] = tuple(_column(item) for item in data["columns"])
        values["rows"] = tuple(TableRow(**known_values(TableRow, item)) for item in data["rows"])
        values["date_style"] = DateStyle(data.get("date_style", DateStyle.WAREKI))
        values["titles_above"] = tuple(data.get("titles_above", ()))
        return cls(**values)


def masked_cells(columns: Iterable[Column], cells: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """Return the cells of these columns with a mask for every filled personal one.

    A cell without a column, of which nothing says whether it is personal, is left out.
    """
    return {
        column.name: MASK
        if column.personal and not is_blank(cells[column.name])
        else cells[column.name]
        for column in columns
        if column.name in cells
    }


def heading_of(code: str, number: int | None, title: str) -> str:
    """Return e.g. 様式6-1 現状の脆弱性とリスク改善計画, or the bare title of a table of no 様式."""
    if number is None:
        return title
    mark = code if code.replace("-", "").isdigit() else str(number)
    return f"様式{mark} {title}"


def known_values(cls: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a dataclass of this release knows of data that another release may have frozen."""
    return {item.name: data[item.name] for item in fields(cls) if item.name in data}


def _column(data: Mapping[str, Any]) -> Column:
    values = known_values(Column, data)
    values["kind"] = kind_of_code(data.get("kind"))
    # What the public may see by a word that is no longer there is unknown.
    known = {public.value: public for public in Public}
    values["public"] = known.get(data.get("public", ""), Public.HIDE)
    values["choices"] = tuple((code, label) for code, label in data.get("choices", ()))
    return Column(**values)


def select(
    table: Table,
    *,
    columns: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
) -> Table:
    """Return the table with only these columns (in this order) and the rows that match.

    A filter names a column and a code, a reference's uid or text, or the text shown. Names the
    table does not know are ignored for columns and match nothing for filters.
    """
    rows: Iterable[TableRow] = table.rows
    for name, wanted in (filters or {}).items():
        column = table.column(name)
        rows = [row for row in rows if column and _matches(table, column, row, wanted)]
    kept = [table.column(name) for name in columns]
    # Who names a column wants to see it among the others.
    chosen = tuple(replace(c, below=False) for c in kept if c) or table.columns
    return replace(table, columns=chosen, rows=tuple(_with_cells(row, chosen) for row in rows))


def each_once(table: Table, last: Collection[str] = ()) -> Table:
    """Return the table without rows that read the same: they differ in columns not shown here.

    A row whose uid is in `last` gives way to another that reads the same.
    """
    rows: dict[tuple[str, ...], TableRow] = {}
    for row, texts in zip(table.rows, table.texts(), strict=True):
        known = rows.setdefault(tuple(texts), row)
        if known.uid in last and row.uid not in last:
            rows[tuple(texts)] = row
    return replace(table, rows=tuple(rows.values()))


def _with_cells(row: TableRow, columns: Sequence[Column]) -> TableRow:
    """Leave out cells of columns that are not shown: nobody would look for a secret in them."""
    names = [column.name for column in columns if column.name in row.cells]
    return replace(row, cells={name: row.cells[name] for name in names})


def _matches(table: Table, column: Column, row: TableRow, wanted: str) -> bool:
    value = row.cells.get(column.name)
    candidates = {table.text(row, column)}
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            candidates |= {str(item.get("uid", "")), str(item.get("text", ""))}
        elif isinstance(item, bool):
            candidates.add("true" if item else "false")
        elif not is_blank(item):
            candidates.add(str(item))
    return wanted in candidates
