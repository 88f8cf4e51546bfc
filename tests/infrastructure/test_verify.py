"""The checks run alike for everybody, whatever the shell that starts them has set."""

from pathlib import Path

import pytest

from scripts.verify import common_environment


def test_no_setting_of_the_caller_leaks_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BCP_POSTGRES_DB", "a-real-one")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "another.settings")
    monkeypatch.setenv("BCP_CHROMIUM", "/opt/chromium")
    given = common_environment(tmp_path)
    assert given.keys().isdisjoint({"BCP_POSTGRES_DB", "DJANGO_SETTINGS_MODULE"})
    assert given["BCP_CHROMIUM"] == "/opt/chromium"
    assert given["BCP_DATA_DIR"] == str(tmp_path)


def test_what_is_compiled_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Otherwise each of a hundred processes compiles Django and all it imports for itself."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in common_environment(tmp_path)
