"""Nothing unneeded stays on the server for ever, and nothing that history rests on is removed."""

import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from axes.models import AccessAttempt, AccessLog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from bcp_portal.accounts.models import Municipality, SignInSession
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.private_files import private_storage
from bcp_portal.annex import registry
from bcp_portal.annex.models import Draft
from bcp_portal.audit.models import Entry
from bcp_portal.audit.verification import verify
from bcp_portal.jobs.housekeeping import nightly_run
from bcp_portal.jobs.housekeeping.chores import OF_ALL
from bcp_portal.jobs.housekeeping.nightly_run import TIDIED, BusyError, is_due, keep_house
from bcp_portal.jobs.services import hand_over
from bcp_portal.jobs.supervision import oversee
from plans.editions.attachments import keep_files, kept_path
from plans.editions.file_proofs import kept_file_faults, pdf_faults
from plans.models import PrintJob
from plans.printing.cache import PartCache
from plans.word.models.word_import import WordImport
from tests.conftest import MemberFactory
from tests.jobs.conftest import Make, make, queue
from tests.plans.editions.making import a_plan, issued
from tests.rows import make_row

__all__ = ["make", "queue"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]

LONG_AGO = timezone.now() - timedelta(days=400)


@pytest.fixture
def media(settings: Settings) -> Path:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True)
    return folder


def put(path: Path, *, days: float = 400, content: bytes = b"03-1234-5678") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return grown_old(path, days=days)


def grown_old(path: Path, *, days: float = 400) -> Path:
    then = time.time() - days * 24 * 3600
    os.utime(path, (then, then))
    return path


def old_print(town: Municipality) -> PrintJob:
    with scope(municipality=town):
        job: PrintJob = PrintJob.objects.create(municipality=town, state="done")
        job.file.save("plan.pdf", ContentFile(b"%PDF-"))
        PrintJob.objects.filter(pk=job.pk).update(finished_at=LONG_AGO)
    return job


def test_jobs_of_every_town_go_with_their_files_and_the_log_says_so(
    municipality: Municipality, other_municipality: Municipality
) -> None:
    paths = [Path(old_print(town).file.path) for town in (municipality, other_municipality)]
    oversee()
    assert all(path.exists() for path in paths), "by night"
    keep_house()
    assert not any(path.exists() for path in paths)
    with scopes_disabled():
        assert not PrintJob.objects.exists()
        said = Entry.objects.filter(action=TIDIED).values_list("actor_name", "note")
        assert list(said) == [("システム", "印刷1件")] * 2
    assert not verify(municipality).faults
    keep_house()
    with scopes_disabled():
        assert Entry.objects.count() == 2, "the second time there is nothing to say"


def test_what_is_young_or_under_way_stays(make: Make) -> None:
    job: Any = make("plans.PrintJob", "queued")
    type(job).objects.update(created_at=LONG_AGO)
    hand_over(job)
    make("plans.PrintJob", "done")
    make("annex.ImportJob", "ready")
    assert not keep_house().removed[job.municipality.code]
    DBTaskResult.objects.get(pk=job.task_id)


def test_rows_nobody_reads_go_with_age(in_scope: Municipality, member: MemberFactory) -> None:
    user = member(Role.EDITOR).user
    for days in (27, 29):
        Draft.objects.create(municipality=in_scope, user=user, key=str(days))
        Draft.objects.filter(key=days).update(saved_at=timezone.now() - timedelta(days=days))
    read = WordImport.objects.create(
        municipality=in_scope, brought_by=user, file_name="計画.docx", pieces=[], notes=[]
    )
    WordImport.objects.filter(pk=read.pk).update(brought_at=LONG_AGO)
    SignInSession.objects.create(session_key="a", expire_date=LONG_AGO)
    SignInSession.objects.create(session_key="b", expire_date=timezone.now() + timedelta(hours=1))
    for model, more in ((AccessAttempt, {"failures_since_start": 1}), (AccessLog, {})):
        for days in (61, 91):
            row = model.objects.create(username=f"{days}", ip_address="192.0.2.7", **more)
            long_ago = timezone.now() - timedelta(days=days)
            model.objects.filter(pk=row.pk).update(attempt_time=long_ago)
    for status in ("SUCCESSFUL", "FAILED", "READY"):
        a_task(status)
    report = keep_house()
    assert [draft.key for draft in Draft.objects.all()] == ["27"]
    assert [session.session_key for session in SignInSession.objects.all()] == ["b"]
    assert [row.username for row in AccessLog.objects.all()] == ["61"]
    assert [row.username for row in AccessAttempt.objects.all()] == ["61"]
    assert [task.status for task in DBTaskResult.objects.all()] == ["READY"]
    assert report.removed[OF_ALL]["処理の記録"] == 2
    assert report.sentence(in_scope.code) == "保存していない下書き1件、読み取ったWordファイル1件"


def a_task(status: str) -> None:
    DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="bcp_portal.jobs.tasks.work_on",
        backend_name="default",
        run_after=LONG_AGO,
        finished_at=None if status == "READY" else LONG_AGO,
    )


