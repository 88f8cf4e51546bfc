"""Each kind of job with its worker killed between any two steps: `make rehearse`, on both engines."""

import json
import signal
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from bcp_portal.jobs import services
from bcp_portal.jobs.models import BackgroundJob
from bcp_portal.jobs.watchdog import watched
from systems.models import Site
from tests.rehearsals.conftest import Ask, run_worker, seen
from tests.rehearsals.seeing import FAILED, Look, look, note_kill

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
    step: str, death: str, asks: dict[str, Ask], tmp_path: Path
) -> None:
    job = asks[step]()
    place, is_stored = DEATHS[death]
    # Who dies before taking the task leaves it in the queue, where it is simply taken.
    is_again = not is_stored and death != "take the task"
    assert run_worker(die_at=place) == signal.SIGKILL
    if step == "apply":
        assert Site.objects.exists() is is_stored
    assert (seen(job).is_finished) is is_stored
    looks = {"killed": look(job)}
    # This one finds what was left, and dies before it goes on with it.
    assert run_worker(die_at=DEATHS["take the task"][0]) == (0 if is_stored else signal.SIGKILL)
    looks["found"] = look(job)
    looks |= work_seen(job, tmp_path / "seen")
    after = seen(job)
    assert (after.state, after.message) == (ENDS.get(step, "done"), "")
    assert after.begun_again is is_again
    assert not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists()
    if step == "apply":
        assert [site.name for site in Site.objects.all()] == ["庁舎1"]
    looks["ended"] = look(job)
    note_kill(step, death, looks)
    looks["killed"].is_true(step, ended=is_stored, begun_again=False)
    looks["found"].is_true(step, ended=is_stored, begun_again=is_again)
    looks["ended"].is_true(step, ended=True, begun_again=is_again)
    assert ("at it" in looks) is not is_stored
    if not is_stored:
        looks["at it"].is_true(step, ended=False, begun_again=is_again)


def work_seen(job: BackgroundJob, note: Path) -> dict[str, Look]:
    """Let a worker do what waits; return what the page said while it was at the job."""

    def look_first(mine: BackgroundJob) -> AbstractContextManager[None]:
        note.write_text(json.dumps(asdict(look(job))), encoding="utf-8")
        return watched(mine)

    assert run_worker(die_at=DEATHS["begin"][0], then=look_first) == 0
    return {"at it": Look(**json.loads(note.read_text("utf-8")))} if note.exists() else {}


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
    ended = look(job)
    note_kill(step, "lose the database", {"ended": ended})
    ended.is_true(step, ended=True, begun_again=True)


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
    killed = look(job)
    killed.is_true(step, ended=False, begun_again=True)
    assert run_worker() == 0
    after = seen(job)
    assert (after.state, after.message) == ("failed", after.stopped)
    failed = look(job)
    note_kill(step, "twice", {"killed": killed, "ended": failed})
    assert any(words in failed.said for words in FAILED)
    assert after.stopped in failed.said
    assert not failed.goes_on
    assert not Site.objects.exists()
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert all(path.suffix in (".source", ".entries") for path in kept), kept
