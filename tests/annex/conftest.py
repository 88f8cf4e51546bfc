"""One building of 様式3 to work on, and its sheet."""

from typing import Any

import pytest

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.annex import registry
from bcp_portal.annex.services import save_row
from bcp_portal.annex.sheet import Sheet
from systems.models import Site


@pytest.fixture
def sites(in_scope: Municipality) -> Sheet:
    spec = registry.spec("3")
    assert spec is not None
    return Sheet.of(spec, in_scope)


@pytest.fixture
def actor(db: None) -> User:
    return User.objects.create_user(username="writer", display_name="書き手")


@pytest.fixture
def hall(sites: Sheet, actor: User) -> Any:
    row = Site(name="本庁舎", site_kind="main")
    return save_row(sheet=sites, actor=actor, row=row, expected_version=0)
