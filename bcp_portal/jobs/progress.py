"""How far a job is, in a small file beside its files, and the sign that it does not hang.

The database would show nothing before the end of what is saved, or shown, in one transaction.
"""

import json
import time
from contextlib import suppress
from dataclasses import dataclass

from bcp_portal.jobs import watchdog
from bcp_portal.jobs.files import make_private_folder, path_of
from bcp_portal.jobs.models import BackgroundJob

_SECONDS_BETWEEN_NOTES = 0.5


@dataclass(frozen=True)
class Progress:
    """What is being done, and how many of how many; 0 where the number is not known yet."""

    phase: str = ""
    done: int = 0
    total: int = 0

    @property
    def known_total(self) -> int:
        return max(self.total, 1)


class ProgressNote:
    """The note of one job; writing and reading it need no database."""

    def __init__(self, job: BackgroundJob) -> None:
        self._path = path_of(f"{job.folder}/{job.municipality.code}/{job.uid}.progress")
        self._last = 0.0

    def write(self, phase: str, done: int, total: int = 0) -> None:
        """Note how far it is, not oftener than twice a second; a full disk is no reason to stop."""
        watchdog.heard_of()
        now = time.monotonic()
        if now - self._last < _SECONDS_BETWEEN_NOTES and done != total:
            return
        self._last = now
        with suppress(OSError):
            make_private_folder(self._path.parent)
            beside = self._path.with_suffix(".writing")
            beside.touch(mode=0o600)
            beside.write_text(json.dumps([phase, done, total]), encoding="utf-8")
            beside.replace(self._path)

    def read(self) -> Progress:
        """Return the last note, an empty one where there is none."""
        try:
            phase, done, total = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Progress()
        return Progress(str(phase), int(done), int(total))

    def remove(self) -> None:
        """Forget the note."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            self._path.with_suffix(".writing").unlink(missing_ok=True)
