"""Asks the queue beneath whether a worker has the task of a job, or one will still take it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from bcp_portal.jobs import signs_of_life

DIED = "bcp_portal.jobs.WorkerDied"


def ordered(task: "Task[..., Any]", priority: int, may_begin: datetime) -> "Task[..., Any]":
    """Return the task with its place among those that wait, where tasks wait at all."""
    waits = default_task_backend.supports_defer
    return task.using(priority=priority, run_after=may_begin if waits else None)


def is_cared_for(task_id: str) -> bool:
    """Tell whether the task waits in the queue, or a worker that lives is at it."""
    task = _tasks(task_id).first()
    if task is None:
        return False
    return task.status == TaskResultStatus.READY or _is_worked_at(task)


def close(task_id: str) -> None:
    """End a task that shall not be begun any more, if it has not ended."""
    _close(_tasks(task_id))


def tasks_of_the_dead() -> list["DBTaskResult[Any, Any]"]:
    """Return the tasks whose worker died over them."""
    return [task for task in DBTaskResult.objects.running() if not _is_worked_at(task)]


def close_tasks_of_the_dead() -> None:
    """End what the queue would otherwise call running for ever."""
    dead = [task.pk for task in tasks_of_the_dead()]
    if dead:
        _close(DBTaskResult.objects.filter(pk__in=dead))


def running_longer_than(age: timedelta) -> Iterable["DBTaskResult[Any, Any]"]:
    """Return the tasks that some worker has been at for longer than this."""
    return DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - age)


def _tasks(task_id: str) -> "QuerySet[DBTaskResult[Any, Any]]":
    try:
        return DBTaskResult.objects.filter(pk=UUID(task_id))
    except ValueError:  # none yet, or one of another queue
        return DBTaskResult.objects.none()


def _is_worked_at(task: "DBTaskResult[Any, Any]") -> bool:
    return (
        task.status == TaskResultStatus.RUNNING
        and bool(task.worker_ids)
        and signs_of_life.is_alive(task.worker_ids[-1])
    )


def _close(tasks: "QuerySet[DBTaskResult[Any, Any]]") -> None:
    unfinished = tasks.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    unfinished.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=DIED,
        traceback="The worker ended before the task did.",
    )
