"""Two workers that issue at the same moment, each with its own connection, make one clear outcome."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.editions.models.edition import Edition
from plans.editions.printing import Prints
from plans.issuing.edition_record import IssueOrder
from plans.issuing.services import issue_edition
from plans.models import Chapter
from plans.proofs.verification import verify_editions
from tests.plans.editions.making import (
    a_plan,
    an_order,
    anchor,
    fake_prints,
    fake_public_edition,
    issued,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Issue orders in as many threads, all of which print before any of them stores."""

    def run(municipality: Municipality, *orders: IssueOrder) -> list[str]:
        everybody = Barrier(len(orders))
        waiting = [True] * len(orders)

        def print_together(document: Document, masked: Document, *look: Any) -> Prints:
            if waiting:
                waiting.pop()
                everybody.wait(timeout=30)
            return fake_prints(document, masked, *look)

        def issue(order: IssueOrder) -> str:
            try:
                with scope(municipality=municipality):
                    edition = issue_edition(municipality=municipality, order=order, actor=None)
                    return edition.label
            finally:
                connection.close()

        services = "plans.issuing.services"
        monkeypatch.setattr(f"{services}.print_edition", print_together)
        monkeypatch.setattr(f"{services}.public_edition_of", fake_public_edition)
        with ThreadPoolExecutor(len(orders)) as pool:
            return list(pool.map(issue, orders))

    return run


def change(title: str) -> None:
    Chapter.objects.filter(title=title).update(body=f"<p>新しい{title}</p>")


def test_two_revisions_issued_at_once_follow_one_another(
    municipality: Municipality, at_once: Callable[..., list[str]]
) -> None:
    with scope(municipality=municipality):
        a_plan(municipality)
        issued(municipality)
        orders = []
        for title in ("目的", "体制"):
            change(title)
            orders.append(an_order(municipality, Coverage.of([anchor(title)])))
    labels = at_once(municipality, *orders)
    assert sorted(labels) == ["第2版", "第3版"]
    with scope(municipality=municipality):
        last = Edition.objects.order_by("-sequence")[0]
        assert "新しい目的" in str(last.document)
        assert "新しい体制" in str(last.document)
    assert verify_editions(municipality).faults == []


def test_one_revision_issued_twice_at_once_is_one_edition(
    municipality: Municipality, at_once: Callable[..., list[str]]
) -> None:
    with scope(municipality=municipality):
        a_plan(municipality)
        order = an_order(municipality)
    assert at_once(municipality, order, order) == ["初版", "初版"]
    with scope(municipality=municipality):
        assert Edition.objects.count() == 1
    assert verify_editions(municipality).faults == []
