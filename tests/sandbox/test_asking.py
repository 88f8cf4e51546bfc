"""The separate process sees no secret, does no harm, and never keeps its caller waiting."""

import time
from pathlib import Path
from typing import Any

import pytest

from bcp_portal.sandbox.reader_processes import CutShortError, answers


def ask(folder: Path, words: str, wall_seconds: float = 30) -> list[Any]:
    path = folder / "orders"
    path.write_text(words)
    return list(answers("tests.sandbox.misbehaving", path, wall_seconds=wall_seconds))


def test_no_secret_of_the_server_goes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BCP_SECRET_KEY", "0123456789abcdef" * 3)
    [names] = ask(tmp_path, "tell the environment")
    assert "PATH" in names
    assert not [name for name in names if name.startswith("BCP_")]


def test_what_came_in_time_is_taken_and_the_rest_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "orders"
    path.write_text("answer and sleep")
    coming = answers("tests.sandbox.misbehaving", path, wall_seconds=2)
    assert next(coming) == "begun"
    with pytest.raises(CutShortError):
        next(coming)


@pytest.mark.parametrize(
    "words", ["stop within a line", "die", "run in circles", "want memory", "write a file"]
)
def test_whatever_happens_there_is_one_error_here(tmp_path: Path, words: str) -> None:
    started = time.monotonic()
    with pytest.raises(CutShortError):
        ask(tmp_path, words, wall_seconds=60)
    assert time.monotonic() - started < 50  # it ended by its own limits, not by our clock
    written = tmp_path / "written"
    assert not written.exists() or not written.read_bytes()
