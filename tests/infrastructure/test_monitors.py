"""A monitor is answered while every thread of the web server is busy, and hears of a database that is away."""

import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from scripts.processes import WEB, Services
from tests.infrastructure.running import SECONDS_TO_READY, environment, free_port, get

pytestmark = pytest.mark.slow

LOCAL = {"Host": "localhost"}
WITH_A_COOKIE = {**LOCAL, "Cookie": "sessionid=of-somebody-who-was-signed-in"}
PEOPLE = 8
BEGUN = (
    "POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
    f"Cookie: csrftoken={'a' * 32}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\nusername="
)


@contextmanager
def served(folder: Path, database: dict[str, str] | None = None) -> Iterator[int]:
    """Yield the port of a web server with two threads, once it answers; without data of its own."""
    port = free_port()
    (folder / "data").mkdir()
    given = (
        environment(folder)
        | (database or {})
        | {
            "BCP_BIND": f"127.0.0.1:{port}",
            "BCP_WEB_WORKERS": "1",
            "BCP_WEB_THREADS": "2",
            "BCP_SECRET_KEY": secrets.token_urlsafe(50),
        }
    )
    services = Services(given, folder)
    services.start("web", WEB)
    try:
        wait_until_it_answers(services, port)
        yield port
    finally:
        services.stop()


def wait_until_it_answers(services: Services, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_READY
    while time.monotonic() < deadline:
        services.check()
        with suppress(OSError):
            get(port, "/healthz/", LOCAL)
            return
        time.sleep(0.2)
    raise TimeoutError


def occupy(port: int) -> socket.socket:
    """Begin to send a form and never end: a thread waits for the rest."""
    client = socket.create_connection(("127.0.0.1", port))
    client.sendall(BEGUN.encode())
    return client


def test_monitors_are_answered_while_eight_people_take_every_thread(tmp_path: Path) -> None:
    with served(tmp_path) as port, ExitStack() as people:
        for _ in range(PEOPLE):
            people.enter_context(occupy(port))
        answer, said = get(port, "/healthz/", LOCAL)
        assert (answer.status, said) == (200, "ok")
        assert get(port, "/healthz/", WITH_A_COOKIE)[1] == "ok"
        assert "database: ok" in get(port, "/readyz/", LOCAL)[1]


def test_monitors_hear_of_a_database_that_is_away_while_every_thread_is_taken(
    tmp_path: Path,
) -> None:
    away = {"BCP_POSTGRES_DB": "bcp", "BCP_POSTGRES_HOST": "127.0.0.1"}
    away["BCP_POSTGRES_PORT"] = str(free_port())
    with served(tmp_path, away) as port, ExitStack() as people:
        for _ in range(PEOPLE):
            people.enter_context(occupy(port))
        for headers in (LOCAL, WITH_A_COOKIE):
            answer, said = get(port, "/healthz/", headers)
            assert (answer.status, said) == (503, "database unavailable")


def test_who_sends_nothing_keeps_nobody_waiting(tmp_path: Path) -> None:
    with served(tmp_path) as port, ExitStack() as people:
        for _ in range(PEOPLE):
            people.enter_context(socket.create_connection(("127.0.0.1", port)))
        answer, _ = get(port, "/static/nothing", LOCAL)
        assert answer.status == 404
