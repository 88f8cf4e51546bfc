"""A few people use a portal as in service for a while: nothing that was accepted is missing, and what is, is missed."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.infrastructure.running import free_port

SHORT = ["--people", "6", "--seconds", "60", "--think", "2"]
MINUTES = 20


def load(*options: str) -> subprocess.CompletedProcess[str]:
    """Run the load on an engine like that of these tests, but a portal and a database of its own."""
    engine = ["--engine", connection.vendor, "--port", str(free_port())]
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.load", *SHORT, *engine, *options],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in os.environ.items() if not name.startswith("BCP_")},
        capture_output=True,
        text=True,
        timeout=60 * MINUTES,
        check=False,
    )


@pytest.mark.parametrize(
    ("options", "status", "last"),
    [
        ((), 0, "Every accepted save is there, once"),
        (("--take-one-out",), 1, "faults"),
    ],
)
def test_what_was_accepted_is_there_and_a_save_taken_out_is_missed(
    options: tuple[str, ...], status: int, last: str
) -> None:
    done = load(*options)
    assert done.returncode == status, done.stdout + done.stderr
    found = re.search(r"accepted saves: (\d+)", done.stdout)
    assert found and int(found[1]) > 0, done.stdout
    assert last in done.stdout.splitlines()[-1]
    if status:
        said = [line for line in done.stdout.splitlines() if line.startswith("FAULT ")]
        assert any("does not stand in it" in line for line in said), done.stdout
        assert any("verify_audit" in line for line in said), done.stdout
        assert len(said) == 2, said
