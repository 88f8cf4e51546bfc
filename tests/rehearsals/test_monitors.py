"""Eight people ask for the heaviest pages again and again: a monitor is answered within a second."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django_scopes import scopes_disabled

from bcp_portal.accounts.models import Membership
from plans.sample.services import SAMPLE_CODE, load_sample
from scripts.processes import Address
from tests.infrastructure.running import free_port, get
from tests.rehearsals.serving import Browser, served, session_of

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 8
HEAVY = ("plan/preview/", "public/", "public/preview/", "public/chapters/")
SECONDS = 1.0
TIMES = 40


@contextmanager
def busy(address: Address, session: str) -> Iterator[list[int]]:
    """Let eight people ask without a pause; yield the states of the answers so far."""
    ended, states = threading.Event(), list[int]()

    def ask(number: int) -> None:
        browser = Browser(address, session)
        while not ended.is_set():
            path = HEAVY[number % len(HEAVY)]
            states.append(browser.ask("GET", f"/{SAMPLE_CODE}/{path}")[0])

    people = [threading.Thread(target=ask, args=[number]) for number in range(PEOPLE)]
    for each in people:
        each.start()
    try:
        yield states
    finally:
        ended.set()
        for each in people:
            each.join()


def test_a_monitor_is_answered_within_a_second_whatever_eight_people_do(tmp_path: Path) -> None:
    load_sample()
    with scopes_disabled():
        people = Membership.objects.select_related("user")
        person = next(each for each in people if "editor" in each.roles)
    session = session_of(person.user)
    address = Address("127.0.0.1", free_port())
    folder = tmp_path / "data"
    folder.mkdir()
    with (
        served(folder, address, tmp_path / "static"),
        busy(address, session) as states,
    ):
        waits = []
        for _ in range(TIMES):
            began = time.monotonic()
            answer, said = get(address.port, "/healthz/", {"Host": "localhost"})
            waits.append(time.monotonic() - began)
            assert (answer.status, said) == (200, "ok")
            time.sleep(0.25)
    assert len(states) >= PEOPLE and set(states) == {200}
    assert max(waits) < SECONDS, (len(states), sorted(waits)[-5:])
