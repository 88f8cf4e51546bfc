"""Notices lines whose hidden uid belongs to one row and whose cells to another, as sorting leaves them."""

from collections.abc import Iterator, Mapping
from typing import Any

from bcp_portal.annex.excel.values import excel_value
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import CellProblem
from bcp_portal.importing.sheet_lines import SheetLines
from bcp_portal.importing.sources import Cell, shown
from bcp_portal.importing.stored_values import is_as_exported
from bcp_portal.ui.text import match_key

MOVED = (
    "隠れているA列の識別子は「{}」の行のものですが、「{}」と書かれています。A列を含めずに並べ替えたか、"
    "行を貼り付けたと考えられるため、取り込みません。A列を含めて並べ直すか、A列を表示して識別子を消し"
    "（名称で行を探します）、選び直してください。この行の名称を本当に変えるときは、確かめて印を付けます。"
)
# So many rows of a table never take the names of one another at once, unless they were sorted.
_MANY_LINES, _MANY_SHARE = 5, 1 / 3

_Key = tuple[str, ...]


def moved_lines(sheet: SheetLines) -> list[tuple[DataLine, CellProblem]]:
    """Return the lines that seem to stand beside the uid of another row, and what to say of each."""
    names = [name for name in sheet.target.sheet.spec.natural_key if name in sheet.columns]
    lines = [line for line in sheet.lines if line.uid and not line.skipped]
    if not names or not any(_is_called_anew(sheet, line, names) for line in lines):
        return []
    keys = {uid: _stored_key(sheet, uid, names) for uid in sheet.cells}
    uids = {key: uid for uid, key in keys.items() if any(key)}
    found = []
    for line in lines:
        uid = line.uid.lower()
        key = tuple(match_key(shown(line.cells.get(name))) for name in names)
        if uid in keys and key != keys[uid] and key in uids:
            found.append((line, uid, uids[key]))
    many = len(found) >= max(_MANY_LINES, len(lines) * _MANY_SHARE)
    return [
        (line, _problem(sheet, line, uid, names))
        for line, uid, other in found
        if many or _reads_as(sheet, line, other, uid, names)
    ]


def _is_called_anew(sheet: SheetLines, line: DataLine, names: list[str]) -> bool:
    """Tell whether a line calls the row of its uid otherwise than it is stored."""
    uid = line.uid.lower()
    return uid in sheet.cells and not all(
        _is_stored(sheet, name, line.cells.get(name), uid) for name in names
    )


def _stored_key(sheet: SheetLines, uid: str, names: list[str]) -> _Key:
    return tuple(match_key(_text(sheet, sheet.cells[uid], name)) for name in names)


def _text(sheet: SheetLines, cells: Mapping[str, Any], name: str) -> str:
    column = sheet.target.items[name].column
    value = excel_value(column, cells.get(name), sheet.target.sheet.presentation.date_style)
    return "" if value is None else str(value)


def _reads_as(sheet: SheetLines, line: DataLine, other: str, uid: str, names: list[str]) -> bool:
    """Tell whether the other cells of a line, where the two rows differ, are those of the other row."""
    matches = [
        (_is_stored(sheet, name, cell, other), _is_stored(sheet, name, cell, uid))
        for name, cell in _others(sheet, line, names)
    ]
    theirs = sum(a and not b for a, b in matches)
    own = sum(b and not a for a, b in matches)
    return theirs > own


def _others(sheet: SheetLines, line: DataLine, names: list[str]) -> Iterator[tuple[str, Cell]]:
    return ((name, line.cells.get(name)) for name in sheet.columns if name not in names)


def _is_stored(sheet: SheetLines, name: str, cell: Cell, uid: str) -> bool:
    style = sheet.target.sheet.presentation.date_style
    column = sheet.target.items[name].column
    return is_as_exported(column, sheet.cells[uid].get(name), cell, style)


def _problem(sheet: SheetLines, line: DataLine, uid: str, names: list[str]) -> CellProblem:
    stored = "　".join(filter(None, (_text(sheet, sheet.cells[uid], name) for name in names)))
    written = "　".join(filter(None, (shown(line.cells.get(name)) for name in names)))
    problem = sheet.forms.problem(line, names[0], "")
    personal = any(sheet.target.items[name].column.personal for name in names)
    reason = MOVED.format(stored, written)
    return CellProblem(problem.column, problem.label, problem.value, reason, personal)
