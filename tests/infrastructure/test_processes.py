"""Processes that are started together are watched and stopped together."""

import os
import signal
import subprocess
import sys
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
    services.start("worker", SLEEP, is_helper=True)
    services.start("web", ["python", "-c", "raise SystemExit(3)"])
    try:
        with pytest.raises(ServiceEnded, match="web"):
            run_until(threading.Event(), services)
    finally:
        services.stop()
    assert services.running["worker"].returncode == -signal.SIGTERM


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


def test_a_helper_that_keeps_dying_is_brought_back_ever_later_while_the_web_stays(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processes, "FIRST_WAIT", 0.05)
    services = Services(os.environ)
    services.start("web", SLEEP)
    services.start("worker", ["python", "-c", "raise SystemExit(3)"], is_helper=True)
    service = services._services["worker"]
    service.wait = 0.05
    lives = set()
    deadline = time.monotonic() + 60
    try:
        while len(lives) < 4 and time.monotonic() < deadline:
            services.check()
            lives.add(services.running["worker"].pid)
            time.sleep(0.02)
        assert services.running["web"].poll() is None
    finally:
        services.stop()
    assert len(lives) == 4
    assert service.wait >= 0.05 * 2**3
    assert capfd.readouterr().err.count("worker が止まりました") >= 3


def test_the_wait_for_a_helper_has_an_end_and_begins_anew_after_a_long_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    services = Services(os.environ)
    service = services._services["worker"] = processes.Service(SLEEP, is_helper=True)
    service.wait, service.started = processes.LONGEST_WAIT, time.monotonic()
    services._bring_back("worker")
    assert service.wait == processes.LONGEST_WAIT
    service.due, service.started = None, time.monotonic() - processes.SECONDS_OF_A_LIFE
    services._bring_back("worker")
    assert service.wait == 2 * processes.FIRST_WAIT


STARTER = """
import os, sys, time
from scripts.processes import Services
services = Services(os.environ)
services.start("web", ["python", "-c", "import time; time.sleep(60)"])
print(services.running["web"].pid, flush=True)
time.sleep(60)
"""


def test_what_was_started_ends_with_a_starter_that_is_killed() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER], cwd=processes.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    child = Path("/proc") / starter.stdout.readline().strip()
    assert child.exists()
    starter.kill()
    starter.wait(timeout=30)
    deadline = time.monotonic() + 30
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: Path) -> bool:
    try:
        return "Z" not in (process / "stat").read_text(encoding="ascii").split()[2]
    except OSError:
        return False
