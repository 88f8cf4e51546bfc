"""How often each page asks the database, as reviewed: a page that asks more often is noticed.

Counted at the second visit of a member with all roles, when what is kept has been made. After a
change that was meant, write the file anew and read what differs:

    BCP_WRITE_QUERY_COUNTS=1 python -m pytest -n0 --nomigrations tests/contract/test_query_counts.py
"""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from tests.contract.access_cast import DOORS, Cast
from tests.contract.visits import TENANT, Visit

REVIEWED = Path(__file__).with_name("query_counts.txt")
PAGES = sorted(name for name, door in DOORS.items() if name in TENANT and "GET" in door.methods)
ASKING = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def reviewed_counts() -> dict[str, int]:
    lines = REVIEWED.read_text(encoding="utf-8").splitlines() if REVIEWED.exists() else []
    return {name: int(count) for count, name in (line.split() for line in lines)}


def note(name: str, count: int) -> None:
    counts = {**reviewed_counts(), name: count}
    kept = [f"{counts[each]:4} {each}\n" for each in PAGES if each in counts]
    REVIEWED.write_text("".join(kept), encoding="utf-8")


def test_every_page_was_reviewed_and_no_other() -> None:
    assert list(reviewed_counts()) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_as_reviewed(
    municipality: Municipality, other_municipality: Municipality, name: str
) -> None:
    visit = Visit(Cast(municipality, other_municipality), TENANT[name], DOORS[name])
    client = visit.cast.client(*Role)
    visit.ask(client, "GET")
    with CaptureQueriesContext(connection) as asked:
        visit.ask(client, "GET")
    count = sum(query["sql"].startswith(ASKING) for query in asked.captured_queries)
    if os.environ.get("BCP_WRITE_QUERY_COUNTS"):
        note(name, count)
    assert count == reviewed_counts()[name], f"{name} asks {count} times; see the head of this file"
