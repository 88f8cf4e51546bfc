"""Finds cells that were changed after a workbook was exported, so that nobody's work is taken back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from bcp_portal.audit.models import Entry
from bcp_portal.importing.assignment import Export
from bcp_portal.importing.cell_changes import texts_of
from bcp_portal.importing.cell_values import CellError
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import CellProblem
from bcp_portal.importing.sheet_lines import SheetLines
from bcp_portal.importing.withheld import said_cell
from bcp_portal.ui.eras import format_date

TAKEN_BACK = (
    "ファイルを書き出した後の{when}に、{who}が「{before}」から「{after}」に変えた項目です。"
    "ファイルには変える前の値が残っているため、この項目は取り込みません。"
    "ファイルの値に戻すときは、印を付けてください。"
)
ALSO_CHANGED = (
    "ファイルを書き出した後の{when}に、{who}も「{before}」から「{after}」に変えた項目です。"
    "どちらの値にするか決められないため、この項目は取り込みません。"
    "ファイルの値にするときは、印を付けてください。"
)
PERHAPS_TAKEN_BACK = (
    "{when}に、{who}が「{before}」から「{after}」に変えた項目です。このシートは、いつ書き出したものか"
    "分からず、変える前の値が残っているとも考えられるため、この項目は取り込みません。"
    "ファイルの値にするときは、印を付けてください。"
)


@dataclass(frozen=True)
class _Edit:
    """One change of a cell in the operation log: who, when, and the cell before and after."""

    who: str
    at: datetime
    before: str
    after: str


class LaterEdits:
    """What was changed in the rows of one sheet after the sheet was exported, by whomever."""

    def __init__(self, sheet: SheetLines) -> None:
        self._sheet, self._export = sheet, sheet.assignment.export

    def held(self, line: DataLine, row: Any, names: Collection[str]) -> tuple[CellProblem, ...]:
        """Return what to say of the columns that are not taken unless a person asks for it."""
        if self._export is None or row.updated_at < self._export.since:
            return ()
        return tuple(self._held(self._export, line, row, names))

    def _held(
        self, export: Export, line: DataLine, row: Any, names: Collection[str]
    ) -> Iterator[CellProblem]:
        edits = self._edits.get(str(row.uid), {})
        for name in names:
            if name not in edits:
                continue
            text = self._text(line, row, name)
            before = {self._in_words_of_now(name, edit.before) for edit in edits[name]}
            if text is None or (text not in before and not export.says_when):
                continue
            reason = TAKEN_BACK if text in before else ALSO_CHANGED
            reason = PERHAPS_TAKEN_BACK if export.undated else reason
            yield self._sheet.forms.problem(line, name, self._said(reason, edits[name][-1]))

    def _in_words_of_now(self, name: str, text: str) -> str:
        """Return what the log says of a cell as it is called now, where its options were renamed."""
        options = self._sheet.assignment.options.get(name)
        try:
            return options.in_words_of_now(text) if options else text
        except CellError:
            return text

    def _said(self, reason: str, edit: _Edit) -> str:
        at, style = timezone.localtime(edit.at), self._sheet.target.sheet.presentation.date_style
        when = f"{format_date(at.date(), style)} {at:%H時%M分}"
        shown = {"before": edit.before or "（空欄）", "after": edit.after or "（空欄）"}
        return reason.format(when=when, who=edit.who, **shown)

    def _text(self, line: DataLine, row: Any, name: str) -> str | None:
        """Return what the line says in a column, as the log would call it.

        None where it says nothing, or what is stored already, though in another spelling.
        """
        item, stored = self._sheet.target.items[name], self._sheet.cells[str(row.uid)].get(name)
        style = self._sheet.target.sheet.presentation.date_style
        try:
            said = said_cell(self._sheet, line, row, name)
        except (CellError, ValidationError):
            return None
        old, new = texts_of(item, stored, said, style)
        return None if old == new else item.column.text(said, style)

    @cached_property
    def _edits(self) -> dict[str, dict[str, list[_Edit]]]:
        """What was changed since the export, by uid and column, in the order of the log."""
        target, since = self._sheet.target, self._export and self._export.since
        entries = Entry.objects.filter(
            at__gte=since, target_type=target.sheet.spec.model._meta.label_lower
        )
        # A row that the file knows was there already.
        entries = entries.exclude(action="追加")
        found: dict[str, dict[str, list[_Edit]]] = {}
        columns = ("target_uid", "actor_name", "at", "changes")
        for uid, who, at, changes in entries.order_by("sequence").values_list(*columns):
            for change in changes if uid in self._sheet.stored.rows else ():
                edit = _Edit(who, at, change["before"], change["after"])
                found.setdefault(uid, {}).setdefault(change["name"], []).append(edit)
        return found
