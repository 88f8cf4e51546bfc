"""Marks on working prints what an edition would not hold: rows whose 状態 is 作成中, and their names."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from bcp_portal.accounts.rows import Row, RowStatus
from bcp_portal.annex.counted_rows import is_counted
from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.table import Column, Table, TableRow

MARK = "【作成中】"
NOT_IN_EDITION = f"{MARK}の行は、版には載りません。"
NAME_MARK = "（作成中）"
NAMES_DRAFTS = f"{NAME_MARK}と付いた名前の行は、版の表には載りません。"
COUNTS_DRAFTS = "作成中の行を含めて作っています。版では、その分だけ内容が変わります。"


def named(row: Row, text: str) -> str:
    """Return what a figure or a card calls a row; one marked 作成中 says so."""
    return f"{MARK}{text}" if row.row_status == RowStatus.DRAFT else text


def name_marked(row: Row, name: str) -> str:
    """Return what something else calls a row; of one marked 作成中 it says so while those count."""
    is_draft = row.row_status == RowStatus.DRAFT and is_counted(row)
    return f"{name}{NAME_MARK}" if is_draft else name


def marked_name(row: Row | None) -> str:
    """Return the name of a row that another names, marked as `name_marked` does; "" for none."""
    return name_marked(row, str(row)) if row else ""


def with_named_marks(table: Table, drafts: Collection[str]) -> Table:
    """Return the table with a mark behind each name of a row whose uid is in `drafts`."""
    naming = [column.name for column in table.columns if column.kind.names_rows]
    if not drafts or not naming:
        return table
    rows = tuple(
        replace(row, cells={**row.cells, **_marked_names(row, naming, drafts)})
        for row in table.rows
    )
    if rows == table.rows:
        return table
    return noting_names(replace(table, rows=rows))


def noting_names(table: Table) -> Table:
    """Return the table with the note on marked names, once."""
    if NAMES_DRAFTS in table.note:
        return table
    return replace(table, note=_joined(table.note, NAMES_DRAFTS))


def _marked_names(
    row: TableRow, columns: Sequence[str], drafts: Collection[str]
) -> dict[str, CellValue]:
    return {name: _marked(row.cells[name], drafts) for name in columns if name in row.cells}


def _marked(value: CellValue, drafts: Collection[str]) -> CellValue:
    if isinstance(value, list):
        return [_marked(each, drafts) for each in value]
    if isinstance(value, dict) and value.get("uid") in drafts:
        return {**value, "text": f"{value['text']}{NAME_MARK}"}
    return value


def noting_computed(table: Table, columns: Collection[str]) -> Table:
    """Return the table with a note that names those of `columns` it shows: drafts count in them."""
    labels = [column.label for column in table.columns if column.name in columns]
    if not labels:
        return table
    named_columns = "」「".join(" ".join(label.split()) for label in labels)
    sentence = f"「{named_columns}」は、作成中の行を含めて計算しています。版では、その分だけ値が変わります。"
    return replace(table, note=_joined(table.note, sentence))


def with_marks(table: Table, drafts: Collection[str]) -> Table:
    """Return the table with a mark in the naming cell of the rows whose uid is in `drafts`."""
    if not table.columns or not any(row.uid in drafts for row in table.rows):
        return table
    column = _naming_column(table.columns)
    as_text = replace(column, kind=Kind.LONG_TEXT, choices=())
    rows = tuple(_with_mark(table, row, column, drafts) for row in table.rows)
    columns = tuple(
        as_text if each is column and not column.kind.takes_any_text else each
        for each in table.columns
    )
    return replace(table, columns=columns, rows=rows, note=_joined(table.note, NOT_IN_EDITION))


def _with_mark(table: Table, row: TableRow, column: Column, drafts: Collection[str]) -> TableRow:
    is_draft = row.uid in drafts
    if column.kind.takes_any_text and not is_draft:
        return row
    text = table.text(row, column)
    return replace(row, cells={**row.cells, column.name: f"{MARK}{text}" if is_draft else text})


def _naming_column(columns: Sequence[Column]) -> Column:
    """Return the column that repeats in every band of a wide table: a reader meets it first."""
    naming = [column for column in columns if column.names_row]
    words = [column for column in columns if not column.kind.is_number]
    return (naming or words or list(columns))[0]


def added_by_drafts(working: Table, issued: Table) -> frozenset[str]:
    """Return the uids of the lines of a view that are there only because 作成中 counts."""
    kept = {row.uid for row in issued.rows}
    return frozenset(row.uid for row in working.rows if row.uid not in kept)


def noting_drafts(working: Table, issued: Table) -> Table:
    """Return the view with a note where lines that an edition has too read differently in it."""
    if _said(working, issued) == _said(issued, issued) and working.columns == issued.columns:
        return working
    return replace(working, note=_joined(working.note, COUNTS_DRAFTS))


def _said(table: Table, issued: Table) -> Counter[tuple[str, ...]]:
    """Return how often each line is there that an edition has too; running numbers do not count."""
    kept = {row.uid for row in issued.rows}
    words = [column for column in table.columns if column.name != "number"]
    return Counter(
        (row.uid, *(table.text(row, column) for column in words))
        for row in table.rows
        if row.uid in kept
    )


def _joined(note: str, sentence: str) -> str:
    return f"{note} {sentence}" if note else sentence
