"""`make run`: what people try first starts, starts again quickly, stops, and explains itself."""

import signal
import socket
from contextlib import closing
from pathlib import Path

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from scripts.start_portal import (
    STATIC_STAMP,
    CannotStart,
    demo_accounts,
    explained,
    require_writable,
)
from tests.infrastructure.running import free_port, get, nobody_listens, run, started

LOADING = "見本の団体を読み込みます"
READY = "Ctrl-C"


def test_a_taken_port_is_one_sentence_with_the_way_out(tmp_path: Path) -> None:
    with closing(socket.socket()) as occupant:
        occupant.bind(("127.0.0.1", 0))
        occupant.listen()
        port = occupant.getsockname()[1]
        result = run(tmp_path, "start_portal", "--port", str(port))
    japanese, english = result.stderr.strip().splitlines()
    assert result.returncode == 1
    assert japanese.startswith(f"ポート {port} はほかのプログラムが使っています。")
    assert "make run PORT=" in japanese
    assert english.startswith(f"Port {port} is in use")


@pytest.mark.parametrize("port", ["0", "65536", "http", "８０００", "-1"])
def test_a_port_that_is_none_is_named(tmp_path: Path, port: str) -> None:
    result = run(tmp_path, "start_portal", f"--port={port}")
    assert result.returncode == 1
    assert f"指定されたもの: {port}" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_address_of_another_machine_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, "start_portal", "--host", "192.0.2.1")
    assert result.returncode == 1
    assert "アドレス 192.0.2.1:8000 を開けません" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", encoding="ascii")
    result = run(tmp_path, "start_portal", "--port", str(free_port()))
    assert result.returncode == 1
    assert "設定を読み込めません" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_permission_names_the_file() -> None:
    reason = PermissionError(13, "Permission denied", "/srv/bcp/secret_key")
    with (
        pytest.raises(CannotStart, match="「/srv/bcp/secret_key」に書き込めません"),
        explained("", ""),
    ):
        raise reason


@pytest.mark.parametrize("owned_by_root", [".", "bcp_portal.sqlite3", "log/web.log"])
def test_what_an_earlier_start_as_root_left_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owned_by_root: str
) -> None:
    (tmp_path / "log").mkdir()
    for name in ("bcp_portal.sqlite3", "log/web.log"):
        (tmp_path / name).touch()
    require_writable(tmp_path)
    theirs = tmp_path / owned_by_root
    # The tests may run as root, to whom everything is writable.
    monkeypatch.setattr("scripts.start_portal.os.access", lambda path, mode: path != theirs)
    with pytest.raises(CannotStart, match=f"「{theirs}」に書き込めません"):
        require_writable(tmp_path)


def test_without_the_sample_no_accounts_are_shown(municipality: Municipality) -> None:
    assert demo_accounts() == ""


@pytest.mark.slow
def test_it_starts_with_the_sample_stops_and_starts_again_without(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, READY, "start_portal", "--port", str(port)) as program:
        assert LOADING in program.output
        assert f"http://127.0.0.1:{port}/" in program.output
        assert (tmp_path / "static" / STATIC_STAMP).exists()
        for role in Role:
            assert role.label in program.output
        assert get(port, "/healthz/", {})[1] == "ok"
        answer, page = get(port, "/sign-in/", {})
        assert answer.status == 200
        assert 'href="/static/' in page
        program.process.send_signal(signal.SIGINT)
        assert program.process.wait(60) == 0
    assert "停止しました" in program.output
    assert nobody_listens(port)

    collected = (tmp_path / "static" / STATIC_STAMP).stat().st_mtime_ns
    with started(tmp_path, READY, "start_portal", "--port", str(port)) as program:
        assert LOADING not in program.output
        assert get(port, "/healthz/", {})[1] == "ok"
    assert (tmp_path / "static" / STATIC_STAMP).stat().st_mtime_ns == collected
