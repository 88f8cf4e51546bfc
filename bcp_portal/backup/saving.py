"""Writes database, files and secrets into one sealed file, as they were at one moment.

The database is held at a moment first; then the files are read, which are only added or removed;
then the database, still as it was at that moment. Nobody who works is held up. The print cache and
what marks living workers are left out: both are made again.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bcp_portal import VERSION
from bcp_portal.accounts.consistent_reads import one_moment
from bcp_portal.backup import postgres, records
from bcp_portal.backup.encrypted_file import Sealer, private_file
from bcp_portal.backup.facts import (
    applied_migrations,
    environment_settings,
    log_ends,
    named_files,
    row_counts,
    stored_files,
)
from bcp_portal.backup.loading import read_through
from bcp_portal.ui.errors import DomainError

THERE = "「{path}」はすでにあります。別の名前にしてください。"
_CHUNK = 1 << 18
_COPIES, _DAY = "backup-", 24 * 3600


@dataclass
class Saved:
    """What a backup holds: counts, the ends of the logs, and files that were named but not there."""

    path: Path
    tables: dict[str, int] = field(default_factory=dict)
    log_ends: dict[str, str] = field(default_factory=dict)
    files: int = 0
    lost_files: list[str] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "tables": self.tables,
            "log_ends": self.log_ends,
            "files": self.files,
            "lost_files": self.lost_files,
        }


def save_backup(path: Path, passphrase: str) -> Saved:
    """Write a backup to a new file and read it back whole; OSError when it cannot be written.

    The file has its name only when all of it is written and could be read.
    """
    if path.exists():
        raise DomainError(THERE.format(path=path))
    beside = path.with_name(path.name + ".part")
    beside.unlink(missing_ok=True)
    saved = Saved(path)
    try:
        with private_file(beside) as target, _held() as database:
            sealer = Sealer(target, passphrase)
            _write(sealer, saved, database)
            sealer.finish()
        read_through(beside, passphrase)
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    return saved


Content = Callable[[], Iterator[bytes]]


@contextmanager
def _held() -> Iterator[Content]:
    """Hold the database at one moment; yield what reads all of it as it was then."""
    with one_moment():
        if connection.vendor == "postgresql":
            # Asked before anything is written, so that a missing program costs nothing.
            postgres.found_program("pg_dump", postgres.server_major())
            snapshot = postgres.export_snapshot()
            yield lambda: postgres.dump(snapshot)
            return
        _remove_left_copies()
        # In the data folder, which is as private as the database, and removed afterwards.
        with TemporaryDirectory(prefix=_COPIES, dir=settings.DATA_DIR) as folder:
            copy = Path(folder) / "copy.sqlite3"
            _copy_sqlite(copy)
            yield lambda: _chunks(copy.open("rb"))


def _copy_sqlite(copy: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master")  # from here on the moment is held
    with closing(sqlite3.connect(copy)) as target:
        # By the very connection that holds it.
        connection.connection.backup(target)


def _remove_left_copies() -> None:
    """Remove what a backup that was killed has left; none takes a day."""
    for folder in Path(settings.DATA_DIR).glob(f"{_COPIES}*"):
        if time.time() - folder.stat().st_mtime > _DAY:
            shutil.rmtree(folder, ignore_errors=True)


def _write(sealer: Sealer, saved: Saved, database: Content) -> None:
    saved.tables, saved.log_ends = row_counts(), log_ends()
    begin: dict[str, Any] = {
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "program_version": VERSION,
        "engine": connection.vendor,
        "server_version": postgres.server_major() if connection.vendor == "postgresql" else 0,
        "migrations": applied_migrations(),
    }
    records.write_record(sealer, records.BEGIN, begin)
    records.write_record(sealer, records.SETTINGS, {"settings": environment_settings()})
    _write_files(sealer, saved)
    records.write_record(sealer, records.DATABASE, {}, database())
    records.write_record(sealer, records.END, saved.facts)


def _write_files(sealer: Sealer, saved: Saved) -> None:
    root = Path(settings.MEDIA_ROOT)
    missing = named_files()
    for path in stored_files():
        try:
            source = path.open("rb")
        except FileNotFoundError:
            continue  # removed meanwhile; said below if the database names it
        name = path.relative_to(root).as_posix()
        records.write_record(sealer, records.FILE, {"path": name}, _chunks(source))
        missing.discard(path)
        saved.files += 1
    saved.lost_files = sorted(
        path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        for path in missing
    )


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    with source:
        while data := source.read(_CHUNK):
            yield data
