"""The town that has lived through everything, made once for the tests of a module that use it.

Making it takes two seconds. What a test does to it is rolled back, and its files are copies.
"""

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test.utils import override_settings
from django_scopes import scope
from pytest_django import DjangoDbBlocker, Settings

from bcp_portal.accounts.models import Municipality
from tests.conftest import QUICK, member_factory
from tests.findings.proofs_town import live_through
from tests.plans.revisions.conftest import Town, a_town, issue_nothing


class Lived(NamedTuple):
    """The town, and where its files are."""

    town: Town
    files: Path


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Lived]:
    files = tmp_path_factory.mktemp("lived-town")
    with django_db_blocker.unblock(), transaction.atomic():
        home = Municipality.objects.create(code="139998", name="見本市", prefecture="東京都")
        with override_settings(MEDIA_ROOT=files, **QUICK), scope(municipality=home):
            town = a_town(home, member_factory(home))
            live_through(town)
        yield Lived(town, files)
        transaction.set_rollback(True)


@pytest.fixture
def lived_town(lived: Lived, db: None, settings: Settings, monkeypatch: Any) -> Iterator[Town]:
    """Work inside the town; its first revision is issued, its second one was returned."""
    shutil.copytree(lived.files, settings.MEDIA_ROOT, dirs_exist_ok=True)
    town = copy.deepcopy(lived.town)
    issue_nothing(town, monkeypatch)
    with scope(municipality=town.municipality):
        yield town
