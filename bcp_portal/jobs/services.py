"""The way of a job: handed to the queue, claimed, carried out, put back once, ended, forgotten.

Whoever ends a step or takes it away names the turn, so that of two who believe it theirs only one
succeeds.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from bcp_portal.jobs import files, queue
from bcp_portal.jobs.kinds import JobKind, kind_of
from bcp_portal.jobs.models import BackgroundJob
from bcp_portal.jobs.progress import ProgressNote
from bcp_portal.jobs.shares import may_begin, place_of, require_share
from bcp_portal.jobs.watchdog import watched
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.troubles import may_pass, trouble_of

logger = logging.getLogger(__name__)

FAILED = "failed"


class TakenAwayError(Exception):
    """The job was given to another worker, or ended, while this one was at it."""


@transaction.atomic
def hand_over(job: BackgroundJob) -> None:
    """Give a saved job in a waiting state to a worker: its turn and its task, or neither.

    Raises DomainError when its person or its town has as much under way as it may have.
    """
    require_share(job)
    _next_turn(job, begun_again=False)


def carry_out(*, label: str, uid: UUID, turn: int) -> None:
    """Do the step a task was made for; whatever goes wrong is written into the job.

    Does nothing when the job has ended or was given to a later task.
    """
    kind = kind_of(label)
    job = _claimed(kind, uid, turn)
    if job is None:
        return
    with scope(municipality=job.municipality), watched(job):
        try:
            kind.work(job)
        except TakenAwayError:
            logger.warning("%s %s was taken away.", label, uid)
        except Exception as error:
            _end_badly(job, error)
    ProgressNote(job).remove()


@transaction.atomic
def end(job: BackgroundJob, state: str, message: str = "") -> None:
    """End the step that this turn of the job is at, with what the person is told about it.

    All fields of the job are saved. Raises TakenAwayError when it is no longer this one's.
    """
    _leave(job, state)
    _store_end(job, state, message)


@transaction.atomic
def fail(job: BackgroundJob, message: str) -> None:
    """End a job without what was asked for, and leave nothing behind of the attempt."""
    _leave(job, FAILED)
    _clear_up(job)
    _store_end(job, FAILED, message, ["state", "message", "finished_at"])


@transaction.atomic
def put_back(job: BackgroundJob) -> None:
    """Give a job whose worker is gone to another one; raises TakenAwayError when it is not so."""
    waiting = {doing: waits for waits, doing in job.steps.items()}
    state = waiting.get(job.state, job.state)
    _leave(job, state)
    _clear_up(job)
    job.state, job.started_at = state, timezone.now()
    _rows(job).update(started_at=job.started_at)
    queue.close(job.task_id)
    _next_turn(job, begun_again=True)


def forget(job: BackgroundJob) -> None:
    """Delete a job with its files."""
    files.remove(job.files())
    ProgressNote(job).remove()
    job.delete()


def _claimed(kind: JobKind, uid: UUID, turn: int) -> BackgroundJob | None:
    with scopes_disabled():
        jobs = kind.model.objects.select_related("municipality", "requested_by")
        job: BackgroundJob | None = jobs.filter(uid=uid, turn=turn).first()
        if job is None or job.state not in job.steps:
            return None
        waits, job.state, job.started_at = job.state, job.steps[job.state], timezone.now()
        mine = _rows(job).filter(turn=turn, state=waits)
        return job if mine.update(state=job.state, started_at=job.started_at) else None


def _leave(job: BackgroundJob, state: str) -> None:
    """Bring the row from under way to a state, for the one whose turn it is."""
    mine = _rows(job).filter(turn=job.turn, state__in=job.under_way_states())
    if not mine.update(state=state):
        raise TakenAwayError


def _store_end(
    job: BackgroundJob, state: str, message: str, fields: Sequence[str] | None = None
) -> None:
    job.state, job.message, job.finished_at = state, message, timezone.now()
    job.save(update_fields=fields)
    job.ended()


def _end_badly(job: BackgroundJob, error: Exception) -> None:
    """Put back what may succeed in a moment, and say of anything else what it was."""
    if not connection.in_atomic_block:
        close_old_connections()  # the one at hand may be what is broken
    if not isinstance(error, DomainError):
        logger.error("%s %s failed.", job._meta.label, job.uid, exc_info=error)
    try:
        if may_pass(error) and not job.begun_again:
            put_back(job)
        else:
            fail(job, _reason(job, error))
    except TakenAwayError:
        logger.warning("%s %s was taken away.", job._meta.label, job.uid)


def _clear_up(job: BackgroundJob) -> None:
    files.try_to_remove(job.leftovers())
    ProgressNote(job).remove()


def _reason(job: BackgroundJob, error: Exception) -> str:
    """Return the true reason in words: what is wrong with the server goes before what it led to."""
    if isinstance(error, DomainError):
        return (trouble_of(error.__cause__) if error.__cause__ else None) or error.message
    return trouble_of(error) or job.unforeseen


def _next_turn(job: BackgroundJob, *, begun_again: bool) -> None:
    from bcp_portal.jobs.tasks import work_on  # late: task

    job.turn, job.begun_again, job.place = job.turn + 1, begun_again, place_of(job)
    _rows(job).update(turn=job.turn, begun_again=begun_again, place=job.place)
    ordered = queue.ordered(work_on, job.priority, may_begin(job.place))
    task = ordered.enqueue(job._meta.label, str(job.uid), job.turn)
    job.task_id = task.id
    _rows(job).filter(turn=job.turn).update(task_id=task.id)


def _rows(job: BackgroundJob) -> Any:
    return type(job)._base_manager.filter(pk=job.pk)
