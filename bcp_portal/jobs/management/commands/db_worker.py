"""Runs the worker of the queue, with a sign of life and with an eye on every job.

Called as the library's own command is, so that no service of an installation has to be changed.
"""

import logging
import signal
import time
from typing import Any

from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from bcp_portal.jobs import signs_of_life
from bcp_portal.jobs.supervision import overseen
from bcp_portal.ui.command_troubles import sentence_of
from bcp_portal.ui.troubles import NOT_WRITABLE, trouble_of

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN_TRIES = 5


class Command(db_worker.Command):
    """The worker; when the database goes away it waits for it, and begins anew as another one."""

    help = "Run a worker for prints, imports and other long work"

    def handle(self, *, worker_id: str, **options: Any) -> None:
        while True:
            _wait_for_database()
            _live_as(worker_id)
            try:
                with overseen():
                    super().handle(worker_id=worker_id, **options)
                return
            except (OperationalError, InterfaceError):
                logger.exception("The database went away.")
                if _was_told_to_stop():
                    return
            finally:
                signs_of_life.give_up(worker_id)
            # What it was at is left behind, as by any worker that is gone.
            worker_id = get_random_string(32)


def _was_told_to_stop() -> bool:
    """Tell whether the signal came during the task at which the database went away.

    The library's worker only notes it then, and is gone with what it noted. A signal that comes
    later, while the database is waited for, ends the process by the same handler.
    """
    worker = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return isinstance(worker, db_worker.Worker) and not worker.running


def _live_as(worker_id: str) -> None:
    try:
        signs_of_life.keep(worker_id)
    except OSError as error:
        raise CommandError(f"{trouble_of(error) or NOT_WRITABLE} ({error})") from error


def _wait_for_database() -> None:
    while True:
        connections.close_all()
        try:
            connections["default"].ensure_connection()
        except (OperationalError, InterfaceError) as error:
            reason = sentence_of(error)
            logger.warning("The database does not answer; the worker waits for it: %s", reason)
            time.sleep(_SECONDS_BETWEEN_TRIES)
        else:
            return
