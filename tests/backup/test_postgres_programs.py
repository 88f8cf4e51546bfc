"""Which of PostgreSQL's programs are used, and what is said when none fits."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest import MonkeyPatch
from pytest_django import Settings

from bcp_portal.backup import loading, postgres
from bcp_portal.backup.loading import NEWER
from bcp_portal.ui.errors import DomainError

Install = Callable[..., None]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: MonkeyPatch) -> Install:
    """Have pg_dump of these versions on the machine, and none on the PATH."""
    monkeypatch.setattr(postgres, "_INSTALLED", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))

    def install(*versions: int) -> None:
        for version in versions:
            program = tmp_path / str(version) / "bin" / "pg_dump"
            program.parent.mkdir(parents=True)
            program.write_text(
                f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.4 (Debian {version}.4-1)'\n"
            )
            program.chmod(0o755)

    return install


def test_the_version_of_the_server_is_taken_or_the_next_newer(installed: Install) -> None:
    installed(14, 15, 17)
    assert "/15/" in postgres.found_program("pg_dump", 15)
    assert "/17/" in postgres.found_program("pg_dump", 16)


def test_none_and_too_old_ones_are_said(installed: Install) -> None:
    with pytest.raises(DomainError, match=r"pg_dump がこのサーバにありません.*PostgreSQL 15"):
        postgres.found_program("pg_dump", 15)
    installed(13, 14)
    with pytest.raises(DomainError, match=r"版14までで、PostgreSQL 15 .*postgresql-client-15"):
        postgres.found_program("pg_dump", 15)


def test_an_older_server_is_refused(monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "server_major", lambda: 15)
    postgres.refuse_older_server(14)
    with pytest.raises(DomainError, match=r"PostgreSQL 16 のもの.*15 で古い"):
        postgres.refuse_older_server(16)


def test_a_backup_of_a_newer_program_is_refused(settings: Settings) -> None:
    settings.MIGRATION_MODULES = {}  # the real ones, which most tests do without
    known = {"migrations": ["accounts.0001_initial", "gone_room.0099_x"], "program_version": "9"}
    loading._refuse_newer(known)
    with pytest.raises(DomainError) as caught:
        loading._refuse_newer({**known, "migrations": ["sessions.9999_from_the_future"]})
    assert caught.value.message == NEWER.format(version="9")
