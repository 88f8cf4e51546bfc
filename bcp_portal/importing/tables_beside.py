"""Finds where another table stands to the left or right of the one that a sheet is read for; pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bcp_portal.importing.heading import Head, WantedColumn, label_key, match_columns, plain
from bcp_portal.importing.sources import SourceLine, SourceSheet, place_of

_A_TABLE = 2
_BETWEEN_NOTES = 3
_MOST_LABELS = 6
_NOTE = "備考"


@dataclass(frozen=True)
class NeighbourTable:
    """Columns of another table: the first and the last, what its head says, its filled lines."""

    first: int
    last: int
    labels: Mapping[int, str]
    lines: int = 0

    @property
    def columns(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def remark(self) -> str:
        """Say in Japanese that the table is not taken, and what to do."""
        return f"{self.said}同じ表のときは「列の対応を直す」で項目を選んでください。"

    @property
    def said(self) -> str:
        """Say in Japanese that the table is not taken."""
        named = [f"{place_of(number)}列「{label}」" for number, label in self.labels.items()]
        more = f"、ほか{len(named) - _MOST_LABELS}列" if len(named) > _MOST_LABELS else ""
        return (
            f"{place_of(self.first)}列から{place_of(self.last)}列は、隣に並ぶ別の表と判断し、"
            f"取り込みません（{'、'.join(named[:_MOST_LABELS])}{more}、値のある行は{self.lines}行）。"
            "その表も取り込むには、別のシートに分けてください。"
        )


def tables_beside(
    sheet: SourceSheet,
    head: Head,
    wanted: Sequence[WantedColumn],
    known: Mapping[str, str] | None = None,
) -> list[NeighbourTable]:
    """Return the other tables beside the one whose head this is.

    `known` are columns assigned by hand before: a table all of whose columns were is part of this.
    """
    if head.names:
        return []
    blocks = [part for block in _blocks(sheet, head) for part in _parted(block, head)]
    if len(blocks) < _A_TABLE or _is_spread_out(blocks, head):
        return []
    matched = match_columns(head, wanted)
    main = max(blocks, key=lambda block: (sum(n in matched for n in block), -block[0]))
    below = list(_lines_below(sheet, head))
    found = []
    for block in blocks:
        labels = {n: head.labels[n] for n in block if n in head.labels}
        by_hand = known and all(known.get(label_key(head, n, t)) for n, t in labels.items())
        if block is main or by_hand or not _is_another(labels, block, main, head, below):
            continue
        lines = [line for line in sheet.lines if line.number > head.last_row]
        filled = sum(not _is_empty(line, block) for line in lines)
        found.append(NeighbourTable(block[0], block[-1], labels, filled))
    return found


def without(sheet: SourceSheet, head: Head, columns: Collection[int]) -> SourceSheet:
    """Return the sheet without what stands in these columns from its head on; titles stay."""
    if not columns:
        return sheet
    top = head.last_row - bool(head.groups)
    lines = [
        line if line.number < top else kept
        for line in sheet.lines
        if (kept := _line_without(line, columns)).cells or kept.struck or line.number < top
    ]
    merged = [area for area in sheet.merged if area[0] < top or area[1] not in columns]
    return replace(sheet, lines=lines, merged=merged)


def head_without(head: Head, columns: Collection[int]) -> Head:
    """Return the head without the labels of these columns."""
    labels = {number: text for number, text in head.labels.items() if number not in columns}
    groups = {number: text for number, text in head.groups.items() if number not in columns}
    return replace(head, labels=labels, groups=groups)


def _line_without(line: SourceLine, columns: Collection[int]) -> SourceLine:
    cells = [None if n in columns else cell for n, cell in enumerate(line.cells, start=1)]
    while cells and cells[-1] is None:
        cells.pop()
    struck = {number: text for number, text in line.struck.items() if number not in columns}
    return replace(line, cells=tuple(cells), struck=struck)


def _blocks(sheet: SourceSheet, head: Head) -> list[list[int]]:
    """Return the columns in runs, between those that are empty from the head on, with labels."""
    used = set(head.labels)
    for line in _lines_below(sheet, head):
        used.update(line.filled())
    top = head.last_row - bool(head.groups)
    for first, left, last, right in sheet.merged:
        if last >= top and first <= head.last_row:
            used.update(range(left, right + 1))
    runs: list[list[int]] = []
    for column in sorted(used):
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return [run for run in runs if any(column in head.labels for column in run)]


def _lines_below(sheet: SourceSheet, head: Head) -> Iterator[SourceLine]:
    """Yield the lines right below the head, up to an empty one."""
    expected = head.last_row + 1
    for line in sheet.lines:
        if line.number == expected:
            yield line
            expected += 1


def _parted(block: list[int], head: Head) -> list[list[int]]:
    """Part columns without an empty one between them where the first label, or 備考, comes again."""
    labels = {n: plain(head.labels[n]) for n in block if n in head.labels and n not in head.groups}
    first = labels.get(block[0])
    again = [n for n in block[1:] if first and labels.get(n) == first]
    notes = [n for n in block if labels.get(n) == _NOTE]
    if not again and len(notes) > 1 and notes[1] - notes[0] >= _BETWEEN_NOTES:
        again = [note + 1 for note in notes if note < block[-1]]
    edges = [block[0], *again, block[-1] + 1]
    return [list(range(start, end)) for start, end in pairwise(edges)]


def _is_spread_out(blocks: Sequence[list[int]], head: Head) -> bool:
    """Tell whether most labels stand alone, as on a sheet ruled like squared paper."""
    counts = [sum(column in head.labels for column in block) for block in blocks]
    return len(blocks) > _A_TABLE and counts.count(1) * 2 >= sum(counts)


def _is_another(
    labels: Mapping[int, str],
    block: Sequence[int],
    main: Sequence[int],
    head: Head,
    below: Sequence[SourceLine],
) -> bool:
    """Tell whether columns apart are a table: several, one said already, or one of other lines."""
    own = {plain(head.labels[n]) for n in main if n in head.labels}
    return (
        len(labels) >= _A_TABLE
        or any(plain(text) in own for text in labels.values())
        or any(_is_empty(line, main) and not _is_empty(line, block) for line in below)
    )


def _is_empty(line: SourceLine, columns: Iterable[int]) -> bool:
    return all(line.cell(column) is None for column in columns)
