"""What every test stands on: quick settings, two municipalities, and people in any role."""

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol, cast

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from bcp_portal.accounts.models import Department, Membership, Municipality, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.annex.spec import AnnexSpec

PASSWORD = "correct-horse-7"

pytest_plugins = ["tests.browser"]

# How long an example takes says how busy the machine is, and nothing of the property.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")

# Whole plans, whole archives, every URL for every role: `make test` runs them, `make check` does not.
SLOW_PLACES = (
    "tests/importing/",
    "tests/archive/",
    "tests/contract/test_access.py",
    "tests/contract/test_excel.py",
    "tests/contract/test_help.py",
    "tests/contract/test_malformed_bodies.py",
    "tests/findings/test_daily_use_one_fact.py",
    "tests/findings/test_daily_use_parts.py",
    "tests/plans/edition_pages/",
    "tests/plans/editions/",
    "tests/plans/issuing/",
    "tests/plans/leaflets/",
    "tests/plans/printing/",
    "tests/plans/prints/test_print_jobs.py",
    "tests/plans/proofs/",
    "tests/plans/revisions/test_pages.py",
    "tests/plans/revisions/test_races.py",
    "tests/plans/sample/",
    "tests/plans/word/inward/",
    "tests/plans/word/outward/",
)

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
    "tests/findings/test_book",
    "tests/findings/test_copied",
    "tests/findings/test_daily",
    "tests/findings/test_document",
    "tests/findings/test_excel_barely",
    "tests/findings/test_excel_odd",
    "tests/findings/test_excel_section",
    "tests/findings/test_excel_tables",
    "tests/findings/test_excel_unseen",
    "tests/findings/test_figure",
    "tests/findings/test_forged",
    "tests/findings/test_hidden",
    "tests/findings/test_named",
    "tests/findings/test_picture",
    "tests/findings/test_secret",
    "tests/findings/test_written",
    "tests/figures/",
    "tests/infrastructure/",
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
    functions: dict[Path, dict[str, int]] = {}
    for item in items:
        if item.nodeid.startswith(SLOW_PLACES):
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


def pytest_collection_finish() -> None:
    """Leave the program and thousands of test items out of every search for garbage from here on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


class MemberFactory(Protocol):
    """Creates one user with the given roles in a municipality and returns the membership."""

    def __call__(
        self,
        *roles: Role | str,
        municipality: Municipality | None = None,
        department: Department | None = None,
        username: str = "",
    ) -> Membership: ...


class ClientFactory(Protocol):
    """Returns a test client signed in as a new member with the given roles."""

    def __call__(
        self,
        *roles: Role | str,
        municipality: Municipality | None = None,
        department: Department | None = None,
    ) -> Client: ...


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file: in memory, threads would share one connection."""
    for database in cast(dict[str, dict[str, Any]], django_settings.DATABASES).values():
        if database["ENGINE"] == "bcp_portal.accounts.sqlite":
            path = tmp_path_factory.mktemp("database") / "test.sqlite3"
            database.setdefault("TEST", {})["NAME"] = str(path)


@pytest.fixture(scope="session", autouse=True)
def empty_static_root(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Serve static files from their sources; set before the live server starts."""
    django_settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def quick_and_apart(settings: Settings, tmp_path: Path) -> None:
    """Hash passwords fast, run tasks at once, and write files only below the test's own folder."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PRINT_CACHE_DIR = tmp_path / "print-cache"


@pytest.fixture
def municipality(db: None) -> Municipality:
    return Municipality.objects.create(code="139998", name="見本市", prefecture="東京都")


@pytest.fixture
def other_municipality(db: None) -> Municipality:
    return Municipality.objects.create(code="279994", name="隣町", prefecture="大阪府")


@pytest.fixture
def in_scope(municipality: Municipality) -> Iterator[Municipality]:
    """Let the test query the rows of its municipality directly."""
    with scope(municipality=municipality):
        yield municipality


@pytest.fixture
def member(municipality: Municipality) -> MemberFactory:
    home = municipality
    numbers = count(1)

    def create(
        *roles: Role | str,
        municipality: Municipality | None = None,
        department: Department | None = None,
        username: str = "",
    ) -> Membership:
        values = [Role(role).value for role in roles]
        name = username or f"{'-'.join(values) or 'nobody'}-{next(numbers)}"
        user = User.objects.create_user(username=name, password=PASSWORD, display_name=name)
        with scopes_disabled():
            return Membership.objects.create(
                user=user, municipality=municipality or home, roles=values, department=department
            )

    return create


@pytest.fixture
def client_for(member: MemberFactory) -> ClientFactory:
    def create(
        *roles: Role | str,
        municipality: Municipality | None = None,
        department: Department | None = None,
    ) -> Client:
        membership = member(*roles, municipality=municipality, department=department)
        client = Client()
        client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return create
