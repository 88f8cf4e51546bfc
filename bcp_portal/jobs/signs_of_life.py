"""The sign of life of a worker: a lock on a file, which the kernel takes away when the process ends.

A lock needs no clock, so neither a long transaction nor a machine that slept makes a worker look
dead. Web and workers share the data folder, as they share the files in it.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from bcp_portal.jobs.files import make_private_folder

_held: dict[str, int] = {}


def keep(worker: str) -> None:
    """Say from now on that this worker lives, as long as this process does; OSError if it cannot."""
    if worker in _held:
        return
    path = _path(worker)
    make_private_folder(path.parent)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        # Of the process, not of the handle: what this process starts does not inherit it.
        fcntl.lockf(handle, fcntl.LOCK_EX)
        if _is_still(path, handle):
            break
        os.close(handle)  # swept away before it was locked
    _held[worker] = handle


def give_up(worker: str) -> None:
    """End the sign of a worker that goes on under another name, or not at all."""
    handle = _held.pop(worker, None)
    if handle is not None:
        os.close(handle)
        _path(worker).unlink(missing_ok=True)


def is_alive(worker: str) -> bool:
    """Tell whether the process of this worker still runs."""
    return worker in _held or (bool(worker) and _is_locked(_path(worker)))


def living() -> list[str]:
    """Return the workers that run."""
    return [path.name for path in _folder().glob("*") if is_alive(path.name)]


def sweep() -> None:
    """Remove what the dead left."""
    for path in _folder().glob("*"):
        if not is_alive(path.name):
            with suppress(OSError):
                path.unlink()


def _is_locked(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "workers"


def _path(worker: str) -> Path:
    return _folder() / worker
