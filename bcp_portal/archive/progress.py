"""How far an archive is; the database cannot say, because the archive shows it at one moment."""

from pathlib import Path

from bcp_portal.accounts.private_files import private_storage
from bcp_portal.annex.importing.progress import ProgressNote
from bcp_portal.archive.models import ArchiveJob


class ArchiveNote(ProgressNote):
    """The note of one archive, in a small file beside it."""

    def __init__(self, job: ArchiveJob) -> None:
        name = f"archives/{job.municipality.code}/{job.uid}.progress"
        self._path = Path(private_storage().path(name))
        self._last = 0.0
