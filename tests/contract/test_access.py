"""Every URL of the portal against every kind of visitor: stranger, neighbour, each role, nobody.

What opens each URL stands in access_cast.py; a URL without a line there fails.
"""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from bcp_portal.accounts.tenancy import declared_permission
from bcp_portal.annex import registry
from tests.contract.access_cast import DOORS, MUNICIPALITY, PUBLIC, PUBLIC_ARGUMENTS, Cast
from tests.contract.showings import NUMBER, WatchedVisit
from tests.contract.visits import ADDRESSES, CORRECT_IT, DONE, OPEN, TENANT, Address, Visit
from tests.rows import make_row

FEWEST_URLS = 44


def test_the_walk_finds_every_url() -> None:
    assert len(ADDRESSES) == len(TENANT) + len(OPEN), "two URLs share a name"
    assert len(TENANT) >= FEWEST_URLS
    for address in ADDRESSES:
        assert address.name and not address.name.endswith(":"), f"{address.route} needs a name."
    known = {"home": "", "members:change": "people/<int:pk>/", "audit:list": "audit/"}
    for name, route in known.items():
        assert TENANT[name].route == f"<municipality:municipality_code>/{route}"


def test_every_url_has_a_line_in_the_cast() -> None:
    missing = sorted(TENANT.keys() - DOORS.keys())
    assert not missing, f"Add a line for {missing} to DOORS in tests/contract/access_cast.py."
    gone = sorted(DOORS.keys() - TENANT.keys())
    assert not gone, f"Remove {gone} from DOORS in tests/contract/access_cast.py."


def test_every_public_url_is_meant_to_be_public() -> None:
    assert OPEN.keys() == PUBLIC.keys(), (
        "A URL outside every municipality is open to more people: move it below the code, or add "
        "it to PUBLIC in tests/contract/access_cast.py."
    )


@pytest.mark.parametrize("address", TENANT.values(), ids=TENANT.keys())
def test_every_view_declares_a_permission_and_keeps_the_csrf_check(address: Address) -> None:
    assert declared_permission(address.view) in Permission
    assert not getattr(address.view, "csrf_exempt", False)


@pytest.mark.parametrize("name", PUBLIC)
def test_outside_a_municipality_strangers_get_no_further_than_meant(db: None, name: str) -> None:
    client = Client()
    address = reverse(name, kwargs=PUBLIC_ARGUMENTS.get(name))
    answers = client.get(address), client.post(address)
    assert tuple(answer.status_code for answer in answers) == PUBLIC[name]
    for answer in answers:
        if answer.status_code == 302:
            led_to = answer.headers["Location"]
            assert led_to == reverse("entrance") or led_to.startswith("/sign-in/")


@pytest.fixture
def cast(municipality: Municipality, other_municipality: Municipality) -> Cast:
    assert municipality.name == MUNICIPALITY
    return Cast(municipality, other_municipality)


@pytest.fixture
def visit(cast: Cast, request: pytest.FixtureRequest) -> Visit:
    return Visit(cast, TENANT[request.param], DOORS[request.param])


@pytest.fixture
def watched(cast: Cast, request: pytest.FixtureRequest) -> WatchedVisit:
    """A door of a municipality that has a number of its own, besides what the door brings."""
    with scope(municipality=cast.municipality):
        spec = registry.spec("9")
        assert spec is not None
        contact = make_row(spec, cast.municipality, 1)
        contact.mobile = NUMBER
        contact.save()
    return WatchedVisit(cast, TENANT[request.param], DOORS[request.param])


EVERY_DOOR = [*filter(TENANT.get, DOORS)]
METHODS = ("GET", "POST")


@pytest.mark.quick
@pytest.mark.parametrize("visit", EVERY_DOOR, indirect=True)
def test_what_a_member_opens_strangers_and_neighbours_do_not_find(visit: Visit) -> None:
    member = first_who_opens(visit)
    for method in METHODS:
        visit.check_role(method, ROLE_PERMISSIONS[member], visit.cast.client(member))
        check_stranger(visit, method)
        check_neighbour(visit, method)


def first_who_opens(visit: Visit) -> Role:
    return next(
        role
        for role in Role
        if all(visit.opens_for(method, ROLE_PERMISSIONS[role]) for method in visit.door.methods)
    )


def check_stranger(visit: Visit, method: str) -> None:
    """Assert that who has not signed in is led to the sign-in page."""
    answer = visit.ask(Client(), method)
    assert answer.status == 302
    assert answer.location.startswith("/sign-in/?next=/")
    assert not visit.shows_secret(answer)


def check_neighbour(visit: Visit, method: str) -> None:
    """Assert that another municipality finds nothing here, and nothing of ours under its own code."""
    neighbour = visit.cast.client(*Role, neighbour=True)
    answer = visit.ask(neighbour, method)
    assert answer.status == 404
    assert not visit.shows_secret(answer)
    if method in visit.door.methods:
        answer = visit.ask(neighbour, method, of=visit.cast.neighbour)
        assert not visit.shows_secret(answer)
        assert answer.status in ({404} if visit.names_a_row else DONE | CORRECT_IT | {404})


@pytest.mark.one_engine
@pytest.mark.parametrize("watched", EVERY_DOOR, indirect=True)
def test_each_role_gets_in_or_is_refused_as_the_cast_says(watched: WatchedVisit) -> None:
    """Whoever gets in is shown no number without an entry that names its row (WatchedVisit)."""
    opened = set()
    for role in Role:
        permissions = ROLE_PERMISSIONS[role]
        for method in METHODS:
            watched.check_role(method, permissions, watched.cast.client(role))
            if method in watched.door.methods and watched.opens_for(method, permissions):
                opened.add(role)
    for method in METHODS:
        watched.check_role(method, frozenset(), watched.cast.client())
    assert opened, "Nobody can open this page: the test has shown nothing."


def test_the_check_notices_a_page_that_is_open_too_wide(cast: Cast) -> None:
    """The same page, said to need more than it asks for, fails the check for the first viewer."""
    name = "annex:row"
    right, wrong = DOORS[name], replace(DOORS[name], asks=(Permission.MANAGE_MEMBERS,))
    viewer = cast.client(Role.VIEWER)
    Visit(cast, TENANT[name], right).check_role("GET", ROLE_PERMISSIONS[Role.VIEWER], viewer)
    with pytest.raises(AssertionError):
        Visit(cast, TENANT[name], wrong).check_role("GET", ROLE_PERMISSIONS[Role.VIEWER], viewer)


def test_the_check_notices_a_secret_that_is_not_shown(cast: Cast) -> None:
    name = "annex:row"
    visit = Visit(cast, TENANT[name], replace(DOORS[name], secret="載っていない言葉"))
    with pytest.raises(AssertionError, match="is not on the page"):
        visit.check_role("GET", ROLE_PERMISSIONS[Role.VIEWER], cast.client(Role.VIEWER))
