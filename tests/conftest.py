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

PASSWORD = "correct-horse-7"

pytest_plugins = ["tests.browser", "tests.emptying", "tests.selection"]

# How long an example takes says how busy the machine is, and nothing of the property.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portal")


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


QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
}
"""Settings of every test: hash passwords fast, run tasks at once."""


@pytest.fixture(autouse=True)
def quick_and_apart(settings: Settings, tmp_path: Path) -> None:
    """Be quick, and write files only below the test's own folder."""
    for name, value in QUICK.items():
        setattr(settings, name, value)
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
    return member_factory(municipality)


def member_factory(home: Municipality) -> MemberFactory:
    """Return what creates users of a municipality, for fixtures that are made once for a module."""
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
