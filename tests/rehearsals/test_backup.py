"""Backed up again and again while many people write, everything killed, each restored on another machine."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connections
from django_scopes import scope
from pytest_django import Settings

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.private_files import private_storage
from bcp_portal.audit.models import Entry
from bcp_portal.audit.services import record
from bcp_portal.backup.loading import read_through
from bcp_portal.backup.saving import save_backup
from tests.archive.making import fill
from tests.backup.places import PASSPHRASE, a_bare_place

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6
BACKUPS = 2


@contextmanager
def many_people(municipality: Municipality, accepted: Path) -> Iterator[None]:
    """Let processes write entries and files, each noting what was accepted; kill them at the end."""
    connections.close_all()
    people = [_one_of_them(municipality, accepted / str(number)) for number in range(WRITERS)]
    try:
        yield
    finally:
        for person in people:
            os.kill(person, signal.SIGKILL)
        for person in people:
            os.waitpid(person, 0)


def _one_of_them(municipality: Municipality, accepted: Path) -> int:
    person = os.fork()
    if person:
        return person
    try:
        with scope(municipality=municipality), accepted.open("a", buffering=1) as notes:
            for number in range(1_000_000):
                note = f"{accepted.name}-{number}"
                place = private_storage().save(f"annex/{note}", ContentFile(b"x" * 10_000))
                try:
                    record(municipality=municipality, actor=None, action="変更", note=note)
                    notes.write(f"{note}\n")
                except OperationalError:  # SQLite, when its turn did not come in time
                    continue
                if number % 3 == 0:
                    private_storage().delete(place)
                time.sleep(0.05)
    finally:
        os._exit(1)


def accepted_by_now(folder: Path) -> set[str]:
    return {line for path in folder.iterdir() for line in path.read_text().split("\n")[:-1]}


def test_every_backup_holds_all_that_was_accepted_before_it(
    municipality: Municipality, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "here", tmp_path / "here" / "files"
    settings.DATA_DIR.mkdir()
    fill(municipality)
    accepted = tmp_path / "accepted"
    accepted.mkdir()
    before: dict[Path, set[str]] = {}
    with many_people(municipality, accepted):
        for number in range(BACKUPS):
            time.sleep(3)
            path = tmp_path / f"{number}.bcpbackup"
            before[path] = accepted_by_now(accepted)
            save_backup(path, PASSPHRASE)
    assert len(before[path]) > 20
    with scope(municipality=municipality):
        notes = list(Entry.objects.order_by("sequence").values_list("note", flat=True))
    assert accepted_by_now(accepted) <= set(notes)
    for path, known in before.items():
        held = read_through(path, PASSPHRASE).end["tables"]["audit_entry"]
        assert known <= set(notes[:held])
        with a_bare_place(tmp_path / path.stem) as place:
            done = place.restore(path)
            assert done.returncode == 0, done.stdout + done.stderr
            assert "全てのファイルのSHA-256は、元と同じです。" in done.stdout


def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(
    municipality: Municipality, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "here", tmp_path / "here" / "files"
    settings.DATA_DIR.mkdir()
    private_storage().save("large", ContentFile(os.urandom(30_000_000)))
    connections.close_all()
    out = tmp_path / "b"
    child = os.fork()
    if child == 0:
        try:
            save_backup(out, PASSPHRASE)
        finally:
            os._exit(1)
    beside = tmp_path / "b.part"
    while not beside.exists() or beside.stat().st_size < 1_000_000:
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not out.exists()
    save_backup(out, PASSPHRASE)
    assert (out.exists(), beside.exists()) == (True, False)
