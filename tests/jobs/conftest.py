"""A job of every kind, in any state; the queue in the database; workers that live and have died."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.prepared import WORKBOOK
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.importing.models import ImportJob
from bcp_portal.jobs import signs_of_life
from bcp_portal.jobs.models import BackgroundJob, Preparation
from plans.models import IssueJob, Plan, PrintJob, Revision

Make = Callable[[str, str], BackgroundJob]
LIVING, DEAD = "a-worker-that-lives", "a-worker-that-died"


@pytest.fixture
def queue(settings: Settings, tmp_path: Any) -> Iterator[None]:
    """Keep tasks in the database, as in service, and let one worker live."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.DATA_DIR = tmp_path
    signs_of_life.keep(LIVING)
    yield
    signs_of_life.give_up(LIVING)


@pytest.fixture
def make(in_scope: Municipality) -> Make:
    """Store a job of a kind in a state."""

    def an_issue(state: str) -> IssueJob:
        Plan.objects.get_or_create(municipality=in_scope, title="計画")
        revision = Revision.objects.create(
            municipality=in_scope, number=1, kind="minor", reason="誤字", state="issuing"
        )
        return IssueJob(municipality=in_scope, revision=revision, attempt=0, state=state)

    makers: dict[str, Callable[[str], BackgroundJob]] = {
        "plans.PrintJob": lambda state: PrintJob(municipality=in_scope, state=state),
        "plans.IssueJob": an_issue,
        "jobs.Preparation": lambda state: Preparation(
            municipality=in_scope, product=WORKBOOK, state=state
        ),
        "archive.ArchiveJob": lambda state: ArchiveJob(municipality=in_scope, state=state),
        "annex.ImportJob": lambda state: ImportJob(
            municipality=in_scope, state=state, file_name="表.xlsx"
        ),
    }

    def make(label: str, state: str) -> BackgroundJob:
        job = makers[label](state)
        job.save()
        return job

    return make


def the_tasks(status: str) -> list[Any]:
    return list(DBTaskResult.objects.filter(status=status))
