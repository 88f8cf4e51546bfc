"""No job stays in a state without a way out: started again once, then ended with a message."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bcp_portal.jobs import signs_of_life, supervision
from bcp_portal.jobs.files import path_of, whole_file
from bcp_portal.jobs.health import faults
from bcp_portal.jobs.kinds import JobKind, kinds
from bcp_portal.jobs.services import end, hand_over, put_back
from bcp_portal.jobs.supervision import look_at, oversee
from plans.models import PrintJob
from plans.prints.models import print_path
from tests.jobs.conftest import DEAD, LIVING, Make, the_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]

# The states in which an import waits for a person, who finds it on its page, until it is forgotten.
OF_PERSONS = {"annex.ImportJob": {"assigning", "ready"}}
UNDER_WAY = [
    (kind.model._meta.label, state)
    for kind in kinds()
    for state in sorted(kind.model.under_way_states())
]
# What became of the task of a job that no worker holds.
LOST = ("never queued", "gone", "no number", "successful", "failed", "worker died", "begun")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.model._meta.label)
def test_every_state_is_a_workers_or_a_persons_or_an_end(kind: JobKind) -> None:
    states = {value for value, _ in kind.model._meta.get_field("state").choices}
    persons = OF_PERSONS.get(kind.model._meta.label, set())
    assert states == kind.model.under_way_states() | persons | {"done", "failed"}
    assert kind.model.stopped and kind.model.unforeseen and kind.model.folder


def lose(job: Any, how: str) -> None:
    """Bring the task of a queued job into a state in which no worker holds it."""
    task = DBTaskResult.objects.filter(pk=job.task_id)
    if how in ("never queued", "gone", "no number"):
        task.delete()
    if how == "never queued":
        type(job).objects.update(task_id="")
    if how == "no number":
        type(job).objects.update(task_id="not-a-number")
    if how == "worker died":
        task.get().claim(DEAD)
    if how in ("successful", "failed"):
        task.update(status=how.upper())
    if how == "begun":  # by a living worker, which then went on to the next
        task.get().claim(LIVING)
        task.get().set_failed(ValueError())


@pytest.mark.parametrize(("label", "state"), UNDER_WAY)
def test_what_nobody_is_at_is_begun_again_once_and_then_fails(
    label: str, state: str, make: Make
) -> None:
    for how in LOST:
        job: Any = make(label, state)
        hand_over(job)
        lose(job, how)
        oversee()
        job.refresh_from_db()
        (again,) = the_tasks("READY")
        assert (job.begun_again, job.task_id, job.turn) == (True, str(again.pk), 2), how
        assert job.state in job.steps
        type(job).objects.update(state=state)
        lose(job, how)
        oversee()
        job.refresh_from_db()
        assert (job.state, job.message) == ("failed", job.stopped), how
        if label == "plans.IssueJob":
            job.revision.refresh_from_db()
            assert job.revision.state == "issue_failed"
            assert job.revision.issue_message == job.stopped
            job.revision.delete()
        assert not the_tasks("READY") + the_tasks("RUNNING")
        type(job).objects.all().delete()
        DBTaskResult.objects.all().delete()


@pytest.mark.parametrize(("label", "state"), UNDER_WAY)
def test_what_waits_or_is_worked_at_is_left_alone(label: str, state: str, make: Make) -> None:
    job: Any = make(label, state)
    hand_over(job)
    oversee()
    DBTaskResult.objects.get().claim(LIVING)
    oversee()
    job.refresh_from_db()
    assert (job.state, job.begun_again, job.turn) == (state, False, 1)


@pytest.mark.parametrize("begun_again", [False, True])
def test_what_ended_since_it_was_read_keeps_its_file(begun_again: bool, make: Make) -> None:
    job: Any = make("plans.PrintJob", "running")
    PrintJob.objects.update(begun_again=begun_again)
    as_read = PrintJob.objects.get()
    with whole_file(print_path(job, "")) as file:
        file.write(b"%PDF-")
    end(job, "done")
    look_at(as_read)
    job.refresh_from_db()
    assert job.state == "done" and path_of(print_path(job, "")).exists()


def test_one_job_that_cannot_be_looked_after_does_not_keep_the_others_waiting(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make("plans.PrintJob", "running"), make("plans.PrintJob", "running")
    fine = put_back

    def stumble(job: Any) -> None:
        if job.pk == first.pk:
            raise ValueError
        fine(job)

    monkeypatch.setattr(supervision, "put_back", stumble)
    oversee()
    assert {job.pk: job.state for job in PrintJob.objects.all()} == {
        first.pk: "running",
        second.pk: "queued",
    }


def test_the_health_check_names_what_stays_undone(make: Make) -> None:
    assert not list(faults())
    job: Any = make("plans.PrintJob", "queued")
    hand_over(job)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=31))
    assert list(faults()) == ["1 tasks have been waiting for longer than 0:30:00"]
    DBTaskResult.objects.get().claim(DEAD)
    assert list(faults()) == ["1 tasks are left by workers that ended"]
    DBTaskResult.objects.update(
        worker_ids=[LIVING], started_at=timezone.now() - timedelta(minutes=34)
    )
    assert list(faults()) == ["1 tasks have been running for longer than 0:30:00"]
    signs_of_life.give_up(LIVING)
    assert "worker: none runs" in list(faults())
