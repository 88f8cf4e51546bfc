"""Keeps the files of an SQLite database from other accounts of the machine, new ones and old ones."""

from contextlib import suppress
from pathlib import Path
from typing import Any

_BESIDE = ("", "-wal", "-shm")


def close_database(connection: Any, **_sent: Any) -> None:
    """Take from group and others what they may read of the database that was just opened."""
    if connection.vendor != "sqlite":
        return
    name = str(connection.settings_dict["NAME"])
    for path in (Path(name + ending) for ending in _BESIDE):
        with suppress(OSError):  # none beside it, in memory, or not ours to close
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)
