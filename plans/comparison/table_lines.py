"""Lays out what differs in a table: its columns, then row by row the cells that differ."""

from collections.abc import Iterator, Sequence

from plans.comparison.changes import (
    ColumnChange,
    RowChange,
    Run,
    Status,
    TableChange,
)
from plans.comparison.difference_marks import plain
from plans.comparison.line import EMPTY_TEXT, OMITTED, ComparisonLine, LineKind, line_of, one_sided
from plans.document.sort_words import NOT_PRINTED, decides_order, is_unprinted

_COLUMN_REMARKS = {
    Status.ADDED: "項目の新設",
    Status.REMOVED: "項目を削る",
    Status.CHANGED: "項目名の変更",
}
_TABLE_REMARKS = {Status.ADDED: "表の新設", Status.REMOVED: "表を削る", Status.MOVED: "表の移動"}


def table_lines(table: TableChange, *, titled: bool = True) -> Iterator[ComparisonLine]:
    """Yield the lines of a table; without title when the heading above says it already."""
    whole = table.status in {Status.ADDED, Status.REMOVED}
    if titled or whole or table.status is Status.MOVED:
        yield line_of(
            LineKind.TABLE,
            table.status if whole or table.status is Status.MOVED else Status.SAME,
            (*plain("表　"), *table.title_old),
            (*plain("表　"), *table.title_new),
            remark=_TABLE_REMARKS.get(table.status, ""),
        )
    for note in table.notes:
        yield line_of(LineKind.TEXT, note.status, note.old, note.new)
    for column in () if whole else table.columns:
        yield _column_line(column)
    rows = _with_gaps(table)
    yield from (one_sided(line, table.status) for line in rows) if whole else rows


def _column_line(column: ColumnChange) -> ComparisonLine:
    label = plain("項目：")
    return line_of(
        LineKind.TEXT,
        column.status,
        (*label, *column.old),
        (*label, *column.new),
        remark=_COLUMN_REMARKS[column.status],
    )


def _with_gaps(table: TableChange) -> Iterator[ComparisonLine]:
    """Yield the rows that differ, with one （略） wherever rows between them are the same."""
    last = {"old": 0, "new": 0}
    for row in table.rows:
        places = {"old": row.position_old, "new": row.position_new}
        side = "new" if row.position_new else "old"
        if places[side] - last[side] > 1:
            yield OMITTED
        yield _row_line(row)
        last = {name: place or last[name] for name, place in places.items()}
    count = table.same_rows + sum(1 for row in table.rows if row.position_new)
    if table.same_rows and last["new"] < count:
        yield OMITTED


def _row_line(row: RowChange) -> ComparisonLine:
    remark = _row_remark(row)
    if row.status is Status.MOVED:
        return line_of(
            LineKind.ROW,
            row.status,
            plain(placed_name(row.label_old, row.position_old)),
            plain(placed_name(row.label_new, row.position_new)),
            remark=remark,
        )
    is_lone = row.status in {Status.ADDED, Status.REMOVED}
    return line_of(
        LineKind.ROW,
        row.status,
        () if row.status is Status.ADDED else tuple(_side(row, 0, is_lone)),
        () if row.status is Status.REMOVED else tuple(_side(row, 1, is_lone)),
        remark=remark,
    )


def _row_remark(row: RowChange) -> str:
    if row.status is Status.CHANGED:
        return _changed_remark(row)
    return {
        Status.ADDED: "行の新設",
        Status.REMOVED: "行を削る",
        Status.MOVED: "行の移動",
    }[row.status]


def _changed_remark(row: RowChange) -> str:
    """Return what happened to a row; of one that moved because it is sorted otherwise, why."""
    is_printed = any(not is_unprinted(cell.column) for cell in row.cells)
    words = ["変更"] if is_printed else []
    causes = [cell.label for cell in row.cells if decides_order(cell.column)]
    unprinted = [cell.label for cell in row.cells if is_unprinted(cell.column)]
    if row.moved and causes:
        words.append(f"{_joined(causes)}の変更による移動（{row.position_old}行目から）")
    elif unprinted:
        words.append(f"{_joined(unprinted)}の変更")
    if row.moved and not causes:
        words.append(f"移動（{row.position_old}行目から）")
    return "・".join(words)


def _joined(labels: Sequence[str]) -> str:
    return "と".join(label.removesuffix(NOT_PRINTED) for label in labels)


def placed_name(label: str, position: int) -> str:
    """Return what a row is called and where it stands in its table: two may have one name."""
    place = f"{position}行目"
    return f"{label}（{place}）" if label else place


def _side(row: RowChange, side: int, is_lone: bool) -> Iterator[Run]:
    """Yield one side of a row: its name and place, then a line for each cell that differs.

    A row that is new or gone shows all its cells, and so needs no name above them.
    """
    if not is_lone:
        label = (row.label_old, row.label_new)[side]
        yield Run(placed_name(label, (row.position_old, row.position_new)[side]))
    for number, cell in enumerate(row.cells):
        runs = (cell.old, cell.new)[side]
        end_of_line = "" if is_lone and not number else "\n"
        yield Run(f"{end_of_line}{cell.label}：")
        yield from runs or plain(EMPTY_TEXT)
