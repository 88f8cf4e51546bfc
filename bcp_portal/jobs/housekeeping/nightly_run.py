"""Keeps house: does every chore, one keeper at a time, and says in the log of each town what went.

The worker does it once a night (`keep_if_due`), and `manage.py keep_house` whenever somebody wants.
"""

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.audit.services import record
from bcp_portal.jobs.files import make_private_folder
from bcp_portal.jobs.housekeeping.chores import OF_ALL, Report, chores

logger = logging.getLogger(__name__)

TIDIED = "期限の過ぎたものの整理"

_here = threading.Lock()


class BusyError(Exception):
    """Somebody else is keeping house at the moment."""


def keep_house() -> Report:
    """Do every chore and return what was removed; what fails is logged, and the next one is done.

    Raises BusyError while another process or thread does it. Done again at once, it removes nothing.
    """
    with _alone() as handle:
        report = Report()
        for name, chore in chores().items():
            try:
                chore(report)
            except Exception:
                logger.exception("Housekeeping could not do: %s.", name)
        _say(report)
        _note_day(handle, timezone.localdate())
    return report


def keep_if_due() -> None:
    """Keep house beside everything else, if it is night and nobody has done it today."""
    if is_due(timezone.localtime()):
        threading.Thread(target=_keep_quietly, daemon=True).start()


def is_due(now: datetime) -> bool:
    """Tell whether the hour has come and the house was not kept since."""
    try:
        last = date.fromisoformat(_path().read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        last = date.min
    return now.hour >= settings.HOUSEKEEPING_HOUR and last < now.date()


def _keep_quietly() -> None:
    try:
        keep_house()
    except BusyError:
        return
    except Exception:
        logger.exception("Could not keep house.")
    finally:
        connections.close_all()


def _say(report: Report) -> None:
    for municipality in Municipality.objects.filter(code__in=[*report.removed]):
        with scope(municipality=municipality):
            note = report.sentence(municipality.code)
            record(municipality=municipality, actor=None, action=TIDIED, note=note)
    if report.removed[OF_ALL]:
        logger.info("Removed: %s.", dict(report.removed[OF_ALL]))


@contextmanager
def _alone() -> Iterator[int]:
    """Hold the lock of the data folder, which the kernel takes away with the process."""
    if not _here.acquire(blocking=False):  # the lock of a file is the whole process's
        raise BusyError
    try:
        make_private_folder(_path().parent)
        handle = os.open(_path(), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise BusyError from error
        try:
            yield handle
        finally:
            os.close(handle)
    finally:
        _here.release()


def _note_day(handle: int, day: date) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, day.isoformat().encode(), 0)


def _path() -> Path:
    return Path(settings.DATA_DIR) / "housekeeping"
