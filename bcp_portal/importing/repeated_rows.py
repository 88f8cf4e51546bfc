"""Puts together what several sheets of a file say about one row, and refuses what they contradict."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bcp_portal.importing.check_result import CheckedFile, Write, refuse_writes
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import CellProblem, ImportLine, LineOutcome
from bcp_portal.importing.line_form import WHOLE_LINE
from bcp_portal.importing.sheet_lines import SheetLines
from bcp_portal.importing.sources import shown
from bcp_portal.ui.text import match_key

SAME_ROW = "{}と同じ行を指しています。どちらか一方にしてください。"
CONTRADICTION = (
    "同じ行が{}にもあり、「{}」に違う値が書かれています。どちらが正しいか決められないため、"
    "値をそろえるか、どちらか一方の行を消してください。"
)
OTHER_REFUSED = "同じ行が{}にもあり、そちらが取り込めないため、取り込めません。"
TOLD_TOGETHER = "{}と同じ行です。変更は、そちらの行にまとめて示しています"


@dataclass
class Mention:
    """One line that tells of a stored row: its place in the plan and in the file."""

    place: int
    sheet: SheetLines
    line: DataLine

    def called(self, other: SheetLines) -> str:
        """Return how a line of another sheet, or of the same, refers to this one."""
        name = self.sheet.assignment.source.name
        number = f"{self.line.number}行目"
        return number if other is self.sheet else f"シート「{name}」の{number}"


class Mentions:
    """The lines of a file by the stored rows they tell of."""

    def __init__(self) -> None:
        self._by_row: dict[tuple[str, str], list[Mention]] = {}

    def add(self, row: Any, mention: Mention) -> list[Mention]:
        """Enter a line and return those that told of the row before."""
        mentions = self._by_row.setdefault((mention.sheet.target.code, str(row.uid)), [])
        if all(each.place != mention.place for each in mentions):
            mentions.append(mention)
        return [each for each in mentions if each.place < mention.place]

    def why_refused(self, checked: CheckedFile, mention: Mention, others: list[Mention]) -> str:
        """Return why a line cannot be taken beside others of its row, and refuse these if need be."""
        for other in others:
            if other.sheet is mention.sheet:
                return SAME_ROW.format(other.called(mention.sheet))
            labels = "」「".join(_contradicting(mention, other))
            if labels:
                _refuse(checked, other, CONTRADICTION.format(mention.called(other.sheet), labels))
                return CONTRADICTION.format(other.called(mention.sheet), labels)
            if checked.plan.entries[other.place].outcome is LineOutcome.REFUSED:
                return OTHER_REFUSED.format(other.called(mention.sheet))
        return ""


def refuse_others(checked: CheckedFile, mention: Mention, others: list[Mention]) -> None:
    """Refuse the lines that told of the row before, because this one is refused."""
    for other in others:
        if other.sheet is not mention.sheet:
            _refuse(checked, other, OTHER_REFUSED.format(mention.called(other.sheet)))


def tell_together(
    checked: CheckedFile, entry: ImportLine, write: Write, mention: Mention, others: list[Mention]
) -> tuple[ImportLine, Write | None]:
    """Show the changes of a line beside those of the first that changes the row, and save them once."""
    first = next((w for w in checked.writes if w.form.row is write.form.row), None)
    if first is None:
        return entry, write
    entries = checked.plan.entries
    together = (*entries[first.place].changes, *entry.changes)
    held = (*entries[first.place].held, *entry.held)
    withheld = (*entries[first.place].withheld, *entry.withheld)
    entries[first.place] = replace(
        entries[first.place], changes=together, held=held, withheld=withheld
    )
    first.form.fields |= write.form.fields
    told = next(each for each in others if each.place == first.place)
    problem = CellProblem("", WHOLE_LINE, "", TOLD_TOGETHER.format(told.called(mention.sheet)))
    return replace(
        entry, outcome=LineOutcome.SKIPPED, changes=(), problems=(problem,), held=(), withheld=()
    ), None


def _refuse(checked: CheckedFile, mention: Mention, reason: str) -> None:
    if checked.plan.entries[mention.place].outcome is not LineOutcome.REFUSED:
        refuse_writes(checked, {mention.place: [CellProblem("", WHOLE_LINE, "", reason)]})


def _contradicting(mention: Mention, other: Mention) -> Iterator[str]:
    """Yield the labels of columns in which two lines say different things."""
    for name in mention.sheet.columns:
        if name not in other.sheet.columns:
            continue
        mine, theirs = _said(mention, name), _said(other, name)
        is_key = name in mention.sheet.target.sheet.spec.natural_key
        if mine is None or theirs is None or mine == theirs:
            continue
        if not (is_key and match_key(mine) == match_key(theirs)):
            yield mention.sheet.target.items[name].column.label


def _said(mention: Mention, name: str) -> str | None:
    """Return what a line says in a column; None where it says nothing."""
    cell = mention.line.cells.get(name)
    if cell is None and not mention.sheet.assignment.head.is_ours:
        return None
    texts = mention.sheet.forms.texts(mention.line, [name]).texts
    return texts.get(name, shown(cell)).strip()
