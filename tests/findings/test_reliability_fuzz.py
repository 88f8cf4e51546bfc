"""No request, however odd, makes the program fail: 500 of those that `make rehearse` makes 10,000 of."""

import pytest
from django.test import Client
from pytest_django import Settings

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.conftest import ClientFactory
from tests.contract.odd_requests import Fuzz

pytestmark = pytest.mark.django_db


def test_no_request_at_random_is_a_fault(
    municipality: Municipality, other_municipality: Municipality, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    fuzz = Fuzz(seed=20261201, requests=500, home=municipality, neighbour=other_municipality)
    fuzz.run()
    assert not fuzz.failures, "\n".join(map(str, fuzz.failures))
    assert sum(fuzz.statuses.values()) == fuzz.requests
    # Not all of it is turned away at the door.
    assert sum(fuzz.statuses.get(status, 0) for status in (200, 302, 422)) > fuzz.requests / 10


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "PROPFIND", "BREW"])
def test_methods_that_no_page_uses_are_refused(
    method: str, municipality: Municipality, client_for: ClientFactory
) -> None:
    member = client_for(Role.EDITOR)
    for path in ("/139998/", "/healthz/", "/139998/annex/departments/"):
        assert member.generic(method, path).status_code == 405, path
    # Who is not signed in is led to the page where that is done, and no further.
    answers = [Client().generic(method, path) for path in ("/139998/", "/sign-in/")]
    assert {answer.status_code for answer in answers} <= {302, 405}
