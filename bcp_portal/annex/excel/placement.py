"""Says where everything of a table stands on its worksheet; pure."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from bcp_portal.annex.excel.workbook_data import ExcelSheet

TITLE_ROW, SUBTITLE_ROW, FACTS_ROW = 1, 2, 3
# Hidden: the name of each column, and in column A the uid of each row.
NAMES_ROW = 4
HEAD_ROW = 5
UID_COLUMN = 1
FIRST_COLUMN = 2
# Ruled empty rows to write into, below the rows there are.
EMPTY_ROWS = 15
# How far below them drop-downs and messages still work, when people paste or keep on writing.
PREPARED_ROWS = 1000


@dataclass(frozen=True)
class HeadSpan:
    """A cell of the head with the cells it covers; row numbers and column numbers count from 1."""

    label: str
    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def is_merged(self) -> bool:
        return (self.row, self.column) != (self.last_row, self.last_column)

    @property
    def ref(self) -> str:
        return area(self.column, self.row, self.last_column, self.last_row)


@dataclass(frozen=True)
class SheetPlacement:
    """The rows and columns a sheet takes."""

    sheet: ExcelSheet

    @property
    def last_head_row(self) -> int:
        return HEAD_ROW + 1 if any(group for group, _ in self.sheet.groups()) else HEAD_ROW

    @property
    def first_row(self) -> int:
        return self.last_head_row + 1

    @property
    def last_ruled_row(self) -> int:
        return self.last_head_row + len(self.sheet.table.rows) + EMPTY_ROWS

    @property
    def last_prepared_row(self) -> int:
        return self.last_ruled_row + PREPARED_ROWS

    @property
    def last_column(self) -> int:
        return FIRST_COLUMN + len(self.sheet.columns) - 1

    @property
    def print_area(self) -> str:
        """Title to last row, printed columns only; the empty rows too where there is no other."""
        rows = len(self.sheet.table.rows) or EMPTY_ROWS
        printed = sum(1 for column in self.sheet.columns if column.printed)
        return area(FIRST_COLUMN, TITLE_ROW, FIRST_COLUMN + printed - 1, self.last_head_row + rows)

    @property
    def filter_area(self) -> str:
        """With the hidden column: sorting must carry a row's uid along with the row."""
        return area(UID_COLUMN, self.last_head_row, self.last_column, self.last_ruled_row)

    @property
    def panes_freeze_at(self) -> str:
        return f"{get_column_letter(FIRST_COLUMN + 1)}{self.first_row}"

    def cells_below_head(self, column: int) -> str:
        """Return where a person may write a value of this column."""
        return area(column, self.first_row, column, self.last_prepared_row)

    def head(self) -> list[HeadSpan]:
        """Return the cells of the head: one row, or two when columns share a merged head."""
        upper, lower = HEAD_ROW, self.last_head_row
        spans: list[HeadSpan] = []
        at = FIRST_COLUMN
        for group, columns in self.sheet.groups():
            if group:
                spans.append(HeadSpan(group, upper, at, upper, at + len(columns) - 1))
            for column in columns:
                top = lower if group else upper
                spans.append(HeadSpan(column.column.label, top, at, lower, at))
                at += 1
        return spans


def area(column: int, row: int, last_column: int, last_row: int) -> str:
    """Return e.g. B5:C6, or B5 for a single cell."""
    first = f"{get_column_letter(column)}{row}"
    last = f"{get_column_letter(last_column)}{last_row}"
    return first if first == last else f"{first}:{last}"
