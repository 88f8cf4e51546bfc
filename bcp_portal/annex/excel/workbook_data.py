"""What goes into a workbook, as plain data: made from a Table and its columns, written by openpyxl."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bcp_portal.annex.kinds import MASK, Kind, is_blank
from bcp_portal.annex.table import Column, Table
from bcp_portal.ui.eras import DateStyle

NOT_PRINTED = "印刷しない項目"


@dataclass(frozen=True)
class ExcelColumn:
    """One column of a worksheet: what is printed of it, and how a person may fill it.

    `mark` says when it must be filled, `names` are those of the rows a reference may name.
    """

    column: Column
    editable: bool = True
    printed: bool = True
    help: str = ""
    mark: str = ""
    names: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.column.kind

    @property
    def group(self) -> str:
        """The merged head above: the declared one, or that of all columns that are not printed."""
        return self.column.group if self.printed else NOT_PRINTED


@dataclass(frozen=True)
class ExcelSheet:
    """One table with what stands around it on paper; columns that are not printed come last."""

    heading: str
    table: Table
    columns: tuple[ExcelColumn, ...]
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    conditions: tuple[str, ...] = ()

    def groups(self) -> list[tuple[str, list[ExcelColumn]]]:
        """Return the columns that stand side by side under one merged head."""
        return [(name, list(them)) for name, them in groupby(self.columns, key=lambda c: c.group)]

    @property
    def shows_personal(self) -> bool:
        """Tell whether a reader of the sheet sees at least one personal value."""
        return any(value != MASK for value in self._personal_values())

    @property
    def masks_personal(self) -> bool:
        return any(value == MASK for value in self._personal_values())

    def _personal_values(self) -> Iterable[object]:
        names = [column.name for column in self.table.columns if column.personal]
        for row in self.table.rows:
            values = (row.cells.get(name) for name in names)
            yield from (value for value in values if not is_blank(value))


@dataclass(frozen=True)
class ExcelBook:
    """All worksheets of one file, whose they are and when they were made (local time).

    The values of a `frozen` book were old already when it was made: those of an edition.
    """

    title: str
    municipality_code: str
    municipality_name: str
    made_at: datetime
    date_style: DateStyle
    sheets: tuple[ExcelSheet, ...]
    frozen: bool = False

    @property
    def row_count(self) -> int:
        return sum(len(sheet.table.rows) for sheet in self.sheets)

    @property
    def shows_personal(self) -> bool:
        return any(sheet.shows_personal for sheet in self.sheets)

    @property
    def masks_personal(self) -> bool:
        return any(sheet.masks_personal for sheet in self.sheets)
