"""An office in which others go on working between the check of a file and its saving."""

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.services import delete_row, save_row, set_status
from bcp_portal.annex.sheet import Sheet
from bcp_portal.importing import import_jobs, requests
from bcp_portal.importing.import_outcome import ImportLine
from bcp_portal.importing.models import ImportJob
from tests.importing.desk import Desk


class Office:
    """One import of the person at the desk, and a colleague who changes rows meanwhile."""

    def __init__(self, desk: Desk, colleague: User) -> None:
        self.desk, self.colleague = desk, colleague
        self._job: ImportJob | None = None

    def show(self, content: bytes, code: str = "") -> ImportJob:
        """Give the file and have it checked."""
        upload = SimpleUploadedFile("表.xlsx", content)
        self._job = requests.start(membership=self.desk.membership, upload=upload, code=code)
        return self.job

    @property
    def job(self) -> ImportJob:
        assert self._job is not None
        return ImportJob.objects.get(pk=self._job.pk)

    def press(self, *, only_good: bool = False) -> ImportJob:
        """Press 「取り込む」."""
        membership = self.desk.membership
        requests.request_apply(membership=membership, job=self.job, only_good=only_good)
        return self.job

    def mark(self, *rows: int, cells: Sequence[tuple[int, str]] = ()) -> ImportJob:
        """Mark these lines of the file as meant, single cells by line and column, and no others."""
        entries = self.entries()
        keys = {entry.row: entry.key for entry in entries}
        requests.confirm(
            membership=self.desk.membership,
            job=self.job,
            shown=list(keys.values()),
            chosen=[keys[row] for row in rows],
            cells=[f"{name}:{keys[row]}" for row, name in cells],
        )
        return self.job

    def entries(self) -> list[ImportLine]:
        return list(requests.entries_of(self.job, personal=True))

    def waiting(self) -> dict[int, str]:
        """Return what is said of the lines that wait to be looked at again, by their numbers."""
        return {
            entry.row: "／".join(f"{p.label}：{p.reason}" for p in entry.since)
            for entry in self.entries()
            if entry.waits
        }

    def saved(self) -> list[int]:
        """Return the numbers of the lines that were saved while others wait."""
        return [entry.row for entry in self.entries() if entry.settled and entry.writes]

    def edit(self, row: Any, **values: Any) -> None:
        """Have the colleague save a row with other values."""
        stored = type(row).objects.get(pk=row.pk)
        for name, value in values.items():
            setattr(stored, name, value)
        save_row(
            sheet=self.sheet(row),
            actor=self.colleague,
            row=stored,
            expected_version=stored.version,
        )

    def add(self, row: Any) -> Any:
        row.municipality = self.desk.municipality
        return save_row(sheet=self.sheet(row), actor=self.colleague, row=row, expected_version=0)

    def delete(self, row: Any) -> None:
        delete_row(sheet=self.sheet(row), actor=self.colleague, row=row)

    def retire(self, row: Any) -> None:
        set_status(sheet=self.sheet(row), actor=self.colleague, row=row, status=RowStatus.RETIRED)

    def sheet(self, row: Any) -> Sheet:
        spec = registry.spec_of_model(type(row))
        assert spec is not None
        return Sheet.of(spec, self.desk.municipality)

    def between_check_and_saving(self, happens: Callable[[], None]) -> Any:
        """Let something happen once after the second check, just before the rows are written."""
        calls = iter([happens])
        save = import_jobs._save

        def late(*arguments: Any) -> None:
            next(calls, lambda: None)()
            save(*arguments)

        return patch.object(import_jobs, "_save", late)
