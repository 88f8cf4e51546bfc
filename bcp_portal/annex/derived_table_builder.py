"""Makes a printed view out of the rows of another table: chosen columns, other heads, made-up text.

A view keeps the identity, the confidentiality and the personal columns of the rows it shows; whoever
builds it masks and redacts it like any other table.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.rows import Confidentiality, Row
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.spec import DerivedTable, Sources, derived
from bcp_portal.annex.table import Column, Public, Table, TableRow
from bcp_portal.annex.table_builder import build_table, rows_of


@dataclass(frozen=True)
class SourceColumn:
    """A column of the source table, perhaps under another head; by default with its own."""

    name: str
    width: int = 10
    label: str = ""
    group: str = ""

    def item(self, sheet: Sheet) -> Item:
        found = next(item for item in sheet.all_items if item.name == self.name)
        label = self.label or found.column.label
        column = replace(found.column, label=label, width=self.width, group=self.group)
        return replace(found, column=column)


@dataclass(frozen=True)
class TextColumn:
    """A column whose text is made from each row, without asking the database again.

    `of` names the columns it says, with blanks between; of another table as 「table.column」.
    """

    name: str
    label: str
    text: Callable[[Any], str]
    width: int = 10
    of: str = ""
    group: str = ""
    personal: bool = False
    public: Public = Public.HIDE

    def item(self, sheet: Sheet) -> Item:
        spec = derived(self.name, self.label, Kind.LONG_TEXT, self._texts, self.width)
        column = Column(
            self.name,
            self.label,
            Kind.LONG_TEXT,
            self.width,
            self.group,
            personal=self.personal,
            public=self.public,
        )
        return Item(spec, column)

    def _texts(self, rows: Sequence[Any]) -> Mapping[int, CellValue]:
        return {row.pk: self.text(row) for row in rows}


@dataclass(frozen=True)
class View:
    """What to show of the table `source`: code and title of the view, its columns in printed order.

    The column `unless_sole` is left out where it would say the same in every line.
    """

    code: str
    title: str
    source: str
    columns: tuple[SourceColumn | TextColumn, ...]
    landscape: bool = False
    unless_sole: str = ""

    @property
    def comes_from(self) -> Sources:
        """Return the columns that each column says, as a derived table declares them."""
        return {column.name: self._qualified(column) for column in self.columns}

    def _qualified(self, column: SourceColumn | TextColumn) -> str:
        names = column.of.split() if isinstance(column, TextColumn) else [column.name]
        return " ".join(name if "." in name else f"{self.source}.{name}" for name in names)

    def table(self, sheet: Sheet, rows: Iterable[Any]) -> Table:
        """Return the view of these rows of the sheet, in the order given."""
        built = build_table(
            sheet,
            municipality=sheet.municipality,
            include_personal=True,
            rows=rows,
            items=[column.item(sheet) for column in self.columns],
        )
        table = replace(
            built, code=self.code, title=self.title, number=None, landscape=self.landscape
        )
        return without_sole(table, self.unless_sole) if self.unless_sole else table

    def declared(self, rows: Callable[[Sheet], Iterable[Any]], purpose: str = "") -> DerivedTable:
        """Declare the view of what `rows` chooses of the sheet of the source, in its order."""

        def build(municipality: Municipality) -> Table:
            sheet = source_sheet(self.source, municipality)
            return self.table(sheet, rows(sheet))

        return DerivedTable(
            self.code, self.title, build, purpose=purpose, comes_from=self.comes_from
        )


def source_sheet(code: str, municipality: Municipality) -> Sheet:
    """Return the sheet of a registered table; KeyError names a code nobody declared."""
    return Sheet.named(code, Presentation.load(municipality))


def active_rows(sheet: Sheet) -> Any:
    """Return the rows of a sheet that count here and now, in printed order, with what their cells name joined."""
    return rows_of(sheet, counted_statuses())


def rows_of_kinds(sheet: Sheet, kinds: Collection[str]) -> Any:
    """Return those rows whose column 種類 (`kind`) says one of these."""
    return active_rows(sheet).filter(kind__in=kinds)


def choice_labels(sheet: Sheet, name: str) -> dict[str, str]:
    """Return the codes of a column in listed order, with the labels this municipality gives them."""
    return next(dict(item.column.choices) for item in sheet.all_items if item.name == name)


def view_row(source: Row, cells: Mapping[str, CellValue]) -> TableRow:
    """Return one line of a view with the identity and confidentiality of the row behind it."""
    return TableRow(str(source.uid), cells, source.confidentiality)


def strictest(rows: Iterable[Any]) -> str:
    """Return the confidentiality of a line that says several: it cannot be half public."""
    public = all(row.confidentiality == Confidentiality.PUBLIC for row in rows)
    return Confidentiality.PUBLIC.value if public else Confidentiality.INTERNAL.value


def made_table(
    code: str,
    title: str,
    municipality: Municipality,
    columns: Iterable[Column],
    rows: Iterable[TableRow],
    *,
    note: str = "",
    landscape: bool = False,
) -> Table:
    """Return a table of rows that were put together from several sources."""
    return Table(
        code=code,
        title=title,
        columns=tuple(columns),
        rows=tuple(rows),
        note=note,
        landscape=landscape,
        date_style=Presentation(municipality).date_style,
    )


def without_sole(table: Table, name: str) -> Table:
    """Return the table without a column that would say the same in every line.

    A plan with one scenario need not repeat its name; with two, lines must say whose they are.
    """
    if len({str(row.cells.get(name)) for row in table.rows}) > 1:
        return table
    return replace(table, columns=tuple(column for column in table.columns if column.name != name))
