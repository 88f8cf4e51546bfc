"""Puts a backup onto a bare machine: all of it or nothing, and proves that it is what it was.

The whole file is read once before anything is written, so a wrong passphrase, a cut or a changed
file leaves no trace. Files are put down first and taken away again when the database fails, which
is loaded as a whole.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from bcp_portal.backup import postgres, records
from bcp_portal.backup.encrypted_file import BROKEN, Opener, private_file
from bcp_portal.backup.restore_proof import count_faults
from bcp_portal.backup.restored_settings import write_settings
from bcp_portal.jobs.files import make_private_folder
from bcp_portal.ui.errors import DomainError

NOT_EMPTY = (
    "{place}が空ではないため、復元しませんでした。復元は、何も入っていない環境だけに行えます。"
    "別のデータベースと別の BCP_DATA_DIR を用意してください。"
)
OTHER_ENGINE = (
    "バックアップは {source} のもので、この環境は {target} です。同じ種類のデータベースに復元してください"
    "（種類を変えて移すには、団体ごとに save_archive と load_archive を使います）。"
)
NEWER = "バックアップは、このプログラムより新しい版（{version}）で作られています。同じ版以上のプログラムを入れてください。"
_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

Say = Callable[[str], object]


@dataclass
class Contents:
    """What a backup says about its own content, known once all of it was read."""

    begin: dict[str, Any] = field(default_factory=dict)
    end: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)


def read_through(path: Path, passphrase: str) -> Contents:
    """Read a whole backup without keeping it; DomainError for all that is wrong with it."""
    contents = Contents()
    with path.open("rb") as file:
        for record in records.read_records(Opener(file, passphrase)):
            if record.kind == records.BEGIN:
                contents.begin = dict(record.facts)
            elif record.kind == records.SETTINGS:
                contents.settings = dict(record.facts["settings"])
            elif record.kind == records.END:
                contents.end = dict(record.facts)
    return contents


def restore_backup(path: Path, passphrase: str, *, say: Say) -> list[str]:
    """Restore into this empty installation; return what the proof found wrong (Japanese).

    DomainError, and nothing written, when the place is not empty or the backup cannot be used.
    """
    _refuse_what_is_there()
    contents = read_through(path, passphrase)
    _refuse_unfit(contents.begin)
    say(f"{contents.begin['made_at']} のバックアップを復元します。")
    for sentence in write_settings(contents.settings):
        say(sentence)
    with _taken_away_on_failure():
        digests = _load(path, passphrase, contents.begin)
    say(f"ファイル{len(digests):,}件とデータベースを書き込みました。")
    faults = count_faults(contents.end, digests)
    if _unapplied():
        say("バックアップより新しいプログラムのため、データベースを更新します。")
        call_command("migrate", interactive=False, verbosity=0)
    return faults


def _refuse_what_is_there() -> None:
    if connection.vendor == "postgresql":
        is_empty = postgres.is_empty()
    else:
        is_empty = _is_empty_sqlite(Path(str(connection.settings_dict["NAME"])))
    if not is_empty:
        raise DomainError(NOT_EMPTY.format(place="データベース"))
    files = Path(settings.MEDIA_ROOT)
    if any(names for _, _, names in os.walk(files)):
        raise DomainError(NOT_EMPTY.format(place=f"ファイルの保管場所（{files}）"))


def _is_empty_sqlite(path: Path) -> bool:
    if not path.exists() or not path.stat().st_size:
        return True
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _refuse_unfit(begin: dict[str, Any]) -> None:
    if begin["engine"] != connection.vendor:
        source, target = _ENGINES[begin["engine"]], _ENGINES[connection.vendor]
        raise DomainError(OTHER_ENGINE.format(source=source, target=target))
    if connection.vendor == "postgresql":
        postgres.refuse_older_server(begin["server_version"])
        postgres.found_program("pg_restore", max(begin["server_version"], postgres.server_major()))
    _refuse_newer(begin)


def _refuse_newer(begin: dict[str, Any]) -> None:
    """Raise DomainError when the database has taken a migration that is yet to come for us."""
    last: dict[str, str] = {}
    for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations:
        last[app] = max(name, last.get(app, ""))
    for applied in begin["migrations"]:
        app, _, name = applied.partition(".")
        # By their numbers: older ones may have been removed by squashing.
        if name[:4] > last.get(app, name)[:4]:
            raise DomainError(NEWER.format(version=begin["program_version"]))


@contextmanager
def _taken_away_on_failure() -> Iterator[None]:
    files = Path(settings.MEDIA_ROOT)
    try:
        yield
    except BaseException:
        shutil.rmtree(files, ignore_errors=True)
        raise


def _load(path: Path, passphrase: str, begin: dict[str, Any]) -> dict[Path, str]:
    """Write files and database; return the SHA-256 of each file as the backup holds it."""
    digests: dict[Path, str] = {}
    with path.open("rb") as file:
        for record in records.read_records(Opener(file, passphrase)):
            if record.kind == records.FILE:
                place = _place_of(record.facts["path"])
                digests[place] = _put(place, record.content)
            elif record.kind == records.DATABASE and connection.vendor == "postgresql":
                connections.close_all()
                postgres.load(record.content, begin["server_version"])
            elif record.kind == records.DATABASE:
                _put_sqlite(record.content)
    return digests


def _place_of(name: str) -> Path:
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise DomainError(BROKEN)
    return Path(settings.MEDIA_ROOT) / relative


def _put(place: Path, content: Iterable[bytes]) -> str:
    make_private_folder(place.parent)
    digest = hashlib.sha256()
    with private_file(place) as file:
        for data in content:
            digest.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _put_sqlite(content: Iterable[bytes]) -> None:
    connections.close_all()
    place = Path(str(connection.settings_dict["NAME"]))
    beside = place.with_name(place.name + ".part")
    beside.unlink(missing_ok=True)
    try:
        _put(beside, content)
        for ending in ("-wal", "-shm"):  # of the empty one
            place.with_name(place.name + ending).unlink(missing_ok=True)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _unapplied() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
