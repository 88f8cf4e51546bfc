"""The rows a figure is drawn from: they show the columns it declares, and remember which told something."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from bcp_portal.accounts.models import Person
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import MASK, is_blank
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.table import Public
from bcp_portal.annex.table_builder import rows_of
from plans.annexes.draft_marks import name_marked, named

Columns = Mapping[str, tuple[str, ...]]
_PUBLIC_ANNEXES = frozenset({Confidentiality.PUBLIC, Confidentiality.PARTIAL})


class UndeclaredColumnError(LookupError):
    """A figure asked for a column that its declaration does not name: a fault of the program."""


class DrawnRow:
    """One row as a figure may see it."""

    def __init__(self, source: "FigureRows", table: str, row: Any) -> None:
        self._source = source
        self._table = table
        self._row = row

    @property
    def key(self) -> str:
        """Return what tells this row from others; it says nothing about it."""
        return str(self._row.pk)

    def value(self, column: str, blank: Any = "") -> Any:
        """Return a value as it is stored, or `blank` where this column is not drawn."""
        if not self._source.draws(self._table, column):
            return blank
        found = getattr(self._row, column)
        self._source.note(self._table, column, found)
        return found

    def marked(self, text: str) -> str:
        """Return what a figure calls this row; one marked 作成中 says so."""
        return named(self._row, text)

    def duration(self, column: str) -> tuple[int | None, str]:
        """Return minutes and the unit to show them in."""
        minutes = self.value(column, blank=None)
        return minutes, getattr(self._row, f"{column.removesuffix('_minutes')}_unit") or "minute"

    def label(self, column: str) -> str:
        """Return the word this municipality has for a choice; several are joined by 「・」."""
        labels = self._source.labels(self._table, column)
        value = self.value(column)
        if isinstance(value, list):
            return "・".join(labels.get(code) or str(code) for code in value)
        return labels.get(value, "")

    def key_of(self, column: str) -> str:
        """Return the key of the row that a column names, or nothing."""
        target = self.value(column, blank=None)
        return str(target.pk) if target is not None else ""

    def name(self, column: str) -> str:
        """Return the name of the row that a column names; of a person only to who may see it."""
        target = self.value(column, blank=None)
        return "" if target is None else self._source.name_of(target)

    def names(self, column: str) -> tuple[str, ...]:
        """Return the names of all rows that a column names."""
        targets = self.value(column, blank=None)
        if targets is None:
            return ()
        found = tuple(self._source.name_of(target) for target in targets.all())
        self._source.note(self._table, column, found)
        return found

    def of(self, column: str, table: str) -> "DrawnRow | None":
        """Return the row of another declared table that a column names."""
        target = self.value(column, blank=None)
        return None if target is None else DrawnRow(self._source, table, target)


class FigureRows:
    """Reads the tables of one figure for one reader, in the municipality in scope."""

    def __init__(
        self,
        columns: Mapping[str, frozenset[str]],
        declared: Columns,
        presentation: Presentation,
        *,
        include_personal: bool,
    ) -> None:
        """Take the columns that are drawn, and all that the figure declares."""
        self.presentation = presentation
        self._columns = columns
        self._declared = declared
        self._include_personal = include_personal
        self._told: set[tuple[str, str]] = set()
        self._kept_back = False
        self._sheets: dict[str, Sheet] = {}
        self._labels: dict[tuple[str, str], dict[str, str]] = {}

    def rows(self, table: str, **selection: Any) -> list[DrawnRow]:
        """Return the rows that count of a declared table, in printed order, in one query a relation.

        What a selection asks for is told by the figure, if only by what stands in it.
        """
        found = list(rows_of(self._sheet(table), counted_statuses()).filter(**selection))
        for asked in selection:
            column = asked.split("__")[0]
            if found and column in self._declared[table]:
                self._told.add((table, column))
        self._kept_back |= any(row.confidentiality != Confidentiality.PUBLIC for row in found)
        return [DrawnRow(self, table, row) for row in found]

    def labels(self, table: str, column: str) -> dict[str, str]:
        """Return the codes of a column in listed order, with the words of this municipality."""
        if (table, column) not in self._labels:
            items = self._sheet(table).all_items
            choices = next(dict(i.column.choices) for i in items if i.name == column)
            self._labels[table, column] = choices
        return self._labels[table, column]

    def draws(self, table: str, column: str) -> bool:
        """Tell whether a declared column is drawn; UndeclaredColumnError for any other."""
        if column not in self._declared.get(table, ()):
            raise UndeclaredColumnError(f"{table}.{column}")
        return column in self._columns[table]

    def note(self, table: str, column: str, value: Any) -> None:
        """Remember that a column told something; managers of many rows are noted by their names."""
        if not is_blank(value) and value != () and not hasattr(value, "all"):
            self._told.add((table, column))

    def name_of(self, target: Any) -> str:
        """Return what a figure calls a row."""
        if isinstance(target, Person) and not self._include_personal:
            return MASK
        name = str(getattr(target, "role_name", "") or getattr(target, "name", "") or target)
        return name_marked(target, name)

    def is_public(self) -> bool:
        """Tell whether strangers may see what was drawn.

        A figure cannot leave out a row or a column without telling something else, so it is public
        whole or not at all: the annexes are public, every column that told something is shown, and
        no row that was drawn is kept back. Names of people do not count: a public figure shows them
        masked.
        """
        return (
            bool(self._told)
            and not self._kept_back
            and all(self._is_public_column(table, column) for table, column in self._told)
        )

    def _is_public_column(self, table: str, column: str) -> bool:
        sheet = self._sheet(table)
        if sheet.spec.number is not None and sheet.spec.number not in self._public_annexes:
            return False
        item = next(item for item in sheet.all_items if item.name == column)
        return item.column.personal or item.column.public is Public.SHOW

    @cached_property
    def _public_annexes(self) -> set[int]:
        settings = self.presentation.annexes.items()
        return {int(c) for c, s in settings if c.isdigit() and s.confidentiality in _PUBLIC_ANNEXES}

    def _sheet(self, code: str) -> Sheet:
        if code not in self._declared:
            raise UndeclaredColumnError(code)
        if code not in self._sheets:
            self._sheets[code] = Sheet.named(code, self.presentation)
        return self._sheets[code]
