"""Keeps the database's file, and those SQLite makes beside it, readable by the server's user only."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

_OTHERS = 0o077


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own backend; SQLite gives its further files the permissions of the first one."""

    def get_new_connection(self, conn_params: Any) -> Any:
        """Open the database, whose file may not be there yet or may have been left open to all."""
        place = str(conn_params["database"])
        if not place.startswith(("file:", ":")):
            _make_private(Path(place))
        return super().get_new_connection(conn_params)


def _make_private(path: Path) -> None:
    with suppress(OSError):  # SQLite reports what is wrong with the folder
        path.touch(mode=0o600)
        if path.stat().st_mode & _OTHERS:
            path.chmod(0o600)
