"""A worker lives as long as its process does, however that ends."""

import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker as library
from pytest_django import Settings

from bcp_portal.jobs import signs_of_life, watchdog
from bcp_portal.jobs.management.commands import db_worker
from plans.models import PrintJob

PROGRAM = """
import sys
from contextlib import nullcontext
from django.conf import settings
settings.configure(DATA_DIR=sys.argv[1])
from bcp_portal.jobs import signs_of_life
signs_of_life.keep("other")
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_a_killed_process_is_dead_at_once(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        cwd=django_settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"kept\n"
        signs_of_life.sweep()
        assert signs_of_life.is_alive("other") and signs_of_life.living() == ["other"]
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not signs_of_life.is_alive("other") and not signs_of_life.living()
    signs_of_life.sweep()
    assert not list((folder / "workers").iterdir())


def test_who_gives_up_its_sign_is_dead() -> None:
    signs_of_life.keep("own")
    signs_of_life.keep("own")
    assert signs_of_life.is_alive("own")
    signs_of_life.sweep()
    assert signs_of_life.is_alive("own")
    signs_of_life.give_up("own")
    assert (
        not signs_of_life.is_alive("own")
        and not signs_of_life.is_alive("")
        and not signs_of_life.is_alive("nobody")
    )


def test_a_worker_whose_database_goes_away_begins_anew_as_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lived: list[str] = []

    def handle(_self: Any, *, worker_id: str, **_options: Any) -> None:
        assert signs_of_life.living() == [worker_id]
        lived.append(worker_id)
        if len(lived) == 1:
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(library.Command, "handle", handle)
    monkeypatch.setattr(db_worker, "overseen", nullcontext)
    monkeypatch.setattr(db_worker, "_wait_for_database", lambda: None)
    db_worker.Command().handle(worker_id="first")
    assert lived[0] == "first" and len(set(lived)) == 2
    assert not signs_of_life.living()


def test_a_worker_that_is_told_to_stop_ends_also_when_its_database_goes_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lived: list[str] = []

    def handle(_self: Any, *, worker_id: str, **_options: Any) -> None:
        lived.append(worker_id)
        if len(lived) > 1:
            return
        worker = library.Worker(
            queue_names=["default"],
            interval=0,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.running_task = True
        signal.raise_signal(signal.SIGTERM)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(library.Command, "handle", handle)
    monkeypatch.setattr(db_worker, "overseen", nullcontext)
    monkeypatch.setattr(db_worker, "_wait_for_database", lambda: None)
    before = {
        each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    }
    try:
        db_worker.Command().handle(worker_id="first")
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert lived == ["first"]
    assert not signs_of_life.living()


def test_a_worker_whose_job_hangs_ends_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    ended: list[int] = []
    monkeypatch.setattr("time.monotonic", lambda: now)
    monkeypatch.setattr("os._exit", ended.append)
    limit = PrintJob.silence.total_seconds()
    with watchdog.watched(PrintJob()):
        now += limit
        watchdog.heard_of()
        now += limit
        watchdog.end_if_hanging()
        assert not ended
        now += 1
        watchdog.end_if_hanging()
        assert ended == [watchdog.EXIT_STATUS]
    ended.clear()
    watchdog.end_if_hanging()
    assert not ended
