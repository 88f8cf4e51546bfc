"""A municipality goes to the other database engine and comes home: every row and file is the same."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bcp_portal.accounts.models import Municipality
from bcp_portal.archive.comparing import differences
from bcp_portal.archive.loading import load_archive
from scripts.throwaway_postgres import throwaway_postgres
from tests.archive.making import archive_of, fill, forget, members_of

# What tells of the journey itself.
GROWS = {"manifest.json", "README.txt", "data/audit.Entry.jsonl", "data/audit.ChainHead.jsonl"}


@contextmanager
def other_engine() -> Iterator[dict[str, str]]:
    """Yield the settings of the engine that these tests do not run on."""
    if connection.vendor == "sqlite":
        with throwaway_postgres() as variables:
            yield variables
    else:
        yield {}


def carried(source: Path, target: Path, folder: Path) -> str:
    """Load an archive on the other engine, write it anew there, and return the engine's name."""
    ours = {n: v for n, v in os.environ.items() if not n.startswith(("BCP_", "DJANGO_", "PYTEST_"))}
    with other_engine() as variables:
        done = subprocess.run(
            [sys.executable, "-m", "tests.archive.carrying", source, target],
            cwd=settings.BASE_DIR,
            env={**ours, **variables, "BCP_DATA_DIR": str(folder), "BCP_DEBUG": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.django_db
def test_there_and_back(municipality: Municipality, tmp_path: Path) -> None:
    fill(municipality)
    here, there, home = (tmp_path / f"{name}.zip" for name in ("here", "there", "home"))
    archive_of(municipality, here)

    engine = carried(here, there, tmp_path / "other")
    forget(municipality)
    archive_of(load_archive(there), home)

    assert {engine, connection.vendor} == {"sqlite", "postgresql"}
    assert differences(here, there) == differences(there, home) == differences(here, home) == []
    packed, unpacked = members_of(here), members_of(home)
    assert packed.keys() == unpacked.keys()
    assert {path for path in packed if packed[path] != unpacked[path]} <= GROWS
    assert unpacked["data/audit.Entry.jsonl"].startswith(packed["data/audit.Entry.jsonl"])
