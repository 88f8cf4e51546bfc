"""Each kind of job with its worker killed between any two steps: `make rehearse`, on both engines."""

import signal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from bcp_portal.jobs import services
from systems.models import Site
from tests.rehearsals.conftest import Ask, run_worker, seen

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = ("print", "check", "apply", "archive", "issue", "prepare")
# What the worker is about to do when it is killed, and whether the end of the job is stored by then.
DEATHS = {
    "take the task": ("django_tasks_db.models.DBTaskResult.claim", False),
    "claim the job": ("bcp_portal.jobs.services._claimed", False),
    "begin": ("bcp_portal.jobs.services.watched", False),
    "end the job": ("bcp_portal.jobs.services._leave", False),
    "store the end": ("bcp_portal.jobs.models.BackgroundJob.save", False),
    "remove the note": ("bcp_portal.jobs.progress.ProgressNote.remove", True),
    "close the task": ("django_tasks_db.models.DBTaskResult.set_successful", True),
}
ENDS = {"check": "ready"}


@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize("step", STEPS)
def test_what_a_killed_worker_left_is_done_by_the_next(
    step: str, death: str, asks: dict[str, Ask]
) -> None:
    job = asks[step]()
    place, is_stored = DEATHS[death]
    assert run_worker(die_at=place) == signal.SIGKILL
    if step == "apply":
        assert Site.objects.exists() is is_stored
    assert (seen(job).is_finished) is is_stored
    assert run_worker() == 0
    after = seen(job)
    assert (after.state, after.message) == (ENDS.get(step, "done"), "")
    # Who dies before taking the task leaves it in the queue, where it is simply taken.
    assert after.begun_again is (not is_stored and death != "take the task")
    assert not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists()
    if step == "apply":
        assert [site.name for site in Site.objects.all()] == ["庁舎1"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection to cut")
@pytest.mark.parametrize("step", STEPS)
def test_a_connection_that_is_cut_at_the_end_costs_a_second_try(
    step: str, asks: dict[str, Ask]
) -> None:
    job = asks[step]()
    whole, cuts = services._leave, iter([True])

    def cut_once(*arguments: Any) -> None:
        if next(cuts, False):
            end_own_connection()
        whole(*arguments)

    assert run_worker(die_at="bcp_portal.jobs.services._leave", then=cut_once) == 0
    after = seen(job)
    assert (after.state, after.message) == (ENDS.get(step, "done"), "")
    assert after.begun_again


def end_own_connection() -> None:
    """End it at the server, as a restart of the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()


@pytest.mark.parametrize("step", STEPS)
def test_what_kills_two_workers_fails_and_says_so(step: str, asks: dict[str, Ask]) -> None:
    job = asks[step]()
    for _ in range(2):
        assert run_worker(die_at="bcp_portal.jobs.services._store_end") == signal.SIGKILL
    assert run_worker() == 0
    after = seen(job)
    assert (after.state, after.message) == ("failed", after.stopped)
    assert not Site.objects.exists()
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert all(path.suffix in (".source", ".entries") for path in kept), kept
