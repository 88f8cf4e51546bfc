"""Loads the whole sample once for these tests and takes every trace of it back afterwards."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test.utils import override_settings
from django_scopes import scope
from pytest_django import DjangoDbBlocker

from bcp_portal.accounts.models import Municipality
from plans.sample.services import load_sample

QUICK_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TOWN_CODE = "992038"


@pytest.fixture(scope="package")
def loaded_town(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Municipality]:
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=QUICK_HASHER):
            load_sample(code=TOWN_CODE)
        yield Municipality.objects.get(code=TOWN_CODE)
        transaction.set_rollback(True)


@pytest.fixture
def town(loaded_town: Municipality, db: None) -> Iterator[Municipality]:
    """Work inside みほん市 as load_sample makes it; what the test writes is rolled back."""
    with scope(municipality=loaded_town):
        yield loaded_town
