"""Files of jobs: there as a whole or not at all, and readable by the server's user only."""

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bcp_portal.accounts.private_files import private_storage

logger = logging.getLogger(__name__)

_UNFINISHED = ".part"


@contextmanager
def whole_file(name: str) -> Iterator[BinaryIO]:
    """Write a private file that takes its name when all of it is on the disk; OSError if it cannot."""
    path = path_of(name)
    make_private_folder(path.parent)
    beside = path.with_name(path.name + _UNFINISHED)
    handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def remove(names: Iterable[str]) -> None:
    """Remove private files, finished or not; what is not there is no fault."""
    for path in map(path_of, names):
        path.unlink(missing_ok=True)
        path.with_name(path.name + _UNFINISHED).unlink(missing_ok=True)


def try_to_remove(names: Iterable[str]) -> None:
    """Remove private files where the disk allows it; what cannot be removed goes with its job."""
    try:
        remove(names)
    except OSError:
        logger.warning("Files of a job could not be removed.", exc_info=True)


def path_of(name: str) -> Path:
    """Return the place of a private file."""
    return Path(private_storage().path(name))


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the server's user only."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
