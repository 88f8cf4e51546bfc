"""PostgreSQL's own programs: a dump as it is written, a dump put back as it is read.

The programs are searched on this machine, and their version must fit the server's.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.db import connection

from bcp_portal.ui.errors import DomainError

_CHUNK = 1 << 18
_INSTALLED = Path("/usr/lib/postgresql")
# The owner and the rights belong to the server the dump came from.
_PLAIN = ["--no-owner", "--no-privileges", "--no-password"]

NONE = (
    "{program} がこのサーバにありません。データベースの版（PostgreSQL {wanted}）の "
    "postgresql-client を入れてください。"
)
TOO_OLD = (
    "このサーバの {program} は版{found}までで、PostgreSQL {wanted} には使えません。"
    "postgresql-client-{wanted} を入れてください。"
)
OLDER_SERVER = (
    "バックアップは PostgreSQL {source} のものです。このデータベースは {target} で古いため、"
    "復元できません。{source} 以上の PostgreSQL に復元してください。"
)
FAILED = "{program} が失敗しました: {said}"


def server_major() -> int:
    """Return the main version of the server that the portal uses."""
    return int(connection.pg_version) // 10000  # type: ignore[attr-defined]


def export_snapshot() -> str:
    """Return a name by which pg_dump sees exactly what this transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def dump(snapshot: str) -> Iterator[bytes]:
    """Yield the dump of a snapshot in PostgreSQL's custom format; DomainError when it fails."""
    program = found_program("pg_dump", server_major())
    command = [program, "--format=custom", f"--snapshot={snapshot}", *_PLAIN, *_place()]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        try:
            while process.stdout and (data := process.stdout.read(_CHUNK)):
                yield data
        finally:
            if process.stdout:
                process.stdout.close()
            process.wait()
        _refuse_failure("pg_dump", process.returncode, said)


def load(content: Iterable[bytes], made_by: int) -> None:
    """Put a dump of that main version into the empty database, all or nothing."""
    program = found_program("pg_restore", max(made_by, server_major()))
    command = [program, "--single-transaction", "--exit-on-error", *_PLAIN, *_place()]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            command,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        is_whole = False
        try:
            with suppress(BrokenPipeError):  # it gave up, and says why
                _feed(process.stdin, content)
            is_whole = True
        finally:
            if not is_whole:
                process.kill()  # a dump that ends early must not be taken for a whole one
            process.wait()
        _refuse_failure("pg_restore", process.returncode, said)


def refuse_older_server(source: int) -> None:
    """Raise DomainError where the database is older than the one a backup was made of."""
    if server_major() < source:
        raise DomainError(OLDER_SERVER.format(source=source, target=server_major()))


def is_empty() -> bool:
    """Tell whether nobody has made anything in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
        )
        return not cursor.fetchone()[0]


def found_program(name: str, wanted: int) -> str:
    """Return the path of the program for a server of this main version, or the next newer one."""
    versions = dict(_installed(name))
    fitting = [version for version in versions if version >= wanted]
    if fitting:
        return versions[min(fitting)]
    if versions:
        raise DomainError(TOO_OLD.format(program=name, found=max(versions), wanted=wanted))
    raise DomainError(NONE.format(program=name, wanted=wanted))


def _installed(name: str) -> Iterator[tuple[int, str]]:
    on_path = shutil.which(name)
    paths = [on_path] if on_path else []
    paths += sorted(map(str, _INSTALLED.glob(f"*/bin/{name}")))
    for path in paths:
        # Debian's own wrapper on the PATH takes any version; the real ones come after it.
        said = subprocess.run(  # noqa: S603 - our own words, no shell
            [path, "--version"], capture_output=True, text=True, check=False
        )
        if version := re.search(r"\) (\d+)", said.stdout):
            yield int(version.group(1)), path


def _feed(target: IO[bytes] | None, content: Iterable[bytes]) -> None:
    if target is None:
        return
    with target:
        for data in content:
            target.write(data)


def _place() -> list[str]:
    wanted = connection.settings_dict
    named = {"--host": "HOST", "--port": "PORT", "--username": "USER", "--dbname": "NAME"}
    return [f"{option}={wanted[key]}" for option, key in named.items() if wanted[key]]


def _environment() -> dict[str, str]:
    password = str(connection.settings_dict["PASSWORD"] or "")
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _refuse_failure(program: str, status: int, said: IO[bytes]) -> None:
    if status:
        said.seek(0)
        lines = said.read().decode(errors="replace").strip().splitlines()
        raise DomainError(FAILED.format(program=program, said=" / ".join(lines[:3]) or status))
