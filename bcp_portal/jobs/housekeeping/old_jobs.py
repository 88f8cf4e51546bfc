"""What jobs leave behind: their records with the files, and the rows of the queue beneath."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django_scopes import scopes_disabled
from django_tasks_db.models import DBTaskResult

from bcp_portal.jobs.housekeeping.chores import Report
from bcp_portal.jobs.kinds import JobKind, kinds
from bcp_portal.jobs.models import BackgroundJob
from bcp_portal.jobs.services import forget

logger = logging.getLogger(__name__)

_AT_ONCE = 500


def forget_jobs(report: Report) -> None:
    """Remove the jobs of every town that ended, or wait for a person, since JOB_DAYS, with their files."""
    with scopes_disabled():
        for kind in kinds():
            for job in _old(kind):
                try:
                    forget(job)
                except OSError:
                    logger.warning("Files of a job could not be removed.", exc_info=True)
                    continue
                report.add(str(job._meta.verbose_name), code=job.municipality.code)


def prune_tasks(report: Report) -> None:
    """Remove the rows of tasks that ended since TASK_DAYS; the record of the job says what came of it."""
    limit = timezone.now() - timedelta(days=settings.TASK_DAYS)
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=limit)
    # Some at a time: SQLite lets nobody else write meanwhile.
    while keys := list(ended.order_by().values_list("pk", flat=True)[:_AT_ONCE]):
        DBTaskResult.objects.filter(pk__in=keys).delete()
        report.add("処理の記録", len(keys))


def _old(kind: JobKind) -> Iterable[BackgroundJob]:
    limit = timezone.now() - timedelta(days=settings.JOB_DAYS)
    old = Q(finished_at__lt=limit) | Q(finished_at=None, created_at__lt=limit)
    jobs = kind.model.objects.select_related("municipality").filter(old)
    return [job for job in jobs if not job.is_under_way]
