"""A server in trouble says what is wrong, on the page and to a monitor; nothing is left half done."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import (
    DatabaseError,
    InternalError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from bcp_portal.accounts.models import Department, Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.jobs import signs_of_life
from bcp_portal.jobs.health import faults
from bcp_portal.ui import readiness, troubles
from plans.models import ChapterImage, Plan, PrintJob
from plans.printing import faces
from plans.printing.cache import PartCache
from systems.models.locations import EquipmentLocation
from tests.conftest import ClientFactory
from tests.jobs.by_hand import carry_out
from tests.plans.writing.test_blocks_and_images import picture
from tests.rows import make_row
from tests.small_disks import files_below, no_room, small_disk

pytestmark = pytest.mark.django_db
WORKER = "a-worker-that-lives"


@pytest.fixture(autouse=True)
def asked_anew(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    settings.LEAST_FREE_MB = 1
    readiness.forget()
    yield
    readiness.forget()
    signs_of_life.give_up(WORKER)
    faces.find_face.cache_clear()


def ready(client: Client) -> tuple[int, dict[str, str]]:
    readiness.forget()
    response = client.get("/readyz/")
    lines = response.content.decode().splitlines()
    return response.status_code, dict(line.split(": ") for line in lines)


def take_fonts_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let fontconfig look for fonts where there are none."""
    (folder / "fonts.conf").write_text("<fontconfig></fontconfig>", encoding="ascii")
    monkeypatch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))
    faces.find_face.cache_clear()


