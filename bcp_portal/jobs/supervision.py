"""Looks at every job that is under way, and puts back into the queue, or fails, what no worker is doing.

A worker does this when it starts and every minute after.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.db import connections
from django_scopes import scope, scopes_disabled

from bcp_portal.jobs import queue, signs_of_life
from bcp_portal.jobs.housekeeping.nightly_run import keep_if_due
from bcp_portal.jobs.kinds import JobKind, kinds
from bcp_portal.jobs.models import BackgroundJob
from bcp_portal.jobs.services import TakenAwayError, fail, put_back
from bcp_portal.jobs.watchdog import end_if_hanging

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
_SECONDS_BETWEEN_GLANCES = 5


def oversee() -> None:
    """Leave no job in a state that nobody would ever bring it out of."""
    _try(queue.close_tasks_of_the_dead)
    for kind in kinds():
        with scopes_disabled():
            _try(kind.adopt)
            _try(partial(_look_after, kind))
    signs_of_life.sweep()


@contextmanager
def overseen() -> Iterator[None]:
    """Oversee all jobs, now and every minute, as long as the block runs."""
    oversee()
    ended = threading.Event()
    thread = threading.Thread(target=_keep_overseeing, args=[ended], daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=_SECONDS_BETWEEN_GLANCES)


def under_way(kind: JobKind) -> list[BackgroundJob]:
    """Return the jobs of a kind that the server has something to do with."""
    jobs = kind.model.objects.select_related("municipality", "requested_by")
    return list(jobs.filter(state__in=kind.model.under_way_states()).order_by("pk"))


def look_at(job: BackgroundJob) -> None:
    """Put a job that nobody is at back, once; what is put back already fails."""
    if queue.is_cared_for(job.task_id):
        return
    with scope(municipality=job.municipality):
        try:
            if job.begun_again:
                fail(job, job.stopped)
            else:
                put_back(job)
        except TakenAwayError:
            return
    logger.warning("Nobody was at %s %s: now %s.", job._meta.label, job.uid, job.state)


def _look_after(kind: JobKind) -> None:
    for job in under_way(kind):
        _try(partial(look_at, job))


def _keep_overseeing(ended: threading.Event) -> None:
    glances = int(EVERY.total_seconds()) // _SECONDS_BETWEEN_GLANCES
    glance = 0
    while not ended.wait(_SECONDS_BETWEEN_GLANCES):
        end_if_hanging()
        glance += 1
        if glance % glances == 0:
            _try(oversee)
            _try(keep_if_due)
            connections.close_all()


def _try(act: Callable[[], None]) -> None:
    """Do one thing, and go on to the next one if it fails: it is looked at again in a minute."""
    try:
        act()
    except Exception:
        logger.exception("Could not look after a job.")
