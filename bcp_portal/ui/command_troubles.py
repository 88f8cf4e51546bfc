"""Says to who runs a command what has to be mended before it can work, instead of a traceback."""

import re
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError, ProgrammingError

from bcp_portal.ui.troubles import trouble_of

_CLOSED = "unable to open database file"
_NO_TABLE = re.compile(r'no such table|relation ".*" does not exist')


def sentence_of(error: BaseException) -> str:
    """Return one sentence; "" for a fault of the program, which needs its traceback."""
    if isinstance(error, OperationalError) and _CLOSED in str(error):
        return _no_database()
    if isinstance(error, OperationalError | ProgrammingError) and _lacks_a_table(error):
        return (
            "The database has not the tables of this release yet: run manage.py migrate first "
            f"({_first_line(error)})."
        )
    if isinstance(error, DatabaseError | OSError) and (trouble := trouble_of(error)):
        return f"{trouble} ({_first_line(error)})"
    return ""


def _no_database() -> str:
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    if not place.parent.is_dir():
        return (
            f"The folder {place.parent} is not there: make it, readable by the portal's user only "
            f"(install -d -m 700 {place.parent}), or name another one in BCP_DATA_DIR."
        )
    return (
        f"The database {place} cannot be opened: the user of this command must be able to write "
        "it and its folder (BCP_DATA_DIR)."
    )


def _lacks_a_table(error: DatabaseError) -> bool:
    return _NO_TABLE.search(str(error)) is not None


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
