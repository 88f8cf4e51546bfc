"""Workers that are processes of their own and are really killed, and a job of every kind to kill them at."""

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django_scopes import scopes_disabled
from pytest_django import Settings

from bcp_portal.annex.prepared import WORKBOOK
from bcp_portal.archive.services import request_archive
from bcp_portal.importing import requests
from bcp_portal.importing.models import ImportJob
from bcp_portal.jobs.models import BackgroundJob
from bcp_portal.jobs.prepared.products import PreparationRequest
from bcp_portal.jobs.prepared.services import prepare
from plans.models import IssueJob
from plans.prints import print_jobs as print_services
from plans.prints.print_jobs import request_print
from tests.importing.desk import workbook_of
from tests.plans.revisions.conftest import Town, town

__all__ = ["town"]

Ask = Callable[[], Any]
Act = Callable[..., Any]
SITES = workbook_of(("庁舎（建物）名", "拠点区分", "所在地"), ("庁舎1", "本庁舎", "中央1"))


@pytest.fixture(autouse=True)
def as_in_service(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.DATA_DIR = tmp_path
    yield
    connections.close_all()


def run_worker(die_at: str = "", then: Act | None = None) -> int:
    """Let a worker of its own process do all that waits; return the signal that ended it, or 0.

    `then` is what happens at the place to die at, instead of a kill.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        _work_and_exit(die_at, then or _kill)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _work_and_exit(die_at: str, act: Act) -> None:
    """Never returns, as the test that was forked must not go on."""
    try:
        with scopes_disabled():
            if die_at:
                patch(die_at, act).start()
            call_command("db_worker", "--batch", "--no-startup-delay", "--interval=0")
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _kill(*_arguments: object, **_options: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def asks(town: Town, monkeypatch: pytest.MonkeyPatch) -> dict[str, Ask]:
    """Return by the name of a step how a person asks for it; each returns the job."""
    monkeypatch.setattr(print_services, "print_plan", lambda *_arguments, **_options: b"%PDF-")

    def bring_in() -> ImportJob:
        upload = SimpleUploadedFile("庁舎.xlsx", SITES)
        return requests.start(membership=town.drafter, upload=upload, code="3")

    def apply() -> ImportJob:
        job = bring_in()
        assert run_worker() == 0
        job = ImportJob.objects.get(pk=job.pk)
        requests.request_apply(membership=town.drafter, job=job, only_good=False)
        return job

    def issue() -> IssueJob:
        revision = town.submitted()
        town.decide(revision, "checker", 0)
        town.decide(revision, "approver", 1)
        return IssueJob.objects.get()

    return {
        "print": lambda: request_print(membership=town.reader),
        "check": bring_in,
        "apply": apply,
        "archive": lambda: request_archive(membership=town.admin, reason="控え"),
        "issue": issue,
        "prepare": lambda: prepare(membership=town.reader, wanted=PreparationRequest(WORKBOOK)),
    }


def seen(job: BackgroundJob) -> Any:
    return type(job).objects.get(pk=job.pk)
