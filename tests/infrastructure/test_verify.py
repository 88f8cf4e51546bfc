"""The checks run alike for everybody, whatever the shell that starts them has set."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bcp_portal.annex import registry
from bcp_portal.annex.spec import AnnexSpec
from scripts.verify import common_environment
from tests.selection import ONE_TABLE_IN, is_for_both_engines


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


@pytest.mark.parametrize("spec", registry.specs(), ids=lambda spec: spec.code)
def test_tests_that_follow_each_other_ask_postgres_of_every_table(spec: AnnexSpec) -> None:
    item: Any = SimpleNamespace(callspec=SimpleNamespace(params={"spec": spec, "page": "list"}))
    asked = [is_for_both_engines(item, number) for number in range(ONE_TABLE_IN)]
    assert asked.count(True) == 1


def test_what_is_of_no_table_is_asked_of_both_engines() -> None:
    for item in (SimpleNamespace(), SimpleNamespace(callspec=SimpleNamespace(params={"row": 1}))):
        assert is_for_both_engines(item, 1)  # type: ignore[arg-type]
