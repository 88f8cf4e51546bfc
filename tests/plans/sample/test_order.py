"""Every table of the program has its place in the sample, and every file its table."""

from bcp_portal.annex import registry
from plans.sample.loader import TABLES
from plans.sample.order import ORDER


def test_every_table_is_loaded_once() -> None:
    assert sorted(ORDER) == sorted(spec.code for spec in registry.specs())


def test_every_table_has_rows_and_every_file_a_table() -> None:
    lines = {path.stem: len(path.read_text("utf-8").splitlines()) for path in TABLES.iterdir()}
    assert set(lines) == set(ORDER)
    assert [code for code, count in lines.items() if count < 2] == []


def test_a_table_comes_after_its_parent() -> None:
    for spec in registry.specs():
        for child in registry.children(spec):
            assert ORDER.index(spec.code) < ORDER.index(child.code), child.code