def test_files_that_no_record_knows_go(in_scope: Municipality, media: Path) -> None:
    code = in_scope.code
    orphans = [
        put(media / "prints" / code / f"{uuid4()}.pdf.part"),
        put(media / "imports" / code / f"{uuid4()}.source", content=b""),
        put(media / "archives" / code / f"{uuid4()}.zip"),
        put(media / "annex" / code / uuid4().hex / "content"),
        put(media / "annex" / uuid4().hex / "content"),
        put(media / "annex" / "図面.pdf"),
        put(media / "editions" / code / str(uuid4()) / "plan.pdf"),
        put(media / "edition-files" / code / ("0" * 64)),
        put(media / "meetings" / code / str(uuid4())),
    ]
    kept = [
        put(media / "prints" / code / f"{uuid4()}.pdf.part", days=0.9),
        put(media / "of the operator" / "town.zip"),
    ]
    report = keep_house()
    assert [path for path in orphans if path.exists()] == []
    assert all(path.exists() for path in kept)
    assert not orphans[3].parent.exists(), "nor its folder"
    assert (media / "annex").exists()
    what = "どの記録も使っていないファイル"
    assert (report.removed[code][what], report.removed[OF_ALL][what]) == (7, 2)


def test_a_replaced_attachment_goes_and_the_one_in_use_stays(in_scope: Municipality) -> None:
    room: Any = a_room(in_scope)
    first = attach(room, b"first")
    second = attach(room, b"second")
    assert first.parts[-3:-2] == (in_scope.code,), "in a folder of the town"
    keep_house()
    assert (first.exists(), second.exists()) == (False, True)


def test_an_edition_keeps_what_the_working_copy_replaced(in_scope: Municipality) -> None:
    a_plan(in_scope, annexes=(4,))
    room: Any = a_room(in_scope)
    attach(room, b"as approved")
    room.save()
    edition = issued(in_scope, kind="enactment")
    attach(room, b"since")
    room.save()
    for path in Path(default_storage.location).rglob("*"):
        grown_old(path)
    report = keep_house()
    assert report.sentence(in_scope.code) == "どの記録も使っていないファイル1件"
    assert list(kept_file_faults(edition)) == list(pdf_faults(edition)) == []


def test_what_is_being_submitted_again_is_young(in_scope: Municipality) -> None:
    room: Any = a_room(in_scope)
    attach(room, b"frozen")
    sha256 = "b" * 64
    rows = {"tables": {"4": [{"layout_file": {"name": room.layout_file.name, "sha256": sha256}}]}}
    keep_files(in_scope, rows)
    kept = grown_old(Path(private_storage().path(kept_path(in_scope, sha256))))
    keep_files(in_scope, rows)
    keep_house()
    assert kept.exists()


def a_room(town: Municipality) -> Any:
    spec = registry.spec("4")
    assert spec is not None
    return make_row(spec, town)


def attach(room: Any, content: bytes) -> Path:
    room.layout_file.save("配置図.pdf", ContentFile(content))
    return grown_old(Path(room.layout_file.path))


def test_the_print_cache_goes_by_age_and_size(settings: Settings) -> None:
    settings.PRINT_CACHE_BYTES = 5 * 4096
    folder = Path(settings.PRINT_CACHE_DIR)
    cache = PartCache(folder)
    for number in range(8):
        cache.put(f"{number:064}", b"part")
        grown_old(folder / "00" / f"{number:064}", days=31 if number < 2 else 10 - number)
    report = keep_house()
    assert report.removed[OF_ALL]["印刷の控え"] == 4
    assert cache.get(f"{7:064}") == b"part"
    assert cache.get(f"{1:064}") is None


def test_data_is_closed_to_other_accounts(settings: Settings, media: Path) -> None:
    data = Path(settings.DATA_DIR)
    open_files = [put(data / "bcp_portal.sqlite3-wal"), put(media / "chapter-images" / "1" / "a")]
    secret = put(data / "secrets" / "secret_key", days=0)
    for path in (*open_files, secret):
        path.chmod(0o644)
    media.chmod(0o755)
    keep_house()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (*open_files[:1], media, data)] == [
        0o600,
        0o700,
        0o700,
    ]
    assert stat.S_IMODE(secret.stat().st_mode) == 0o644, "read by the account of a container"


def test_a_database_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    name = put(tmp_path / "bcp_portal.sqlite3", content=b"")
    for path in (name, put(tmp_path / "bcp_portal.sqlite3-wal", content=b"")):
        path.chmod(0o644)
    database = {**connection.settings_dict, "NAME": str(name), "OPTIONS": {}}
    opened = DatabaseWrapper(database)
    opened.connect()
    opened.close()
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("bcp*")} == {0o600}


def test_attachments_are_stored_closed(in_scope: Municipality) -> None:
    path = attach(a_room(in_scope), b"plan of the room")
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parents[2])]
    assert modes == [0o600, 0o700, 0o700]


def test_it_is_done_once_a_night_by_one(settings: Settings, monkeypatch: Any) -> None:
    night = timezone.localtime().replace(hour=3)
    assert is_due(night)
    assert not is_due(night.replace(hour=1))
    keep_house()
    assert not is_due(night)
    assert is_due(night + timedelta(days=1))

    def meanwhile(_report: Any) -> None:
        with pytest.raises(BusyError):
            keep_house()
        with pytest.raises(CommandError, match="整理の途中"):
            call_command("keep_house", stdout=StringIO())

    only(monkeypatch, {"one": meanwhile})
    keep_house()


def test_what_fails_keeps_nothing_else_from_being_done(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_report: Any) -> None:
        raise OSError("the disk is gone")

    only(monkeypatch, {"one": fail, "two": lambda report: report.add("印刷", code="139998")})
    said = StringIO()
    call_command("keep_house", stdout=said)
    assert "139998: 印刷1件" in said.getvalue()
    only(monkeypatch, {})
    call_command("keep_house", stdout=said)
    assert "取り除くものはありませんでした" in said.getvalue()


def only(monkeypatch: pytest.MonkeyPatch, some: dict[str, Callable[[Any], None]]) -> None:
    monkeypatch.setattr(nightly_run, "chores", lambda: some)
