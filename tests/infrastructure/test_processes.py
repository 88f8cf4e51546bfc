"""Processes that are started together are watched and stopped together."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from scripts import processes
from scripts.processes import ServiceEnded, Services, run_until, stop_request

SLEEP = ["python", "-c", "import time; time.sleep(60)"]
STUBBORN = [
    "python",
    "-c",
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('deaf', flush=True); time.sleep(60)",
]


def test_a_process_that_ends_by_itself_is_named() -> None:
    services = Services(os.environ)
    services.start("web", SLEEP)
    services.start("worker", ["python", "-c", "raise SystemExit(3)"])
    try:
        with pytest.raises(ServiceEnded, match="worker"):
            run_until(threading.Event(), services)
    finally:
        services.stop()
    assert services.running["web"].returncode == -signal.SIGTERM


def test_a_process_that_has_run_for_a_while_is_started_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processes, "SECONDS_OF_A_LIFE", 0)
    services = Services(os.environ, tmp_path)
    services.start("worker", ["python", "-c", "print('begun')"])
    first = services.running["worker"]
    first.wait(timeout=30)
    services.check()
    second = services.running["worker"]
    second.wait(timeout=30)
    assert second is not first
    assert (tmp_path / "worker.log").read_text() == "begun\nbegun\n"


def test_a_process_that_ignores_the_request_is_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processes, "SECONDS_TO_STOP", 1)
    services = Services(os.environ, tmp_path)
    services.start("deaf", STUBBORN)
    log = tmp_path / "deaf.log"
    deadline = time.monotonic() + 20
    while not log.read_text(encoding="ascii") and time.monotonic() < deadline:
        time.sleep(0.05)
    services.stop()
    assert services.running["deaf"].returncode == -signal.SIGKILL


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_to_stop_is_heard_and_the_handler_restored(kind: signal.Signals) -> None:
    before = signal.getsignal(kind)
    with stop_request() as asked:
        assert not asked.is_set()
        os.kill(os.getpid(), kind)
        assert asked.wait(5)
    assert signal.getsignal(kind) is before
