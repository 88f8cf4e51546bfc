"""Checks and applies files the way the pages do, without the pages."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bcp_portal.accounts.models import Membership, Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex import registry
from bcp_portal.annex.excel.export import book_of_all, book_of_one
from bcp_portal.annex.excel.workbook import workbook_bytes
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.importing.check_result import CheckedFile
from bcp_portal.importing.file_checker import FileChecker
from bcp_portal.importing.import_outcome import ImportLine
from bcp_portal.importing.import_writer import apply
from bcp_portal.importing.reader_process import read
from bcp_portal.importing.sheet_matching import Assigned, assign
from bcp_portal.importing.source_reader import source_of
from bcp_portal.importing.targets import targets_of


class Desk:
    """One person of one municipality with files to bring in."""

    def __init__(self, municipality: Municipality, membership: Membership, folder: Path) -> None:
        self.municipality, self.membership, self.folder = municipality, membership, folder
        self.assigned = Assigned()

    def export(self, code: str = "", *, personal: bool = True) -> bytes:
        """Return the workbook of one table, or of all."""
        presentation = Presentation.load(self.municipality)
        if not code:
            personal = self.membership.may(Permission.VIEW_PERSONAL)
            return workbook_bytes(book_of_all(presentation, personal=personal))
        spec = registry.spec(code)
        assert spec is not None
        listing = Listing(Sheet(spec, presentation), Query.read({}), personal=personal)
        return workbook_bytes(book_of_one(listing))

    def check(self, content: bytes, code: str = "", **options: Any) -> CheckedFile:
        """Return what importing the file would do."""
        path = self.folder / "file"
        path.write_bytes(content)
        presentation = Presentation.load(self.municipality)
        self.assigned = assign(
            source_of(read(path)),
            targets_of(presentation, self.membership),
            remembered=options.pop("remembered", {}),
            wanted_code=code,
            by_hand=options.pop("by_hand", None),
        )
        return FileChecker(self.assigned.taken, **options).run()

    def bring_in(self, content: bytes, code: str = "", **options: Any) -> CheckedFile:
        """Import the file at once."""
        checked = self.check(content, code, **options)
        apply(
            checked,
            municipality=self.municipality,
            actor=self.membership.user,
            file_name="表.xlsx",
        )
        return checked


def workbook_of(*lines: Sequence[Any], title: str = "Sheet1", merged: Sequence[str] = ()) -> bytes:
    """Return an .xlsx file with one sheet of these lines."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for line in lines:
        sheet.append(list(line))
    for area in merged:
        sheet.merge_cells(area)
    return bytes_of(workbook)


def bytes_of(workbook: Any) -> bytes:
    stored = BytesIO()
    workbook.save(stored)
    return stored.getvalue()


def csv_of(*lines: Sequence[str], encoding: str = "utf-8") -> bytes:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode(encoding)


def outcomes(checked: CheckedFile) -> dict[int, str]:
    """Return the outcome of each line by its number."""
    return {entry.row: entry.outcome.value for entry in checked.plan.entries}


def reasons(checked: CheckedFile) -> list[str]:
    """Return all reasons for which lines are refused or skipped."""
    return [problem.reason for entry in checked.plan.entries for problem in entry.problems]


def changes_of(entry: ImportLine) -> dict[str, tuple[str, str]]:
    return {change.label: (change.old, change.new) for change in entry.changes}