def test_a_print_without_fonts_names_the_font_and_its_package(
    in_scope: Municipality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan.objects.create(municipality=in_scope, title="計画")
    job = PrintJob.objects.create(municipality=in_scope, state="queued")
    take_fonts_away(tmp_path, monkeypatch)
    carry_out(job)
    job.refresh_from_db()
    assert (job.state, "がサーバにありません" in job.message) == ("failed", True), job.message
    assert "fonts-" in job.message


def test_readiness_names_each_thing_that_is_not_there(
    client: Client, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = {"database": "ok", "data folder": "ok", "worker": "ok", "fonts": "ok"}
    assert ready(client) == (503, fine | {"worker": "none runs"})
    signs_of_life.keep(WORKER)
    assert ready(client) == (200, fine)
    assert not list(faults())

    settings.LEAST_FREE_MB = 1_000_000_000
    assert ready(client) == (503, fine | {"data folder": "little room"})
    settings.LEAST_FREE_MB = 1
    settings.DATA_DIR = tmp_path / "not-there"
    assert ready(client)[1]["data folder"] == "not writable"
    assert "data folder: not writable" in list(faults())
    settings.DATA_DIR = tmp_path

    take_fonts_away(tmp_path, monkeypatch)
    assert ready(client) == (503, fine | {"fonts": "missing"})


def test_readiness_tells_a_full_disk_from_one_that_is_read_only(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    settings.DATA_DIR = disk
    with no_room(disk):
        assert ready(client)[1]["data folder"] == "no room"
    with small_disk(disk, kilobytes=64) as is_mounted:
        if is_mounted:
            remount = ["mount", "-o", "remount,ro", str(disk)]
            subprocess.run(remount, check=True)
            assert ready(client)[1]["data folder"] == "not writable"


def test_a_stranger_who_asks_often_keeps_no_disk_busy(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    first = client.get("/readyz/").content
    settings.DATA_DIR = tmp_path / "not-there"
    assert client.get("/readyz/").content == first


def test_a_monitor_with_a_cookie_hears_of_a_database_that_is_away(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(Role.EDITOR)
    client.raise_request_exception = False

    def refuse(*_arguments: Any) -> None:
        raise OperationalError("connection refused; password of user bcp")

    monkeypatch.setattr(connection, "cursor", refuse)
    health = client.get("/healthz/")
    assert (health.status_code, health.content) == (503, b"database unavailable")
    status, found = ready(client)
    assert (status, found["database"]) == (503, "unavailable")
    page = client.get("/139998/")
    assert (page.status_code, troubles.DATABASE_AWAY in page.content.decode()) == (503, True)
    assert "password" not in page.content.decode()


UPLOADS = ("picture", "import")


def send(client: Client, municipality: Municipality, which: str, content: bytes) -> Any:
    """Hand in a file of more than the disk has room for, at one of two doors."""
    code = municipality.code
    if which == "picture":
        return client.post(f"/{code}/images/", {"file": SimpleUploadedFile("図.png", content)})
    upload = SimpleUploadedFile("表.xlsx", content)
    return client.post(reverse("annex:import", args=[code]), {"file": upload})


@pytest.mark.parametrize("which", UPLOADS)
def test_a_file_that_finds_no_room_is_refused_with_the_reason_and_leaves_nothing(
    which: str,
    in_scope: Municipality,
    client_for: ClientFactory,
    settings: Settings,
    tmp_path: Path,
) -> None:
    client = client_for(Role.EDITOR, Role.ADMIN)
    client.raise_request_exception = False
    disk = tmp_path / "disk"
    settings.MEDIA_ROOT = disk
    with no_room(disk):
        response = send(client, in_scope, which, picture("PNG", (300, 300)))
        page = response.content.decode()
        assert troubles.NO_SPACE in page, page
        assert response.status_code in {422, 503}
        assert files_below(disk) == []
    assert not ChapterImage.objects.exists()
    assert send(client, in_scope, which, picture("PNG")).status_code in {200, 302}


def test_an_attachment_that_finds_no_room_leaves_neither_file_nor_folder(
    in_scope: Municipality, settings: Settings, tmp_path: Path
) -> None:
    spec = registry.spec_of_model(EquipmentLocation)
    assert spec is not None
    row = make_row(spec, in_scope)
    disk = tmp_path / "disk"
    settings.MEDIA_ROOT = disk
    with no_room(disk):
        with pytest.raises(OSError) as caught:
            row.layout_file.save("配置図.pdf", ContentFile(b"plan" * 5000))
        assert troubles.trouble_of(caught.value) == troubles.NO_SPACE
        assert files_below(disk) == []
        assert not [*disk.glob("annex/*/*")]


def test_what_is_stored_is_for_the_eyes_of_the_server_only(
    in_scope: Municipality, client_for: ClientFactory, settings: Settings
) -> None:
    send(client_for(Role.EDITOR), in_scope, "picture", picture("PNG"))
    places = [Path(at) / name for at, _, names in os.walk(settings.MEDIA_ROOT) for name in names]
    folders = {
        each for place in places for each in place.parents if settings.MEDIA_ROOT in each.parents
    }
    assert {place.stat().st_mode & 0o777 for place in places} == {0o600}
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}
    if connection.vendor == "sqlite":
        assert Path(connection.settings_dict["NAME"]).stat().st_mode & 0o077 == 0


def test_a_database_that_was_left_readable_to_all_is_closed(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files itself")
    old = tmp_path / "old.sqlite3"
    old.touch(mode=0o644)
    other = connections.create_connection("default")
    other.settings_dict = {**other.settings_dict, "NAME": str(old)}
    with other.cursor() as cursor:
        cursor.execute("CREATE TABLE held (name TEXT)")
        beside = [path.name for path in tmp_path.glob("old.sqlite3*")]
        assert len(beside) > 1
        assert all((tmp_path / name).stat().st_mode & 0o077 == 0 for name in beside)
    other.close()


def test_a_print_cache_without_room_is_only_slower(tmp_path: Path) -> None:
    disk = tmp_path / "cache"
    cache = PartCache(disk)
    with no_room(disk):
        cache.put("ab12", b"pages" * 1000)
        cache.trim()
        assert cache.get("ab12") is None
        assert files_below(disk) == []


@contextmanager
def writing_refused() -> Iterator[None]:
    """Let the database take no change: it was set to be read only."""
    on_sqlite = connection.vendor == "sqlite"
    try:
        with transaction.atomic():
            say("PRAGMA query_only = 1" if on_sqlite else "SET TRANSACTION READ ONLY")
            yield
            transaction.set_rollback(True)
    finally:
        if on_sqlite:
            say("PRAGMA query_only = 0")


def say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_reading_works_while_writing_cannot(
    in_scope: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR, Role.ADMIN)
    client.raise_request_exception = False
    row = Department.objects.create(municipality=in_scope, name="防災課")
    home = f"/{in_scope.code}"
    edit = f"{home}/annex/departments/rows/{row.uid}/edit/"
    typed = {"outline": "ksw", "note": "打ちかけの文"}
    ours = {"Referer": "http://testserver/"}
    with writing_refused():
        for path in (f"{home}/", f"{home}/annex/departments/", edit, f"{home}/help/"):
            assert client.get(path).status_code == 200, path
        response = client.post(f"{home}/plan/start/", typed, headers=ours)
    page = response.content.decode()
    assert (response.status_code, troubles.NOT_WRITABLE in page) == (503, True)
    assert typed["note"] in page


def test_what_a_statement_does_wrong_is_no_trouble_of_the_server() -> None:
    assert troubles.trouble_of(OperationalError("no such column: x")) is None
    assert troubles.trouble_of(OperationalError("too many SQL variables")) is None
    assert troubles.trouble_of(InternalError("current transaction is aborted")) is None
    assert troubles.trouble_of(DatabaseError("anything")) is None
    standby = InternalError("cannot execute INSERT in a read-only transaction")
    assert troubles.trouble_of(standby) == troubles.NOT_WRITABLE
    assert troubles.trouble_of(OperationalError("disk I/O error")) == troubles.DISK_FAULT
    crowd = OperationalError("FATAL: sorry, too many clients already")
    assert troubles.trouble_of(crowd) == troubles.DATABASE_BUSY
