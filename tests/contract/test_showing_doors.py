"""Every URL against roles that may see numbers: none shows one without an entry that names its row."""

import pytest
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex import registry
from bcp_portal.audit.models import Entry, ShownRow
from bcp_portal.audit.viewing_log import SHOWING
from tests.contract.access_cast import DOORS, Cast
from tests.contract.test_access import TENANT, Answer, Visit, undone
from tests.plans.editions.making import PHONE
from tests.rows import make_row

NUMBER = "090-8888-7777"
ROLES = (Role.EDITOR, Role.APPROVER, Role.CONTACT_STEWARD, Role.AUDITOR, Role.ADMIN)


@pytest.fixture
def visit(
    municipality: Municipality, other_municipality: Municipality, request: pytest.FixtureRequest
) -> Visit:
    """A door of a municipality that has a number of its own, besides what the door brings."""
    with scope(municipality=municipality):
        spec = registry.spec("9")
        assert spec is not None
        contact = make_row(spec, municipality, 1)
        contact.mobile = NUMBER
        contact.save()
    return Visit(
        Cast(municipality, other_municipality), TENANT[request.param], DOORS[request.param]
    )


@pytest.mark.parametrize("visit", [*filter(TENANT.get, DOORS)], indirect=True)
def test_no_door_shows_a_number_without_an_entry(visit: Visit) -> None:
    municipality = visit.cast.municipality
    arguments = {"municipality_code": municipality.code, **visit.arguments}
    path = reverse(visit.address.name, kwargs=arguments) + f"?{visit.door.query}"
    for role in ROLES:
        client = visit.cast.client(role)
        for method in visit.door.methods:
            with scope(municipality=municipality):
                before = Entry.objects.count()
            with undone():
                send = client.get if method == "GET" else client.post
                answer = Answer.of(send(path, visit.door.data if method == "POST" else None))
                with scope(municipality=municipality):
                    entries = Entry.objects.filter(sequence__gt=before, action=SHOWING)
                    named = [
                        list(ShownRow.objects.filter(sequence=entry.sequence)) for entry in entries
                    ]
            shown = [number for number in (NUMBER, PHONE) if number in answer.text]
            assert bool(shown) <= bool(named), (role, method, shown)
            assert all(named), "an entry of a showing names at least one row"
            uids = [row.row_uid for rows in named for row in rows]
            assert len(uids) == len(set(uids)), "a row is named by one entry an answer"
