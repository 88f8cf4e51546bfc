"""Which tests run where: marked slow by what they cost, asked of one engine or of both, and by whom."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from bcp_portal.annex import registry
from bcp_portal.annex.spec import AnnexSpec

SLOW_TESTS = Path(__file__).with_name("slow_tests.txt")
"""The functions that `make check` leaves out, a line each; tests/slowness.py writes them."""

# What takes seconds and is made once: whichever test comes first pays for all.
SLOW_FIXTURES = {"loaded_town", "lived", "workers", "as_shown", "clean_pdf", "converted"}

# The sample is loaded once for these tests, so one process has them all.
ONE_PROCESS_PLACES = ("tests/plans/sample/",)

# What is made of rows once they are read is the same on both engines: `make test` looks at it on
# SQLite. How rows are read and written, the other tests ask of PostgreSQL too, where the contract of
# access opens every page.
ONE_ENGINE_PLACES = (
    "tests/annex/excel/",
    "tests/importing/test_pages.py",
    "tests/importing/test_ugly_sheets.py",
    "tests/contract/test_excel.py",
    "tests/contract/test_gone_choices.py",
    "tests/contract/test_help.py",
    "tests/contract/test_log_tells_all.py",
    "tests/contract/test_showing",
    "tests/contract/test_views_publicity.py",
    "tests/findings/test_altered_lines",
    "tests/findings/test_book",
    "tests/findings/test_copied",
    "tests/findings/test_daily",
    "tests/findings/test_document",
    "tests/findings/test_excel_barely",
    "tests/findings/test_excel_odd",
    "tests/findings/test_excel_section",
    "tests/findings/test_excel_tables",
    "tests/findings/test_excel_unseen",
    "tests/plans/annexes/test_figure_columns.py",
    "tests/findings/test_forged",
    "tests/findings/test_hidden",
    "tests/findings/test_named",
    "tests/findings/test_pages_of_altered",
    "tests/findings/test_picture",
    "tests/findings/test_reliability_grid",
    "tests/findings/test_secret",
    "tests/findings/test_written",
    "tests/figures/",
    "tests/infrastructure/",
    "tests/plans/annexes/test_printed_views.py",
    "tests/plans/annexes/test_text_views.py",
    "tests/plans/annexes/test_views_by_event.py",
    "tests/plans/bookshelf/",
    "tests/plans/comparison/",
    "tests/plans/glossary/",
    "tests/plans/leaflets/",
    "tests/plans/outlines/",
    "tests/plans/phrases/",
    "tests/plans/printing/",
    "tests/plans/public_check/",
    "tests/plans/public_edition/",
    "tests/plans/sample/",
    "tests/plans/summary/",
    "tests/plans/word/inward/",
    "tests/plans/word/outward/",
    "tests/systems/test_business_views.py",
    "tests/systems/test_component_views.py",
)

# A test of every table asks the same of each. PostgreSQL answers it for one table in three, for other
# tables from test to test, and for all in `make rehearse`; SQLite for all in `make test`.
ONE_TABLE_IN = 3
PLACES_OF_TABLES = {spec.code: place for place, spec in enumerate(registry.specs())}

# A test that has one of these, if only through another fixture, reads or writes the database.
DATABASE_FIXTURES = {"db", "transactional_db"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what make check leaves out, and what is run on both engines, before marks are asked for."""
    slow = slow_functions()
    functions: dict[Path, dict[str, int]] = {}
    for item in items:
        is_slow = item.nodeid.partition("[")[0] in slow or SLOW_FIXTURES & set(item.fixturenames)
        if is_slow and not item.get_closest_marker("quick"):
            item.add_marker(pytest.mark.slow)
        reads = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)
        one_engine = item.get_closest_marker("one_engine") or item.nodeid.startswith(
            ONE_ENGINE_PLACES
        )
        of_module = functions.setdefault(item.path, {})
        number = of_module.setdefault(item.nodeid.partition("[")[0], len(of_module))
        if reads and not one_engine and is_for_both_engines(item, number):
            item.add_marker(pytest.mark.both_engines)


def is_for_both_engines(item: pytest.Item, number: int) -> bool:
    """Tell whether the table that the test is of, the numbered one of its module, is in its part."""
    callspec = getattr(item, "callspec", None)
    tables = (
        [each for each in callspec.params.values() if isinstance(each, AnnexSpec)]
        if callspec
        else []
    )
    places = [PLACES_OF_TABLES[each.code] for each in tables if each.code in PLACES_OF_TABLES]
    return all((place + number) % ONE_TABLE_IN == 0 for place in places)


@cache
def slow_functions() -> Collection[str]:
    """Return the functions that cost more processor time than a quick check has, as measured."""
    lines = SLOW_TESTS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split(maxsplit=1)[1] for line in lines if not line.startswith("#"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not import what says nothing of a browser when only its tests are asked for."""
    if config.getoption("markexpr") != "browser" or collection_path.suffix != ".py":
        return None
    is_test = collection_path.name.startswith("test_")
    said = is_test and "mark.browser" not in collection_path.read_text(encoding="utf-8")
    return True if said else None


class ByModule(LoadScopeScheduling):
    """Hands out whole modules, so that what a module makes once is made in one process only."""

    def _split_scope(self, nodeid: str) -> str:
        place = next((each for each in ONE_PROCESS_PLACES if nodeid.startswith(each)), "")
        return place or nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return ByModule(config, log) if config.getoption("dist") == "loadscope" else None
