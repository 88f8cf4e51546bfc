"""What is wrong with the server is said as what it is, and nothing half done is left."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.archive.models import ArchiveJob
from bcp_portal.archive.services import request_archive
from bcp_portal.importing import requests
from bcp_portal.importing.models import ImportJob
from bcp_portal.jobs.services import hand_over
from bcp_portal.ui import troubles
from bcp_portal.ui.errors import DomainError
from plans.models import PrintJob
from plans.printing.cache import PartCache
from plans.printing.problems import PartFailedError
from plans.prints import print_jobs as print_services
from plans.prints.print_jobs import request_print
from tests.conftest import MemberFactory
from tests.jobs.by_hand import carry_out
from tests.jobs.conftest import Make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


FULL = OSError(errno.ENOSPC, "No space left on device")
SAID = [
    (FULL, troubles.NO_SPACE),
    (OSError(errno.EROFS, "Read-only file system"), troubles.NOT_WRITABLE),
    (OperationalError("database or disk is full"), troubles.NO_SPACE),
    (OperationalError("attempt to write a readonly database"), troubles.NOT_WRITABLE),
    (MemoryError(), troubles.NO_MEMORY),
    (caused(ValueError(), FULL), troubles.NO_SPACE),
    (caused(PartFailedError("第1章"), FULL), troubles.NO_SPACE),
    (DomainError("図がありません。"), "図がありません。"),
    (ZeroDivisionError(), PrintJob.unforeseen),
]


@pytest.mark.parametrize(("error", "sentence"), SAID, ids=lambda value: str(value)[:30])
def test_the_true_reason_is_said(error: Exception, sentence: str, make: Make) -> None:
    job: Any = make("plans.PrintJob", "queued")
    with patch.object(print_services, "print_plan", side_effect=error):
        carry_out(job)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", sentence)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("server closed the connection unexpectedly", troubles.DATABASE_AWAY),
        ("database is locked", troubles.DATABASE_BUSY),
    ],
)
def test_what_may_pass_is_tried_once_more(words: str, sentence: str, make: Make) -> None:
    job: Any = make("plans.PrintJob", "queued")
    for outcome in (("queued", ""), ("failed", sentence)):
        with patch.object(print_services, "print_plan", side_effect=OperationalError(words)):
            carry_out(job)
        job.refresh_from_db()
        assert (job.state, job.message) == outcome


def full(*_arguments: object, **_options: object) -> None:
    raise FULL


def test_a_disk_that_fills_while_a_print_is_saved_keeps_no_half_of_it(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    job: Any = make("plans.PrintJob", "queued")
    monkeypatch.setattr(print_services, "print_plan", lambda *_arguments, **_options: b"%PDF-")
    monkeypatch.setattr("os.fsync", full)
    carry_out(job)
    job.refresh_from_db()
    assert (job.state, job.message, bool(job.file)) == ("failed", troubles.NO_SPACE, False)
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_that_finds_no_room_is_refused_with_the_reason(
    in_scope: Municipality, member: MemberFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", full)
    upload = SimpleUploadedFile("表.xlsx", b"PK")
    with pytest.raises(DomainError, match="空き容量が足りません"):
        requests.start(membership=member(Role.EDITOR), upload=upload)
    assert not ImportJob.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_cache_is_only_a_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = PartCache(tmp_path / "cache")
    monkeypatch.setattr("tempfile.mkstemp", full)
    cache.put("ab12", b"pages")
    assert cache.get("ab12") is None
    cache.trim()


def test_job_and_task_are_stored_together_or_neither(
    in_scope: Municipality, member: MemberFactory, make: Make
) -> None:
    editor, administrator = member(Role.EDITOR), member(Role.ADMIN)
    ready: Any = make("annex.ImportJob", "ready")
    ImportJob.objects.update(summary={"counts": {"new": 1}})
    ready.refresh_from_db()
    upload = SimpleUploadedFile("表.xlsx", b"PK")
    asked: list[Callable[[], Any]] = [
        lambda: request_print(membership=editor),
        lambda: request_archive(membership=administrator, reason="控え"),
        lambda: requests.start(membership=editor, upload=upload),
        lambda: requests.request_apply(membership=editor, job=ready, only_good=False),
        lambda: requests.decide(membership=editor, job=ready, sheet="1", choice={}),
    ]
    cut = OperationalError("server closed the connection unexpectedly")
    for ask in asked:
        ready.refresh_from_db()
        with (
            patch.object(DBTaskResult.objects, "create", side_effect=cut),
            pytest.raises((OperationalError, DomainError)),
        ):
            ask()
    assert not PrintJob.objects.exists() and not ArchiveJob.objects.exists()
    assert [job.state for job in ImportJob.objects.all()] == ["ready"]


def test_a_task_whose_number_is_stored_is_the_one_of_the_job(make: Make) -> None:
    job: Any = make("plans.PrintJob", "queued")
    hand_over(job)
    job.refresh_from_db()
    assert str(DBTaskResult.objects.get().pk) == job.task_id
