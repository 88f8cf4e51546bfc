"""How far a file is, in a small file beside it: the database would show it only when all is saved."""

import json
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bcp_portal.accounts.private_files import private_storage
from bcp_portal.annex.import_models import ImportJob

_SECONDS_BETWEEN_NOTES = 0.5


@dataclass(frozen=True)
class Progress:
    """What is being done, and how many of how many lines; 0 where the number is not known yet."""

    phase: str = ""
    done: int = 0
    total: int = 0

    @property
    def known_total(self) -> int:
        return max(self.total, 1)


class ProgressNote:
    """The note of one import; writing and reading it need no database."""

    def __init__(self, job: ImportJob) -> None:
        name = f"imports/{job.municipality.code}/{job.uid}.progress"
        self._path = Path(private_storage().path(name))
        self._last = 0.0

    def write(self, phase: str, done: int, total: int = 0) -> None:
        """Note how far it is, not oftener than twice a second."""
        now = time.monotonic()
        if now - self._last < _SECONDS_BETWEEN_NOTES and done != total:
            return
        self._last = now
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self._path.with_suffix(".writing")
        beside.write_text(json.dumps([phase, done, total]), encoding="utf-8")
        beside.replace(self._path)

    def read(self) -> Progress:
        """Return the last note, an empty one where there is none."""
        try:
            phase, done, total = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Progress()
        return Progress(str(phase), int(done), int(total))

    def age(self) -> timedelta | None:
        """Return how long ago the last note was written, None where there is none."""
        try:
            return timedelta(seconds=time.time() - self._path.stat().st_mtime)
        except OSError:
            return None

    def remove(self) -> None:
        """Forget the note."""
        self._path.unlink(missing_ok=True)


def outline_of(lines: Any) -> list[list[Any]]:
    """Return lines as JSON, cells shortened: enough to recognise a table by."""
    return [[line.number, [_brief(cell) for cell in line.cells]] for line in lines]


def _brief(cell: Any) -> Any:
    return cell[:100] if isinstance(cell, str) else cell
