"""Writes what a check found as a workbook, so that a person can correct the file beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bcp_portal.annex.excel.styles import HEAD, RULED_TEXT, CellStyles
from bcp_portal.annex.excel.texts import cell_text, visible_text
from bcp_portal.importing.import_outcome import LABELS, ImportLine, LineOutcome
from bcp_portal.importing.models import ImportJob
from bcp_portal.ui.eras import DateStyle

_PROBLEM_HEADS = ("シート", "行", "名称", "列", "項目", "値", "理由")
_CHANGE_HEADS = ("シート", "行", "名称", "項目", "変更前", "変更後", "注意")
_WIDTHS = (28, 8, 30, 24, 40, 40, 60)
_SHEET_HEADS = ("シート", "様式", "注意")
_SHEET_WIDTHS = (28, 30, 100)
_NAME = "名称"
ALIKE = "似た名称がすでにあります：{}"
SAME = "同じ名称の行がほかにあります：{}"


def report_bytes(job: ImportJob, entries: Iterable[ImportLine]) -> bytes:
    """Return an .xlsx file with one sheet an outcome, but none for what stays as it is."""
    workbook = Workbook(write_only=True)
    workbook.properties.title = visible_text(job.file_name)
    styles = CellStyles(workbook, DateStyle(job.municipality.date_style))
    found = list(entries)
    for outcome in (LineOutcome.REFUSED, LineOutcome.CHANGED, LineOutcome.NEW, LineOutcome.SKIPPED):
        of_outcome = [entry for entry in found if entry.outcome is outcome]
        problems = outcome in (LineOutcome.REFUSED, LineOutcome.SKIPPED)
        sheet = workbook.create_sheet(LABELS[outcome])
        heads = _PROBLEM_HEADS if problems else _CHANGE_HEADS
        _begin(sheet, styles, heads)
        for entry in of_outcome:
            for line in _problem_lines(entry) if problems else _change_lines(entry):
                _append(sheet, styles, line, RULED_TEXT)
    held = [replace(entry, problems=entry.held) for entry in found if entry.held]
    if held:
        sheet = workbook.create_sheet("確かめてほしい行")
        _begin(sheet, styles, _PROBLEM_HEADS)
        for line in (line for entry in held for line in _problem_lines(entry)):
            _append(sheet, styles, line, RULED_TEXT)
    _append_remarks(workbook, styles, job.summary)
    stored = BytesIO()
    workbook.save(stored)
    return stored.getvalue()


def _append_remarks(workbook: Workbook, styles: CellStyles, summary: Mapping[str, Any]) -> None:
    """Write what the page says of the file and of its sheets, where it says anything."""
    lines = [("", "", note) for note in summary.get("notes", ())]
    for each in summary.get("sheets", ()):
        said = [each.get("note", ""), *each.get("remarks", ())]
        lines += [(each["name"], each.get("heading", ""), text) for text in said if text]
    if not lines:
        return
    sheet = workbook.create_sheet("シートについて")
    _begin(sheet, styles, _SHEET_HEADS, _SHEET_WIDTHS)
    for line in lines:
        _append(sheet, styles, line, RULED_TEXT)


def _begin(
    sheet: Worksheet, styles: CellStyles, heads: tuple[str, ...], widths: tuple[int, ...] = _WIDTHS
) -> None:
    for letter, width in zip("ABCDEFG", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    _append(sheet, styles, heads, HEAD)


def _append(sheet: Worksheet, styles: CellStyles, texts: Iterable[str], style: str) -> None:
    sheet.append([styles.cell(sheet, cell_text(text), style) for text in texts])


def _problem_lines(entry: ImportLine) -> Iterable[tuple[str, ...]]:
    for each in entry.problems:
        yield (
            entry.sheet,
            f"{entry.row}",
            entry.name,
            each.column,
            each.label,
            each.value,
            each.reason,
        )


def _change_lines(entry: ImportLine) -> Iterable[tuple[str, ...]]:
    """Yield what the page shows: a line a change, and one where the name reads as another does."""
    row = (entry.sheet, f"{entry.row}", entry.name)
    if entry.alike:
        yield *row, _NAME, "", entry.name, ALIKE.format("、".join(entry.alike))
    if entry.namesakes:
        called = "、".join(label for _, label in entry.namesakes)
        yield *row, _NAME, "", entry.name, SAME.format(called)
    for each in entry.changes:
        yield *row, each.label, each.old, each.new, each.shown
