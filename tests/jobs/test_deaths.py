"""A worker that is killed between any two steps; `make rehearse` really kills it (tests/rehearsals).

Here what a kill leaves is made by an exception that nothing catches: open transactions are taken
back, and nothing after it is done.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.jobs import files
from bcp_portal.jobs.supervision import oversee
from plans.models import PrintJob
from plans.prints import print_jobs as print_services
from plans.prints.print_jobs import request_print
from tests.conftest import MemberFactory
from tests.jobs.by_hand import carry_out
from tests.jobs.conftest import DEAD, LIVING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]

PDF = b"%PDF-1.7 a plan"


class Killed(BaseException):
    """The process has ended."""


# What the worker was about to do when it was killed.
STEPS = {
    "claim the job": "bcp_portal.jobs.services._claimed",
    "begin": "bcp_portal.jobs.services.watched",
    "make the file": "plans.prints.print_jobs.print_plan",
    "name the file": "pathlib.Path.replace",
    "end the job": "plans.prints.print_jobs.end",
    "store the end": "bcp_portal.jobs.models.BackgroundJob.ended",
}


@pytest.fixture
def job(in_scope: Municipality, member: MemberFactory, monkeypatch: pytest.MonkeyPatch) -> PrintJob:
    monkeypatch.setattr(print_services, "print_plan", lambda *_arguments, **_options: PDF)
    return request_print(membership=member(Role.VIEWER))


def die_before(step: str) -> None:
    DBTaskResult.objects.get(status="READY").claim(DEAD)
    with patch(STEPS[step], side_effect=Killed), pytest.raises(Killed):
        carry_out(PrintJob.objects.get())


def work() -> None:
    """Do what a worker does that starts now."""
    oversee()
    # The test's own transaction, which is open, is all there is.
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        _take_all_tasks()


def _take_all_tasks() -> None:
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=LIVING,
        excluded_queue_names=[],
    ).run()


def stored_files() -> list[bytes]:
    return [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("step", STEPS)
def test_the_next_worker_does_what_a_killed_one_left(job: PrintJob, step: str) -> None:
    die_before(step)
    work()
    job.refresh_from_db()
    assert (job.state, job.begun_again) == ("done", True)
    assert stored_files() == [PDF]
    assert {task.status for task in DBTaskResult.objects.all()} == {"FAILED", "SUCCESSFUL"}


@pytest.mark.parametrize("step", STEPS)
def test_what_kills_two_workers_is_told_and_leaves_nothing(job: PrintJob, step: str) -> None:
    die_before(step)
    oversee()
    die_before(step)
    work()
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", PrintJob.stopped)
    assert not stored_files()


def test_a_kill_after_the_end_leaves_the_end(job: PrintJob) -> None:
    DBTaskResult.objects.get().claim(DEAD)
    carry_out(PrintJob.objects.get())
    work()
    job.refresh_from_db()
    assert (job.state, job.begun_again) == ("done", False)
    assert [task.status for task in DBTaskResult.objects.all()] == ["FAILED"]


def test_a_worker_of_an_earlier_turn_writes_nothing(job: PrintJob) -> None:
    die_before("end the job")
    earlier = PrintJob.objects.get()
    oversee()
    carry_out(earlier)
    job.refresh_from_db()
    assert job.state == "queued"


def test_files_are_there_as_a_whole_or_not_at_all() -> None:
    def half(error: BaseException) -> Callable[[], Any]:
        with files.whole_file("prints/a.pdf") as file:
            file.write(b"half")
            raise error

    for error in (OSError(), Killed()):
        with pytest.raises(type(error)):
            half(error)
    assert not stored_files()
