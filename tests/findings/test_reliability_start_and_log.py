"""The portal starts with settings that are safe, or says in a sentence which is not; its log is read by people."""

import errno
import logging
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from django.test import Client

from bcp_portal import env
from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui import troubles
from bcp_portal.ui.command_troubles import sentence_of
from scripts.serving import MOST_THREADS_ON_SQLITE
from tests.conftest import ClientFactory

SETTINGS = Path(settings.BASE_DIR) / "bcp_portal" / "settings.py"
KEY = "0123456789abcdef" * 3
HALF_A_DATABASE = [f"BCP_POSTGRES_{part}" for part in ("USER", "PASSWORD", "HOST", "PORT")]
REFUSED = [
    ({"BCP_SECRET_KEY": "short"}, "BCP_SECRET_KEY is too easy to guess"),
    ({"BCP_SECRET_KEY": "a" * 64}, "BCP_SECRET_KEY is too easy to guess"),
    ({"BCP_HTTPS": "1", "BCP_SECRET_KEY": ""}, "BCP_SECRET_KEY or BCP_SECRET_KEY_FILE must be set"),
    ({"BCP_HTTPS": "1", "BCP_DEBUG": "1"}, "BCP_DEBUG and BCP_HTTPS must not be on together"),
    ({"BCP_HTTPS": "treu"}, "BCP_HTTPS must be 1"),
    ({"BCP_DEBUG": "2"}, "BCP_DEBUG must be 1"),
    *(
        ({name: "1"}, f"BCP_POSTGRES_DB is missing or empty, though {name}")
        for name in HALF_A_DATABASE
    ),
    ({"BCP_POSTGRES_PASSWORD_FILE": "/run/x"}, "BCP_POSTGRES_DB is missing or empty"),
    ({"BCP_POSTGRES_DB": "bcp", "BCP_POSTGRES_PORT": "54x"}, "BCP_POSTGRES_PORT must be"),
    (
        {"BCP_POSTGRES_DB": "bcp", "BCP_POSTGRES_PASSWORD_FILE": "/not/there"},
        "BCP_POSTGRES_PASSWORD_FILE names /not/there, which cannot be read",
    ),
    ({"BCP_LEAST_FREE_MB": "-1"}, "BCP_LEAST_FREE_MB must be"),
]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("BCP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BCP_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BCP_SECRET_KEY", KEY)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("given", "words"), REFUSED, ids=lambda value: str(value)[:50])
def test_what_is_not_safe_is_refused_by_the_name_of_the_variable(
    given: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=re.escape(words)):
        runpy.run_path(str(SETTINGS))


@pytest.mark.usefixtures("bare")
def test_what_is_whole_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "sqlite" in runpy.run_path(str(SETTINGS))["DATABASES"]["default"]["ENGINE"]
    monkeypatch.setenv("BCP_POSTGRES_DB", "bcp")
    monkeypatch.setenv("BCP_HTTPS", "on")
    monkeypatch.setenv("BCP_DEBUG", "off")
    assert "postgresql" in runpy.run_path(str(SETTINGS))["DATABASES"]["default"]["ENGINE"]
    assert not env.is_given("BCP_POSTGRES_USER")


@pytest.mark.usefixtures("bare")
def test_a_key_is_made_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BCP_SECRET_KEY")
    (tmp_path / "secret_key.new").write_text("half", encoding="ascii")  # a disk that was full
    key = runpy.run_path(str(SETTINGS))["SECRET_KEY"]
    assert len(key) > 50
    assert runpy.run_path(str(SETTINGS))["SECRET_KEY"] == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def started(folder: Path, *command: str, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BCP_")}
    return subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=settings.BASE_DIR,
        env=kept | {"BCP_DATA_DIR": str(folder), "BCP_SECRET_KEY": KEY, **given},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"BCP_WEB_THREADS": str(MOST_THREADS_ON_SQLITE + 1)}, "SQLite bears at most 4 threads"),
        ({"BCP_WEB_THREADS": "no"}, "BCP_WEB_THREADS must be a whole number"),
        ({"BCP_DEBUG": "1", "BCP_HTTPS": "1"}, "BCP_DEBUG and BCP_HTTPS must not be on together"),
    ],
)
def test_the_web_server_does_not_start_and_says_why(
    given: dict[str, str], words: str, tmp_path: Path
) -> None:
    command = ["gunicorn", "--config", "scripts/gunicorn_settings.py", "bcp_portal.wsgi"]
    result = started(tmp_path, *command, BCP_BIND="127.0.0.1:0", **given)
    assert result.returncode == 1
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_command_says_why_it_does_not_run(tmp_path: Path) -> None:
    result = started(tmp_path, "python", "manage.py", "check", BCP_POSTGRES_USER="bcp")
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert "BCP_POSTGRES_DB is missing or empty" in result.stderr


@pytest.mark.parametrize("name", ["migrate", "keep_house", "verify_audit", "load_sample"])
def test_a_command_names_the_folder_that_is_not_there(name: str, tmp_path: Path) -> None:
    result = started(tmp_path / "data", "python", "manage.py", name)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1), result.stderr
    assert f"The folder {tmp_path / 'data'} is not there: make it" in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OperationalError("no such table: accounts_user"), "run manage.py migrate first"),
        (ProgrammingError('relation "x" does not exist\nLINE 1'), "run manage.py migrate first"),
        (OperationalError("connection refused\nIs the server"), troubles.DATABASE_AWAY),
        (OSError(errno.ENOSPC, "No space left on device"), troubles.NO_SPACE),
        (OperationalError("no such column: x"), ""),
        (ProgrammingError('relation "x" already exists'), ""),
        (ValueError("a fault of the program"), ""),
    ],
)
def test_a_command_says_what_is_to_be_mended_and_shows_faults_of_its_own(
    error: Exception, words: str
) -> None:
    said = sentence_of(error)
    assert (words in said) if words else said == ""
    assert "\n" not in said


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Return what the portal writes for the operator during a test."""
    first = logging.getLogger("django").handlers[0]
    stream = cast("logging.StreamHandler[StringIO]", first)
    written = StringIO()
    before = stream.setStream(written)
    yield written
    if before is not None:
        stream.setStream(before)


TIME = r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0900\]"


@pytest.mark.django_db
def test_each_request_that_is_refused_is_one_line_with_time_and_zone(
    log: StringIO, municipality: Municipality, client_for: ClientFactory
) -> None:
    client = client_for(Role.VIEWER)
    client.get("/139998/members/")
    client.get("/139998/?page=%00")
    client.post(
        "/139998/annex/drafts/", b"--b\r\nx", content_type="multipart/form-data; boundary=b"
    )
    client.post("/139998/annex/drafts/", {f"f{number}": "" for number in range(20_001)})
    client.get("/139998/nowhere%0aERROR/")
    strict = Client(enforce_csrf_checks=True)
    strict.post("/sign-in/", {"username": "x"})
    lines = log.getvalue().splitlines()
    kinds = [re.sub(f"^{TIME} (WARNING|ERROR) ", "", line) for line in lines]
    assert all(re.match(f"{TIME} (WARNING|ERROR) [a-zA-Z.]+ (GET|POST) ", line) for line in lines)
    assert len(lines) == 6, kinds
    assert all("/139998/" in line or "/sign-in/" in line for line in lines)


@pytest.mark.django_db
def test_what_members_are_told_in_daily_work_is_no_line(
    log: StringIO, municipality: Municipality, client_for: ClientFactory
) -> None:
    response = client_for(Role.EDITOR).post("/139998/annex/departments/add/", {"name": ""})
    assert response.status_code == 422
    assert log.getvalue() == ""
