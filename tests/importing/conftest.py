"""An editor at the desk, with the municipality in scope."""

from pathlib import Path

import pytest

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.conftest import MemberFactory
from tests.importing.desk import Desk


@pytest.fixture
def desk(in_scope: Municipality, member: MemberFactory, tmp_path: Path) -> Desk:
    return Desk(in_scope, member(Role.EDITOR), tmp_path)
