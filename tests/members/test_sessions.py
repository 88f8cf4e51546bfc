"""Sessions end when nobody uses them, are listed to their owner, and can be ended from another browser."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Municipality, SignInSession, User
from bcp_portal.accounts.permissions import Role
from bcp_portal.accounts.sessions import SEEN_AT, SessionStore
from bcp_portal.audit.models import Entry
from bcp_portal.members.terminals import browser_name, key_of
from tests.conftest import PASSWORD, MemberFactory

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.fixture
def sato(member: MemberFactory) -> User:
    return member(Role.VIEWER, username="sato").user


def signed_in(username: str = "sato", **headers: str) -> Client:
    client = Client(**headers)
    client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def last_used(client: Client, minutes_ago: int) -> None:
    session = client.session
    session[SEEN_AT] -= minutes_ago * 60
    session.save()


def seen_at(client: Client) -> int:
    return client.session[SEEN_AT]


@pytest.mark.quick
def test_a_session_ends_after_an_hour_that_nobody_used_it(
    municipality: Municipality, sato: User
) -> None:
    client, home = signed_in(), f"/{municipality.code}/"
    assert client.get(home).status_code == 200
    last_used(client, 59)
    assert client.get(home).status_code == 200
    last_used(client, 61)
    answer = client.get(home)
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={home}")
    assert not SignInSession.objects.filter(user=sato).exists()


@pytest.mark.quick
def test_a_page_that_asks_by_itself_keeps_no_session_open(
    municipality: Municipality, sato: User
) -> None:
    client, home = signed_in(), f"/{municipality.code}/"
    client.get(home)
    last_used(client, 40)
    before = seen_at(client)
    client.get(home, headers={"HX-Request": "true"})
    assert seen_at(client) == before
    client.get(home)
    assert seen_at(client) > before


def test_reading_goes_on_where_the_database_cannot_be_written(
    municipality: Municipality, sato: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, home = signed_in(), f"/{municipality.code}/"
    client.get(home)
    last_used(client, 40)

    def full_disk(self: SessionStore, must_create: bool = False) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(SessionStore, "save", full_disk)
    assert client.get(home).status_code == 200


def test_the_page_names_each_terminal_and_this_one(sato: User) -> None:
    here = signed_in(HTTP_USER_AGENT=EDGE)
    signed_in(HTTP_USER_AGENT=PHONE, REMOTE_ADDR="192.0.2.50")
    page = here.get("/terminals/").content.decode()
    assert page.count("この端末のサインインを終わらせる") == 1
    assert "Edge（Windows）" in page and "Safari（iPhone）" in page and "192.0.2.50" in page
    assert all(key not in page for key in SignInSession.objects.values_list("pk", flat=True))


def test_another_terminal_is_ended_and_that_is_noted(
    municipality: Municipality, sato: User
) -> None:
    here, phone, third = signed_in(), signed_in(), signed_in()
    answer = here.post("/terminals/", {"terminal": key_of(phone.session.session_key)}, follow=True)
    assert "ほかの端末1件のサインインを終わらせました。" in answer.content.decode()
    assert phone.get("/terminals/").status_code == 302
    assert here.get("/terminals/").status_code == third.get("/terminals/").status_code == 200
    with scope(municipality=municipality):
        assert "（1件）" in Entry.objects.order_by("-sequence")[0].note
    again = here.post(
        "/terminals/", {"terminal": key_of(phone.session.session_key or "")}, follow=True
    )
    assert "すでに終わっています" in again.content.decode()
    here.post("/terminals/")
    assert third.get("/terminals/").status_code == 302
    assert here.get("/terminals/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(sato: User, member: MemberFactory) -> None:
    member(Role.ADMIN, username="kato")
    mine, theirs = signed_in(), signed_in("kato")
    mine.post("/terminals/", {"terminal": key_of(theirs.session.session_key)})
    mine.post("/terminals/")
    assert theirs.get("/terminals/").status_code == 200
    assert "Linux" not in mine.get("/terminals/").content.decode()


def test_expired_sessions_are_dropped_by_djangos_own_command(sato: User) -> None:
    signed_in()
    SignInSession.objects.update(expire_date=timezone.now() - timedelta(days=1))
    call_command("clearsessions")
    assert not SignInSession.objects.exists()


def test_the_list_costs_the_same_for_one_terminal_and_three(
    sato: User, django_assert_num_queries: object
) -> None:
    here = signed_in()
    here.get("/terminals/")
    for more in (0, 2):
        for _ in range(more):
            signed_in()
        with django_assert_num_queries(3):  # type: ignore[operator]
            here.get("/terminals/")


@pytest.mark.parametrize(
    ("said", "shown"), [(EDGE, "Edge（Windows）"), (PHONE, "Safari（iPhone）"), ("", "ブラウザー")]
)
def test_a_browser_is_named_in_short(said: str, shown: str) -> None:
    assert browser_name(said) == shown


class TestSpraying:
    """One password tried on many IDs from one terminal."""

    OFFICE = "198.51.100.7"

    def attempt(
        self, username: str, password: str = "kaki-no-tane-4", address: str = OFFICE
    ) -> int:
        client = Client(REMOTE_ADDR=address)
        values = {"username": username, "password": password}
        return client.post("/sign-in/", values).status_code

    def spray(self) -> list[int]:
        return [self.attempt(f"s{number:03}") for number in range(60)]

    def test_it_is_stopped_after_thirty_ids(self, sato: User) -> None:
        assert self.spray() == [200] * 30 + [429] * 30
        assert self.attempt("sato", PASSWORD) == 429
        assert self.attempt("sato", PASSWORD, address="192.0.2.50") == 302

    def test_who_works_there_signs_in_all_the_same(self, sato: User) -> None:
        assert self.attempt("sato", PASSWORD) == 302
        self.spray()
        assert self.attempt("sato", PASSWORD) == 302

    def test_an_office_whose_ids_are_sprayed_signs_in_all_the_same(
        self, member: MemberFactory
    ) -> None:
        names = [f"shokuin{number}" for number in range(9)]
        for name in names:
            member(Role.VIEWER, username=name)
            assert self.attempt(name, PASSWORD) == 302
        failures = [self.attempt(name) for _ in range(5) for name in names]
        assert set(failures) == {200}
        assert self.attempt("stranger") == 429
        assert [self.attempt(name, PASSWORD) for name in names] == [302] * len(names)

    def test_a_known_id_is_not_guessed_meanwhile(self, sato: User) -> None:
        assert self.attempt("sato", PASSWORD) == 302
        self.spray()
        assert [self.attempt("sato") for _ in range(11)] == [200] * 9 + [429] * 2

    def test_it_ends_by_itself(self, sato: User) -> None:
        self.spray()
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
        assert self.attempt("sato", PASSWORD) == 302

    def test_an_office_that_mistypes_is_not_held_off(self, sato: User) -> None:
        for number in range(7):
            for _ in range(5):
                self.attempt(f"s{number:03}")
        assert self.attempt("sato", PASSWORD) == 302


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return what moves the clock of the program by minutes, for the whole of a request."""
    start, passed = time.time(), [0]
    monkeypatch.setattr(time, "time", lambda: start + passed[0])

    def move(minutes: int) -> None:
        passed[0] += minutes * 60

    return move


def test_each_page_that_is_opened_keeps_a_session_and_an_hour_without_one_ends_it(
    municipality: Municipality, sato: User, clock: Callable[[int], None]
) -> None:
    """Through sign-in and all that stands between it and a page, by the clock alone."""
    client, home = signed_in(), f"/{municipality.code}/"
    for _ in range(4):
        clock(59)
        assert client.get(home).status_code == 200
    clock(settings.SESSION_IDLE_MINUTES + 1)
    for answer in (client.get(home), client.post(f"{home}annex/drafts/", {"key": "a"})):
        assert answer.status_code in {302, 403}
        assert "no-store" in answer["Cache-Control"]
    assert "_auth_user_id" not in client.session
    assert not SignInSession.objects.filter(user=sato).exists()
