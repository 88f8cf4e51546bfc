"""What is wrong with the work of the background, for the health check of the worker."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bcp_portal.jobs import queue, signs_of_life
from bcp_portal.ui.readiness import OK, database, lacking

# A cold export of the largest plan takes minutes, and one may queue.
MAY_WAIT = MAY_RUN = timedelta(minutes=30)


def worker() -> str:
    """Return OK when a worker lives, else that none does."""
    return OK if signs_of_life.living() else "none runs"


def faults() -> Iterator[str]:
    """Say each thing that is wrong, in English, for the log of the service manager."""
    yield from lacking()
    if database() != OK:
        return
    dead = len(queue.tasks_of_the_dead())
    if dead:
        yield f"{dead} tasks are left by workers that ended"
    old = len([*queue.running_longer_than(MAY_RUN)])
    if old:
        yield f"{old} tasks have been running for longer than {MAY_RUN}"
    overdue = _overdue()
    if overdue:
        yield f"{overdue} tasks have been waiting for longer than {MAY_WAIT}"


def _overdue() -> int:
    # When a task may be begun says its place among the others, and nothing of time.
    return DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - MAY_WAIT).count()
