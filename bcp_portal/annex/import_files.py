"""Says where the files of imports lie; the migrations of this label name these functions."""

from typing import Protocol
from uuid import UUID

from bcp_portal.accounts.models import Municipality


class ImportTurn(Protocol):
    """An import, of which each check and each saving is a turn with a file of its own."""

    uid: UUID
    turn: int

    @property
    def municipality(self) -> Municipality: ...


def source_path(job: ImportTurn, _name: str) -> str:
    """Return the place of the file that was given: a folder a municipality."""
    return f"imports/{job.municipality.code}/{job.uid}.source"


def entries_path(job: ImportTurn, _name: str) -> str:
    """Return the place of what the present turn finds, a line of JSON for each line of the file.

    What was shown stays as it was until the record of the job names another.
    """
    return entries_path_of_turn(job, job.turn)


def entries_path_of_turn(job: ImportTurn, turn: int) -> str:
    """Return the same of an earlier turn."""
    return f"imports/{job.municipality.code}/{job.uid}.{turn}.entries"
