"""Turns the lines below a head into cells by column name: ditto marks and merged cells filled; pure."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from bcp_portal.importing.cell_values import is_ditto
from bcp_portal.importing.department_names import UnitNames
from bcp_portal.importing.heading import Head
from bcp_portal.importing.sources import Cell, SourceLine, SourceSheet
from bcp_portal.ui.text import match_key

_NOTES = ("※", "注", "（注", "(注", "【", "■", "◆", "●", "＜", "<", "＊", "*")
_TOTALS = {"合計", "計", "小計", "総計", "総合計", "以上", "以下余白"}
_KINDS_OF_TOTAL = ("小計", "合計", "総計")
_AMOUNT = re.compile(r"^[-▲△¥\\]?\s*[\d,.]+\s*[^\d\s]{0,4}$")
_COUNTED = re.compile(r"^(?:小計|合計|総計|計|うち).{0,12}?[\d,]+\s*(?:名|人|件|台|行|課|部署)$")
# As a department, a person or a system is never called.
_NOTE = re.compile(
    r"^(?:以上[はが、]|作成(?:日|者|部署|課)?\s*:|出典\s*:|備考\s*:|(?:令和|平成)?\d+年\d+月\d+日現在"
    r"|[(\[]?\d{1,2}[)\].]\s*\S|\d{1,2}\s+\D|第\d+\s|[ⅠⅡⅢⅣⅤ]|[①-⑳]"
    r"|[-−‐―–]\s*\d+\s*[-−‐―–]$|\d+\s*/\s*\d+\s*(?:ページ|頁)?$|\d+\s*(?:ページ|頁)$"
    r"|(?:page|p\.?)\s*\d+(?:\s*(?:/|of)\s*\d+)?$|.*[(\[]\s*(?:つづき|続き?|前ページから)\s*[)\]]$)",
    re.IGNORECASE,
)
_LONGEST_SPACED = 3
NOTHING_TO_TAKE = "取り込む項目に値がありません"
HEAD_AGAIN = "見出しの繰り返しと判断しました"
A_NOTE = "注記や小見出しと判断しました"
A_SECTION = "部署名だけの行のため、小見出しと判断しました"
STRUCK_THROUGH = "取り消し線が引かれた行のため、取り込みません"
A_TOTAL = "合計や「以下余白」の行と判断しました"
ANOTHER_TABLE = (
    "{}行目から別の表が始まっていると判断しました。その表も取り込むには、別のシートに分けてください"
)
NOTHING_ABOVE = "「{}」と書かれていますが、上の行に値がありません。"

_Area = tuple[int, int, Cell]
"""The first and the last line of merged cells, and what the first of them holds."""


@dataclass(frozen=True)
class DataLine:
    """One line of a table: its number, the uid it carries, and its cells by column name.

    `as_written` are the cells before ditto marks were filled; `orphans` the columns whose ditto
    mark has nothing above it; `skipped` says in Japanese why the line is no row; `struck` are the
    columns of which something is struck through, and not taken.
    """

    number: int
    uid: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    as_written: Mapping[str, Cell] = field(default_factory=dict)
    orphans: frozenset[str] = frozenset()
    skipped: str = ""
    struck: frozenset[str] = frozenset()


def data_lines(
    sheet: SourceSheet,
    head: Head,
    columns: Mapping[int, str],
    constants: Mapping[str, str] | None = None,
    ends_before: int = 0,
    units: UnitNames | None = None,
) -> Iterator[DataLine]:
    """Yield every filled line below the head; `constants` stand in every one of them.

    In line `ends_before`, unless it is 0, another table begins. Where `units` are given, one of
    them alone on its line is no row.
    """
    merged = _merged_downwards(sheet, head)
    headings = _merged_across(sheet)
    above: dict[str, Cell] = {}
    for line in sheet.lines:
        if line.number <= head.last_row:
            continue
        uid = line.text(head.uid_column) if head.uid_column else ""
        written = _cells(line, columns, merged)
        across = line.number in headings
        struck = frozenset(columns[column] for column in line.struck if column in columns)
        reason = "" if uid else _why_skipped(line, head, written, units, across=across)
        if struck and all(written[name] is None for name in written):
            reason = STRUCK_THROUGH
        if line.number >= ends_before > 0:
            reason = ANOTHER_TABLE.format(ends_before)
        if reason:
            yield DataLine(line.number, skipped=reason)
            continue
        written |= constants or {}
        cells = dict(written)
        ditto = [name for name, cell in written.items() if is_ditto(cell)]
        for name in ditto:
            cells[name] = above.get(name)
        above = cells
        orphans = frozenset(name for name in ditto if cells[name] is None)
        yield DataLine(line.number, uid, cells, written, orphans, struck=struck)


def _cells(
    line: SourceLine, columns: Mapping[int, str], merged: Mapping[int, Sequence[_Area]]
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for column, name in columns.items():
        cell = line.cell(column)
        if cell is None and column in merged and column not in line.struck:
            cell = _held_from_above(merged[column], line.number)
        cells[name] = cell
    return cells


def _merged_downwards(sheet: SourceSheet, head: Head) -> dict[int, list[_Area]]:
    """Return the merged areas below the head that cover several lines, by column, from the top."""
    areas = [area for area in sheet.merged if area[0] > head.last_row and area[2] > area[0]]
    if not areas:
        return {}
    by_number = {line.number: line for line in sheet.lines}
    found: dict[int, list[_Area]] = {}
    for top, left, bottom, _ in sorted(areas):
        value = by_number[top].cell(left) if top in by_number else None
        found.setdefault(left, []).append((top, bottom, value))
    return found


def _held_from_above(areas: Sequence[_Area], row: int) -> Cell:
    """Return what a covered cell holds: the value of the first cell of its area."""
    # Areas do not overlap, so only the last that begins above can cover the row.
    begun = bisect_left(areas, row, key=itemgetter(0))
    _, bottom, value = areas[begun - 1] if begun else (0, 0, None)
    return value if row <= bottom else None


def _merged_across(sheet: SourceSheet) -> set[int]:
    """Return the lines in which one merged cell covers several columns, as a small heading does."""
    return {top for top, left, bottom, right in sheet.merged if top == bottom and right > left + 1}


def _why_skipped(
    line: SourceLine,
    head: Head,
    cells: Mapping[str, Cell],
    units: UnitNames | None,
    *,
    across: bool,
) -> str:
    """Return why a line is no row; `across` says that a merged cell of it covers several columns."""
    by_column = {number: line.text(number) for number in line.filled()}
    texts = list(by_column.values())
    if _repeats(by_column, head):
        return HEAD_AGAIN
    if texts and _is_total("".join(texts[0].split()), texts[1:]):
        return A_TOTAL
    if len(set(texts)) == 1 and len(cells) > 1 and (_is_note(texts[0]) or across):
        return A_NOTE
    if units and len(set(texts)) == 1 and units.has(texts[0]):
        # Above the people or systems of a department, its name alone heads a section.
        return A_SECTION
    return NOTHING_TO_TAKE if all(cell is None for cell in cells.values()) else ""


def _is_total(text: str, others: Sequence[str]) -> bool:
    """Tell whether a line sums others up: by its first text, and nothing but numbers beside it."""
    if not all(_AMOUNT.match(unicodedata.normalize("NFKC", other)) for other in others):
        return False
    folded = unicodedata.normalize("NFKC", text)
    counted = bool(_COUNTED.match(folded)) and not others
    return text in _TOTALS or text.endswith(_KINDS_OF_TOTAL) or counted


def _is_note(text: str) -> bool:
    """Tell whether the only text of a line is a footnote, the head of a section or a page number."""
    return text.startswith(_NOTES) or bool(_NOTE.match(unicodedata.normalize("NFKC", text)))


def _repeats(texts: Mapping[int, str], head: Head) -> bool:
    same = [n for n, text in texts.items() if _is_label(text, head.labels.get(n, ""))]
    return len(same) > 1 and len(same) * 3 >= len(texts) * 2


def _is_label(text: str, label: str) -> bool:
    # Folding takes time, and there are many cells.
    alike = text[:1] == label[:1] and len(text) <= _LONGEST_SPACED * len(label)
    return text == label or (alike and match_key(text) == match_key(label))
