"""Wrong passwords stop an ID where it is new, never in a browser its person has signed in with."""

import pytest
from django.core import signing
from django.test import Client

from bcp_portal.accounts.permissions import Role
from bcp_portal.members.known_devices import COOKIE
from tests.conftest import PASSWORD, MemberFactory

OFFICE = "198.51.100.7"
WRONG = "kaki-no-tane-4"


def browser(cookie: str = "") -> Client:
    client = Client(REMOTE_ADDR=OFFICE)
    if cookie:
        client.cookies[COOKIE] = cookie
    return client


def attempt(client: Client, name: str, password: str = PASSWORD) -> int:
    return client.post("/sign-in/", {"username": name, "password": password}).status_code


@pytest.fixture
def colleagues(member: MemberFactory) -> dict[str, Client]:
    """Nine people at one address, each of whom has signed in and out with a browser."""
    found = {}
    for number in range(9):
        name = f"shokuin{number}"
        member(Role.VIEWER, username=name)
        found[name] = browser()
        assert attempt(found[name], name) == 302
        found[name].post("/sign-out/")
    return found


def test_whoever_sprays_an_office_locks_nobody_out_of_their_browser(
    colleagues: dict[str, Client],
) -> None:
    for name in colleagues:
        stranger = browser()
        assert 429 in {attempt(stranger, name, WRONG) for _ in range(12)}
        assert attempt(browser(), name) == 429, "a browser that is new to the person waits"
    assert [attempt(client, name) for name, client in colleagues.items()] == [302] * 9


def test_a_known_browser_has_failures_of_its_own(colleagues: dict[str, Client]) -> None:
    known = colleagues["shokuin0"]
    assert [attempt(known, "shokuin0", WRONG) for _ in range(10)] == [200] * 9 + [429]
    assert attempt(known, "shokuin0") == 429
    assert attempt(colleagues["shokuin1"], "shokuin1") == 302


def test_a_browser_is_known_only_for_who_signed_in_with_it(colleagues: dict[str, Client]) -> None:
    known = colleagues["shokuin0"]
    for _ in range(10):
        attempt(browser(), "shokuin1", WRONG)
    assert attempt(known, "shokuin1") == 429
    assert attempt(known, "shokuin0") == 302


def test_a_shared_pc_is_known_for_all_who_use_it(colleagues: dict[str, Client]) -> None:
    shared = colleagues["shokuin0"]
    assert attempt(shared, "shokuin1") == 302
    shared.post("/sign-out/")
    for name in ("shokuin0", "shokuin1"):
        for _ in range(10):
            attempt(browser(), name, WRONG)
        assert attempt(shared, name) == 302
        shared.post("/sign-out/")


def test_what_we_did_not_sign_makes_no_browser_known(colleagues: dict[str, Client]) -> None:
    signed = colleagues["shokuin0"].cookies[COOKIE].value
    for _ in range(10):
        attempt(browser(), "shokuin0", WRONG)
    for forged in ("x", signed[:-1] + "~", signing.dumps(["x", ["shokuin0"]]), "a:b:c"):
        assert attempt(browser(forged), "shokuin0") == 429
    assert "shokuin0" not in signed
    assert attempt(browser(signed), "shokuin0") == 302
