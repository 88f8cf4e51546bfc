"""Every URL of the portal against every kind of visitor: stranger, neighbour, each role, nobody.

What opens each URL stands in access_cast.py; a URL without a line there fails.
"""

import html
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from bcp_portal.accounts.tenancy import declared_permission
from tests.contract.access_cast import DOORS, MUNICIPALITY, PUBLIC, PUBLIC_ARGUMENTS, Cast, Door

FEWEST_URLS = 44
DONE = {200, 204, 302}
ZIP = b"PK\x03\x04"
CORRECT_IT = {400, 409, 422}  # the view ran and answered that the empty form is wrong


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name with namespace, the whole route, and the view behind it."""

    name: str
    route: str
    view: Callable[..., Any]

    @property
    def is_tenant(self) -> bool:
        return "municipality_code" in self.route


def walk(resolver: URLResolver, route: str = "", namespace: str = "") -> Iterator[Address]:
    """Yield every URL pattern below the resolver."""
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name or ''}", here, pattern.callback)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, here, inner)


ADDRESSES = list(walk(get_resolver()))
TENANT = {address.name: address for address in ADDRESSES if address.is_tenant}
OPEN = {address.name: address for address in ADDRESSES if not address.is_tenant}


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
            assert answer.headers["Location"].startswith("/sign-in/")


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a request wrote, so that the next visitor finds the same."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Visit:
    """One door of the municipality under test, ready to be tried by anybody."""

    def __init__(self, cast: Cast, address: Address, door: Door) -> None:
        self.cast, self.address, self.door = cast, address, door
        with scope(municipality=cast.municipality):
            door.prepare(cast)
            self.arguments = {**door.fixed, **door.row(cast)}
            self.names_a_row = self.arguments != door.fixed

    def ask(self, client: Client, method: str, *, of: Municipality | None = None) -> "Answer":
        """Return what this visitor gets for the address, under the code of a municipality."""
        code = (of or self.cast.municipality).code
        path = reverse(self.address.name, kwargs={"municipality_code": code, **self.arguments})
        url = f"{path}?{self.door.query}"
        with undone():
            send = client.get if method == "GET" else client.post
            response = send(url, self.door.data if method == "POST" else None)
            assert response.headers["Cache-Control"] == "no-store", "Back would show it again."
            return Answer.of(response)

    def opens_for(self, method: str, permissions: frozenset[Permission]) -> bool:
        """Tell whether these permissions suffice, as the cast says."""
        asks = self.door.asks_post or self.door.asks if method == "POST" else self.door.asks
        return any(each in permissions for each in asks)

    def shows_secret(self, answer: "Answer") -> bool:
        return self.door.secret is not None and self.door.secret in answer.text

    def check_role(self, method: str, permissions: frozenset[Permission], client: Client) -> None:
        """Assert that a member gets in, or is told 403 or 405, as the cast says."""
        answer = self.ask(client, method)
        if method in self.door.methods and self.opens_for(method, permissions):
            assert answer.status in (DONE if method == "GET" else DONE | CORRECT_IT)
            if method == "GET" and self.door.secret is not None:
                assert self.shows_secret(answer), f"{self.door.secret} is not on the page."
            return
        declared = declared_permission(self.address.view) in permissions
        assert answer.status == (405 if declared and method not in self.door.methods else 403)
        assert not self.shows_secret(answer)


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, and everything a reader could find in it."""

    status: int
    location: str
    text: str

    @classmethod
    def of(cls, response: HttpResponseBase) -> "Answer":
        content = b"".join(response) if response.streaming else response.content
        text = content.decode(errors="replace")
        if content.startswith(ZIP):
            text = unzipped(content)
        if response.headers.get("Content-Type", "").startswith("application/json"):
            text = json.dumps(json.loads(text), ensure_ascii=False)
        return cls(response.status_code, response.headers.get("Location", ""), text)


def unzipped(content: bytes) -> str:
    """Return everything a workbook says, which its compression hides from a search."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    return html.unescape("\n".join(parts))


@pytest.fixture
def cast(municipality: Municipality, other_municipality: Municipality) -> Cast:
    assert municipality.name == MUNICIPALITY
    return Cast(municipality, other_municipality)


@pytest.fixture
def visit(cast: Cast, request: pytest.FixtureRequest) -> Visit:
    return Visit(cast, TENANT[request.param], DOORS[request.param])


every_door = pytest.mark.parametrize("visit", [*filter(TENANT.get, DOORS)], indirect=True)
METHODS = ("GET", "POST")


@every_door
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
@every_door
def test_each_role_gets_in_or_is_refused_as_the_cast_says(visit: Visit) -> None:
    opened = set()
    for role in Role:
        permissions = ROLE_PERMISSIONS[role]
        for method in METHODS:
            visit.check_role(method, permissions, visit.cast.client(role))
            if method in visit.door.methods and visit.opens_for(method, permissions):
                opened.add(role)
    for method in METHODS:
        visit.check_role(method, frozenset(), visit.cast.client())
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
