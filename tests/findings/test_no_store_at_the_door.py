"""Pages outside every town, signed in or not, leave nothing that Back would show to a colleague."""

import pytest
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.permissions import Role
from bcp_portal.members.urls import urlpatterns as door
from plans.bookshelf.check_urls import urlpatterns as checking
from tests.conftest import ClientFactory

pytestmark = pytest.mark.django_db
ARGUMENTS = {"check-code": ["ABCD-EFGH"]}
NAMES = [str(pattern.name) for pattern in (*door, *checking)]


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_outside_a_town_is_kept(name: str, client_for: ClientFactory) -> None:
    address = reverse(name, args=ARGUMENTS.get(name, []))
    for client in (client_for(Role.ADMIN), Client()):
        for answer in (client.get(address), client.head(address), client.post(address, {})):
            assert answer.status_code < 500
            assert answer.headers["Cache-Control"] == "no-store"
