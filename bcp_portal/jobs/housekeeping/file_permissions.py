"""Closes the data folder to other accounts of the machine: files 0600, folders 0700."""

import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from bcp_portal.jobs.housekeeping.chores import Report

# What lies beside these was put there by somebody else, who may have reasons (the secrets of a
# container, read by another account).
_FOLDERS = ("files", "print-cache", "workers", "log")
_FILES = ("*.sqlite3*", "secret_key", "housekeeping")


def close_to_others(_report: Report) -> None:
    """Take from group and others what former releases, or an open umask, let them read."""
    data = Path(settings.DATA_DIR)
    _close(data)
    for path in _ours(data):
        _close(path)


def _ours(data: Path) -> Iterator[Path]:
    folders = {*(data / name for name in _FOLDERS), Path(settings.MEDIA_ROOT)}
    for folder in folders:
        if folder.is_dir():
            yield folder
            yield from folder.rglob("*")
    for pattern in _FILES:
        yield from data.glob(pattern)


def _close(path: Path) -> None:
    with suppress(FileNotFoundError, PermissionError):  # gone, or not ours to close
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode) or not mode & 0o077:
            return
        path.chmod(stat.S_IMODE(mode) & 0o700)
