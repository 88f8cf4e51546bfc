"""What has to be there for the whole portal to work; each room registers what it needs.

A monitor without an account is told the result: words of ours, nothing an error said.
"""

import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from bcp_portal.ui.troubles import NO_SPACE, trouble_of

logger = logging.getLogger(__name__)

OK = "ok"
# More frequent requests get the same answer again: a stranger must not keep the disk busy.
_KEPT_SECONDS = 5
_PROBE = b"\0" * 4096

Need = Callable[[], str]
_needs: dict[str, Need] = {}
_lock = threading.Lock()
_kept: tuple[float, dict[str, str]] | None = None


def register_need(name: str, need: Need) -> None:
    """Add what the portal needs: `need` returns OK, or in English what is wrong."""
    if name in _needs:
        raise ValueError(f"{name} is registered twice.")
    _needs[name] = need


def readiness() -> dict[str, str]:
    """Return by name OK or what is wrong, found out now."""
    return {name: _asked(name, need) for name, need in _needs.items()}


def lacking() -> Iterator[str]:
    """Yield a line for each thing that is not as it has to be."""
    for name, state in readiness().items():
        if state != OK:
            yield f"{name}: {state}"


def recent_readiness() -> dict[str, str]:
    """Return the same, at most a few seconds old."""
    global _kept
    with _lock:
        if _kept is None or time.monotonic() - _kept[0] > _KEPT_SECONDS:
            _kept = time.monotonic(), readiness()
        return _kept[1]


def forget() -> None:
    """Have the next request checked anew."""
    global _kept
    with _lock:
        _kept = None


def database() -> str:
    """Ask the database for an answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer.")
        return "unavailable"
    return OK


def data_folder() -> str:
    """Write into the data folder, and ask how much more there is room for."""
    folder = Path(settings.DATA_DIR)
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(_PROBE)
            probe.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        logger.error("The data folder cannot be written: %s", error)
        return "no room" if trouble_of(error) == NO_SPACE else "not writable"
    return OK if free >= settings.LEAST_FREE_MB * 1024 * 1024 else "little room"


def _asked(name: str, need: Need) -> str:
    try:
        return need()
    except Exception:
        logger.exception("It could not be found out whether there is: %s.", name)
        return "unknown"
