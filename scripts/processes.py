"""Starts the portal's long-running processes and stops them together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

BASE_DIR = Path(__file__).resolve().parent.parent
# docker-compose.yml runs the same three; a test compares them.
WEB = ["gunicorn", "--config", "scripts/gunicorn_settings.py", "bcp_portal.wsgi"]
WORKER = ["python", "manage.py", "db_worker"]
MIGRATE = ["python", "manage.py", "migrate", "--noinput"]

HEALTH_PATH = "/healthz/"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30
# Who ends sooner than this would only end again.
SECONDS_OF_A_LIFE = 60
# What is not needed to serve pages is started again after so many seconds, then each time later.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
_PR_SET_PDEATHSIG = 1


class Address(NamedTuple):
    """Where the web server listens."""

    host: str
    port: int


class ServiceEnded(Exception):
    """A process that should run until it is told to stop ended by itself."""


@dataclass
class Service:
    """A process that is kept running; moments are on the monotonic clock, waits in seconds."""

    command: Sequence[str]
    is_helper: bool
    started: float = 0.0
    wait: float = FIRST_WAIT
    due: float | None = None


class Services:
    """The processes of one running portal, each in a session of its own.

    A Ctrl-C of the terminal therefore reaches only the starting program, which stops the others
    in order instead of racing with them. If it is killed itself, the system asks them to stop.
    """

    def __init__(self, environment: Mapping[str, str], log_folder: Path | None = None) -> None:
        self.environment = {**environment, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        self.log_folder = log_folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._services: dict[str, Service] = {}

    def start(self, name: str, command: Sequence[str], *, is_helper: bool = False) -> None:
        """Start a process, with a log of its own; a helper is one that may end while others serve."""
        self._services[name] = Service(command, is_helper)
        self._run(name)

    def _run(self, name: str) -> None:
        mode = "ab" if name in self.running else "wb"
        log = (self.log_folder / f"{name}.log").open(mode) if self.log_folder else None
        service = self._services[name]
        service.started, service.due = time.monotonic(), None
        self.running[name] = subprocess.Popen(
            in_virtual_environment(service.command),
            cwd=BASE_DIR,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT if log else None,
            start_new_session=True,
            preexec_fn=_ending_with(os.getpid()),
        )
        if log:
            log.close()

    def check(self) -> None:
        """Start again what ended by itself, as docker-compose.yml does.

        A worker ends when its job hangs; it is started again for as long as it takes, with growing
        waits, and the web server never hears of it. Raises ServiceEnded with the name of a process
        that is no helper and had hardly begun.
        """
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self._bring_back(name)

    def _bring_back(self, name: str) -> None:
        service, now = self._services[name], time.monotonic()
        has_lived = now - service.started >= SECONDS_OF_A_LIFE
        if not service.is_helper and not has_lived:
            raise ServiceEnded(name)
        if not service.is_helper:
            self._run(name)
        elif service.due is None:
            service.wait = FIRST_WAIT if has_lived else service.wait
            service.due = now + service.wait
            _tell_of_end(name, service.wait)
            service.wait = min(2 * service.wait, LONGEST_WAIT)
        elif now >= service.due:
            self._run(name)

    def stop(self) -> None:
        """Ask every process to finish its work; kill the group of one that does not."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in self.running.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _ending_with(parent: int) -> Callable[[], None]:
    """Return what makes a child be asked to stop (SIGTERM) when this process has ended, even if killed."""
    library = ctypes.CDLL(None, use_errno=True)  # before the fork: a child should do little

    def bind() -> None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)  # it had ended before

    return bind


def _tell_of_end(name: str, wait: float) -> None:
    print(
        f"{name} が止まりました。{wait:.0f} 秒後に起動し直します / "
        f"{name} ended; it is started again in {wait:.0f} s",
        file=sys.stderr,
        flush=True,
    )


def in_virtual_environment(command: Sequence[str]) -> list[str]:
    """Return the command with its program taken from the interpreter's own folder."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


def wait_until_healthy(services: Services, address: Address, headers: Mapping[str, str]) -> None:
    """Return once the health page answers 200; raise ServiceEnded or TimeoutError."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        services.check()
        if is_healthy(address, headers):
            return
        time.sleep(0.2)
    raise TimeoutError(f"{address.host}:{address.port}")


def is_healthy(address: Address, headers: Mapping[str, str]) -> bool:
    """Ask directly, without the proxy that the environment may name for other machines."""
    try:
        with closing(HTTPConnection(address.host, address.port, timeout=10)) as connection:
            connection.request("GET", HEALTH_PATH, headers=dict(headers))
            return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


@contextmanager
def stop_request() -> Iterator[threading.Event]:
    """Yield an event that Ctrl-C, kill, or a closed terminal sets instead of ending the program."""
    asked = threading.Event()
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.signal(kind, lambda *_: asked.set()) for kind in kinds}
    try:
        yield asked
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def run_until(asked: threading.Event, services: Services) -> None:
    """Wait for the stop request; raise ServiceEnded when a process cannot be kept running."""
    while not asked.wait(0.5):
        services.check()
