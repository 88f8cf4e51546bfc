"""The site as it runs in service: PostgreSQL, gunicorn and worker, behind HTTPS, secrets in files."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.serve_like_production import PROXY_HEADERS
from tests.infrastructure.running import Program, free_port, get, nobody_listens, started


@contextmanager
def production(folder: Path) -> Iterator[tuple[Program, int]]:
    port = free_port()
    with started(folder, "READY", "serve_like_production", "--port", str(port)) as program:
        yield program, port


@pytest.mark.slow
def test_the_site_serves_behind_https_and_stops(tmp_path: Path) -> None:
    with production(tmp_path) as (program, port):
        assert get(port, "/healthz/", PROXY_HEADERS)[1] == "ok"
        answer, page = get(port, "/sign-in/", PROXY_HEADERS)
        assert answer.status == 200
        assert "サインイン" in page
        assert "max-age=31536000" in str(answer.getheader("Strict-Transport-Security"))
        assert "Secure" in str(answer.getheader("Set-Cookie"))
        assert_static_files_may_be_cached_for_ever(port, page)
        assert_other_ways_in_are_closed(port)
        program.process.send_signal(signal.SIGTERM)
        assert program.process.wait(60) == 0
    assert nobody_listens(port)
    assert "Traceback" not in program.output


def assert_static_files_may_be_cached_for_ever(port: int, page: str) -> None:
    hashed = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert hashed
    answer, _ = get(port, hashed[0], PROXY_HEADERS)
    assert answer.status == 200
    assert "immutable" in str(answer.getheader("Cache-Control"))


def assert_other_ways_in_are_closed(port: int) -> None:
    plain, _ = get(port, "/sign-in/", {"Host": PROXY_HEADERS["Host"]})
    assert plain.status == 301
    assert str(plain.getheader("Location")).startswith("https://")
    strange, _ = get(port, "/sign-in/", PROXY_HEADERS | {"Host": "attacker.example"})
    assert strange.status == 400
